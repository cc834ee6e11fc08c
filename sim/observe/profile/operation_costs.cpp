// What runs is counted once, for the operation that began last. When one ends, its costs are its
// own and those of all that began after it; what was counted for it goes to the one that began
// before.
#include "sim/observe/profile/operation_costs.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace exosim {

std::vector<std::pair<uint64_t, WordCost>> WordCosts::sorted() const {
  std::vector<std::pair<uint64_t, WordCost>> costs(costs_.begin(), costs_.end());
  std::ranges::sort(costs, {}, [](const auto& cost) { return cost.first; });
  return costs;
}

OperationCosts::OperationCosts(Ledger& ledger, const Profile& profile)
    : profile_(profile),
      ledger_(ledger),
      completed_(ledger.operations().size()),
      recent_(WordCosts::key(CodeSites::kUnknownKernel, Domain::kIdle)) {
  ledger.listen(*this);
}

void OperationCosts::on_retired(Cycles /*begin*/, const StepCost& cost, const Retired& retired) {
  const uint64_t key = WordCosts::key(profile_.stack().site(), ledger_.step_domain());
  recent_.push(key);
  WordCost step{.executions = retired.counts_as_instruction(),
                .calls = profile_.stack().has_entered(),
                .causes = {}};
  step.causes.cycles[kExecute] = 1;
  add(key, step);
  if (!cost.has_stalls()) [[likely]]
    return;
  cost.for_each([this](size_t age, const StallCounts& stalls) {
    WordCost stalled;
    stalled.causes.add(stalls);
    add(recent_[age], stalled);
  });
}

void OperationCosts::add(uint64_t key, const WordCost& cost) {
  if (!open_.empty()) open_.back().since[key] += cost;
  if (begun_ == 0) outside_[key] += cost;
}

void OperationCosts::begin_cold(uint32_t operation, uint64_t whose, Cycles /*at*/) {
  const auto earlier = std::ranges::find_if(open_, [&](const Open& open) {
    return open.operation == operation && open.whose == whose && !open.number;
  });
  if (earlier != open_.end()) remove(earlier);
  if (open_.size() == kMaxOpen) remove(open_.begin());
  open_.push_back({operation, whose, std::nullopt, {}});
}

void OperationCosts::begin(uint32_t operation, uint64_t whose, uint64_t number, Cycles /*at*/,
                           bool is_cold) {
  const auto cold = std::ranges::find_if(open_, [&](const Open& open) {
    return open.operation == operation && open.whose == whose && !open.number;
  });
  ++begun_;
  if (is_cold && cold != open_.end()) {
    cold->number = number;
    return;
  }
  if (open_.size() == kMaxOpen) remove(open_.begin());
  open_.push_back({operation, whose, number, {}});
}

void OperationCosts::end(uint64_t number, Cycles /*at*/, bool is_completed) {
  const auto ended = std::ranges::find(open_, number, &Open::number);
  if (ended == open_.end()) return;
  if (is_completed)
    for (auto each = ended; each != open_.end(); ++each)
      completed_[ended->operation] += each->since;
  remove(ended);
}

void OperationCosts::remove(std::vector<Open>::iterator open) {
  begun_ -= open->number.has_value();
  if (open != open_.begin()) std::prev(open)->since += open->since;
  open_.erase(open);
}

}  // namespace exosim
