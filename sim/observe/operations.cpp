// Markers to samples.
#include "sim/observe/operations.hpp"

#include <set>

#include "isa/machine/memory_map.h"

namespace exosim {
namespace {

// A guest that begins and never ends must not fill the host's memory: the oldest are forgotten.
constexpr size_t kMaxNesting = 4096;

// Of kernel operations and passages: no address space identifier has this number.
constexpr unsigned kMachine = 64;

}  // namespace

Operations::Operations(const CodeMap& code) {
  for (const auto& image : code.images()) {
    std::set<std::string> names;
    for (const Marker& marker : image->markers)
      if (marker.is_of_operation()) names.insert(marker.name);
    for (const std::string& name : names) operation_of(*image, name);
  }
  for (const auto& [phys, range] : code.ranges())
    for (const Marker& marker : range.image->markers)
      if (marker.is_of_operation() && marker.address - range.virt < range.size)
        watch(range, marker);
}

size_t Operations::operation_of(const ImageInfo& image, const std::string& name) {
  const auto [at, added] = numbers_.try_emplace({image.name, name}, operations_.size());
  if (added) operations_.push_back({.name = name, .image = image.name});
  return at->second;
}

void Operations::watch(const CodeRange& range, const Marker& marker) {
  const PhysAddr address{range.phys + (marker.address - range.virt)};
  uint32_t site = sites_.get(address);
  if (site == 0) {
    actions_.emplace_back();
    site = static_cast<uint32_t>(actions_.size());
    sites_.set(address, site);
  }
  actions_[site - 1].push_back(
      {.begins = marker.begins_operation(),
       .is_of_environment = range.virt < KSEG0_BASE && !marker.is_of_passage(),
       .operation = operation_of(*range.image, marker.name)});
}

void Operations::on_retired(Cycles begin, const StepCost& cost, const Retired& retired) {
  if (retired.counts_as_instruction()) {
    const uint32_t site = retired.fetched ? sites_.get(retired.fetched_from) : 0;
    if (site != 0) [[unlikely]]
      for (const Action& action : actions_[site - 1]) fire(action, begin, retired.asid);
    ++instructions_;
  }
  causes_.add(cost);
}

void Operations::on_cold_start(Cycles now, PhysAddr site, unsigned asid) {
  const uint32_t watched = sites_.get(site);
  if (watched == 0) return;
  const Start start{.cycle = now, .instructions = instructions_, .causes = causes_, .cold = true};
  for (const Action& action : actions_[watched - 1])
    if (action.begins) cold_starts_.insert_or_assign(nest_of(action, asid), start);
}

Operations::NestKey Operations::nest_of(const Action& action, unsigned asid) {
  return {action.operation, action.is_of_environment ? asid : kMachine};
}

void Operations::fire(const Action& action, Cycles now, unsigned asid) {
  Operation& operation = operations_[action.operation];
  const NestKey key = nest_of(action, asid);
  Nest& nest = nests_[key];
  if (!action.begins) return finish(operation, nest, now);
  if (const auto cold = cold_starts_.extract(key))
    nest.push_back(cold.mapped());
  else
    nest.push_back({.cycle = now, .instructions = instructions_, .causes = causes_, .cold = false});
  if (nest.size() <= kMaxNesting) return;
  nest.pop_front();
  ++operation.unfinished;
}

void Operations::finish(Operation& operation, Nest& nest, Cycles now) {
  if (nest.empty()) {
    ++operation.unmatched;
    return;
  }
  const Start start = nest.back();
  nest.pop_back();
  operation.cold += start.cold;
  operation.cycles.add((now - start.cycle).count);
  operation.instructions.add(instructions_ - start.instructions);
  operation.causes += causes_.since(start.causes);
}

std::vector<OperationRow> Operations::rows() const {
  std::vector<uint64_t> in_progress(operations_.size());
  for (const auto& [key, nest] : nests_) in_progress[key.first] += nest.size();
  std::vector<OperationRow> rows;
  for (size_t index = 0; index < operations_.size(); ++index) {
    const Operation& operation = operations_[index];
    const OperationRow row{.name = operation.name,
                           .image = operation.image,
                           .count = operation.cycles.count(),
                           .cold = operation.cold,
                           .cycles = operation.cycles.summary(),
                           .instructions = operation.instructions.summary(),
                           .causes = operation.causes,
                           .unfinished = operation.unfinished + in_progress[index],
                           .unmatched = operation.unmatched};
    if (row.count + row.unfinished + row.unmatched != 0) rows.push_back(row);
  }
  return rows;
}

}  // namespace exosim
