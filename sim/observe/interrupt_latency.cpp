// See interrupt_latency.hpp.
#include "sim/observe/interrupt_latency.hpp"

#include <map>

#include "isa/machine/exceptions.h"

namespace exosim {

void InterruptObserver::on_interrupt_lines(Cycles at, uint32_t lines) {
  lines_ = lines;
  served_ &= lines;
  const bool waits = lines != served_;
  if (waits == since_.has_value()) return;
  waits ? begin_wait(at) : withdraw(at);
}

void InterruptObserver::begin_wait(Cycles at) {
  since_ = at;
  began_.reset();
  ran_.clear();
  if (at >= end_) return;
  began_ = last_;
  charge((end_ - at).count);
}

void InterruptObserver::withdraw(Cycles at) {
  ++unserved_;
  keep_longest(longest_unserved_, at);
  since_.reset();
}

/// At a step during a wait, or one that ends in an exception.
void InterruptObserver::look(Cycles begin, const StepCost& cost, const Retired& retired) {
  const bool takes = retired.exception.taken && retired.exception.code == EXC_INT;
  if (!since_) {
    if (takes) served_ = lines_;
    return;
  }
  if (!began_) began_ = last_;
  if (takes)
    take(begin);
  else
    charge(cost.total.count);
}

void InterruptObserver::take(Cycles at) {
  taken_.add((at - *since_).count);
  keep_longest(longest_, at);
  served_ = lines_;
  since_.reset();
}

void InterruptObserver::keep_longest(std::optional<InterruptWait>& longest, Cycles end) const {
  const uint64_t cycles = (end - *since_).count;
  if (!longest || cycles > longest->cycles) longest = describe(cycles);
}

InterruptWait InterruptObserver::describe(uint64_t cycles) const {
  const Place& began = began_ ? *began_ : last_;
  InterruptWait wait{.cycles = cycles,
                     .since = since_->count,
                     .pc = began.pc,
                     .began_in = function_at(began.phys)};
  std::map<FunctionName, uint64_t> functions;
  for (const auto& [phys, spent] : ran_) functions[function_at({phys})] += spent;
  wait.mostly_in = wait.began_in;
  for (const auto& [function, spent] : functions) {
    if (spent <= wait.mostly_cycles) continue;
    wait.mostly_in = function;
    wait.mostly_cycles = spent;
  }
  return wait;
}

FunctionName InterruptObserver::function_at(PhysAddr phys) const {
  const auto place = code_.find(phys);
  if (!place) return {};
  const Symbol* symbol = place->image->symbol_at(place->virt);
  return {.image = place->image->name, .function = symbol ? symbol->name : std::string()};
}

InterruptLatencies InterruptObserver::latencies() const {
  InterruptLatencies found{.count = taken_.count(),
                           .cycles = taken_.summary(),
                           .longest = longest_,
                           .unserved = unserved_,
                           .longest_unserved = longest_unserved_};
  if (since_) {
    ++found.unserved;
    keep_longest(found.longest_unserved, end_);
  }
  return found;
}

}  // namespace exosim
