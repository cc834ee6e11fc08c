// Markers to samples.
#include "sim/observe/ledger/operations.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <set>

#include "isa/machine/memory_map.h"

namespace exosim {
namespace {

// A guest that begins and never ends must not fill the host's memory: of each owner the oldest are
// forgotten, and of a hundred thousand owners those that begin last.
constexpr size_t kMaxOpenOfOwner = 4096;
constexpr size_t kMaxOpen = 65'536;

// Of kernel operations and passages: no owner has this number.
constexpr uint64_t kMachine = uint64_t{1} << 32;

}  // namespace

Operations::Operations(const CodeMap& code, Samples samples) : keeps_(samples) {
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

Operations::Index Operations::operation_of(const ImageInfo& image, const std::string& name) {
  const auto [at, added] =
      numbers_.try_emplace({image.name, name}, static_cast<Index>(operations_.size()));
  if (added) operations_.push_back({.name = name, .image = image.name});
  return at->second;
}

void Operations::watch(const CodeRange& range, const Marker& marker) {
  const PhysAddr address{range.phys + (marker.address - range.virt)};
  uint32_t site = sites_.get(address);
  if (site == 0) {
    actions_.emplace_back();
    addresses_.push_back(address);
    site = static_cast<uint32_t>(actions_.size());
    sites_.set(address, site);
  }
  actions_[site - 1].push_back(
      {.begins = marker.begins_operation(),
       .is_of_environment = range.virt < KSEG0_BASE && !marker.is_of_passage(),
       .operation = operation_of(*range.image, marker.name)});
}

uint64_t Operations::whose(const Action& action, uint32_t owner) {
  return action.is_of_environment ? owner : kMachine;
}

void Operations::fire(uint32_t site, uint32_t owner, const Moment& moment) {
  for (const Action& action : actions_[site - 1]) {
    if (action.begins)
      begin(action, whose(action, owner), moment);
    else
      end(action, whose(action, owner), moment);
  }
}

void Operations::begin_cold(PhysAddr address, uint32_t owner, const Moment& moment) {
  const uint32_t site = sites_.get(address);
  if (site == 0) return;
  const Start start{moment.now, moment.instructions, moment.table, true};
  for (const Action& action : actions_[site - 1]) {
    if (!action.begins) continue;
    const Place place{action.operation, whose(action, owner)};
    cold_starts_.insert_or_assign(place, start);
    for (OperationListener* listener : listeners_)
      listener->begin_cold(place.first, place.second, moment.now);
  }
}

void Operations::begin(const Action& action, uint64_t whose, const Moment& moment) {
  std::vector<Open>& open = stacks_[whose];
  const auto cold = cold_starts_.extract({action.operation, whose});
  if (open.empty() && open_ >= kMaxOpen) {
    ++operations_[action.operation].unfinished;
    return;
  }
  open.push_back(
      {action.operation, begun_++,
       cold ? cold.mapped() : Start{moment.now, moment.instructions, moment.table, false}});
  ++open_;
  for (OperationListener* listener : listeners_)
    listener->begin(action.operation, whose, open.back().order, moment.now, !cold.empty());
  if (open.size() <= kMaxOpenOfOwner && open_ <= kMaxOpen) return;
  ++operations_[open.front().operation].unfinished;
  for (OperationListener* listener : listeners_)
    listener->end(open.front().order, moment.now, false);
  open.erase(open.begin());
  --open_;
}

void Operations::end(const Action& action, uint64_t whose, const Moment& moment) {
  Operation& operation = operations_[action.operation];
  std::vector<Open>& open = stacks_[whose];
  const auto last =
      std::ranges::find(open.rbegin(), open.rend(), action.operation, &Open::operation);
  if (last == open.rend()) {
    ++operation.unmatched;
    return;
  }
  complete(operation, last->start, moment);
  for (OperationListener* listener : listeners_) listener->end(last->order, moment.now, true);
  open.erase(std::next(last).base());
  --open_;
}

void Operations::complete(Operation& operation, const Start& start, const Moment& moment) {
  const uint64_t cycles = (moment.now - start.cycle).count;
  operation.cold += start.cold;
  operation.cycles.add(cycles);
  operation.instructions.add(moment.instructions - start.instructions);
  operation.table += moment.table.since(start.table);
  if (keeps_ == Samples::kKeep) operation.samples.push_back({cycles, start.cold});
}

const std::vector<Operations::Open>& Operations::stack(uint64_t whose) const {
  static const std::vector<Open> kEmpty;
  const auto found = stacks_.find(whose);
  return found == stacks_.end() ? kEmpty : found->second;
}

std::vector<Operations::Index> Operations::open_for(uint32_t owner) const {
  std::vector<std::pair<uint64_t, Index>> open;
  for (const uint64_t each : {uint64_t{owner}, kMachine})
    for (const Open& one : stack(each)) open.emplace_back(one.order, one.operation);
  std::ranges::sort(open);
  std::vector<Index> operations;
  for (const auto& [order, operation] : open) operations.push_back(operation);
  return operations;
}

Operations::Index Operations::innermost(uint32_t owner) const {
  const std::vector<Open>& own = stack(owner);
  const std::vector<Open>& machine = stack(kMachine);
  if (own.empty() && machine.empty()) return kNone;
  if (own.empty()) return machine.back().operation;
  if (machine.empty() || own.back().order > machine.back().order) return own.back().operation;
  return machine.back().operation;
}

std::vector<OperationRow> Operations::rows() const {
  std::vector<uint64_t> in_progress(operations_.size());
  for (const auto& [whose, open] : stacks_)
    for (const Open& one : open) ++in_progress[one.operation];
  std::vector<OperationRow> rows;
  for (size_t index = 0; index < operations_.size(); ++index) {
    const Operation& operation = operations_[index];
    OperationRow row{.name = operation.name,
                     .image = operation.image,
                     .count = operation.cycles.count(),
                     .cold = operation.cold,
                     .cycles = operation.cycles.summary(),
                     .instructions = operation.instructions.summary(),
                     .table = operation.table,
                     .unfinished = operation.unfinished + in_progress[index],
                     .unmatched = operation.unmatched,
                     .samples = operation.samples};
    if (row.count + row.unfinished + row.unmatched != 0) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace exosim
