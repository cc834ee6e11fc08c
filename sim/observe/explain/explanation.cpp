// See explanation.hpp.
#include "sim/observe/explain/explanation.hpp"

#include <algorithm>

#include "isa/machine/memory_map.h"

namespace exosim {
namespace {

bool is_mapped(VirtAddr address) {
  return address.value < KSEG0_BASE || address.value >= KSEG2_BASE;
}

bool is_same(const Function& a, const Function& b) {
  return a.image == b.image && a.begin == b.begin && a.end == b.end;
}

}  // namespace

Result<std::unique_ptr<Explanation>> Explanation::create(const CodeMap& code,
                                                         std::span<const std::string> names,
                                                         const ReadWord& read) {
  std::unique_ptr<Explanation> explanation(new Explanation(code));
  std::vector<Function>& functions = explanation->functions_;
  for (const std::string& name : names) {
    const auto found = find_functions(code, name);
    if (!found) return found.error();
    for (const Function& function : *found)
      if (std::ranges::none_of(functions, [&](const auto& f) { return is_same(f, function); }))
        functions.push_back(function);
  }
  for (const Function& function : functions) explanation->watch(function, read);
  return explanation;
}

void Explanation::watch(const Function& function, const ReadWord& read) {
  for (const auto& [phys, range] : code_.ranges())
    if (range.image->name == function.image->name) watch(range, function, read);
}

void Explanation::watch(const CodeRange& range, const Function& function, const ReadWord& read) {
  const uint64_t range_end = uint64_t{range.virt} + range.size;
  const uint64_t end = std::min<uint64_t>(range_end, function.end);
  for (uint64_t virt = std::max(range.virt, function.begin); virt < end; virt += 4) {
    const auto address = static_cast<uint32_t>(virt);
    const PhysAddr phys{range.phys + (address - range.virt)};
    const auto [at, added] =
        numbers_.try_emplace({function.image->name, address}, static_cast<Row>(rows_.size()));
    if (added) rows_.push_back({.address = address, .word = {read(phys).value_or(0)}});
    sites_.set(phys, at->second);
  }
}

void Explanation::on_retired(Cycles /*begin*/, const StepCost& cost, const Retired& retired) {
  const Row row = row_of(retired);
  recent_.push(row);
  cycles_ += cost.total.count;
  InstructionCost& figures = rows_[row];
  figures.executions += retired.counts_as_instruction();
  figures.exceptions += retired.exception.taken;
  ++figures.causes.cycles[kExecute];
  if (!cost.has_stalls()) [[likely]]
    return;
  cost.for_each(
      [this](size_t age, const StallCounts& stalls) { rows_[recent_[age]].causes.add(stalls); });
}

Explanation::Row Explanation::row_of(const Retired& retired) {
  if (!retired.fetched) [[unlikely]]
    return row_of_unfetched(retired);
  if (is_mapped(retired.pc)) last_fetch_[retired.asid % kSpaces] = retired.fetched_from;
  return sites_.get(retired.fetched_from);
}

/// Where the instruction lies in memory that an interrupt, or a fault of the fetch, came before.
Explanation::Row Explanation::row_of_unfetched(const Retired& retired) const {
  const uint32_t pc = retired.pc.value;
  if (!is_mapped(retired.pc)) return sites_.get({pc & KSEG_MASK});
  const auto running = code_.find(last_fetch_[retired.asid % kSpaces]);
  if (!running) return 0;
  const auto number = numbers_.find({running->image->name, pc});
  return number == numbers_.end() ? 0 : number->second;
}

std::vector<InstructionCost> Explanation::costs(const Function& function) const {
  std::vector<InstructionCost> costs;
  for (auto at = numbers_.lower_bound({function.image->name, function.begin});
       at != numbers_.end() && at->first < std::pair{function.image->name, function.end}; ++at)
    costs.push_back(rows_[at->second]);
  return costs;
}

}  // namespace exosim
