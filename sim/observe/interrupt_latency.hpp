// How long interrupts wait: from the cycle in which a line that Status.IM enables is raised to the
// one in which the interrupt exception is taken, whatever Status.IEc says meanwhile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "sim/observe/code_map.hpp"
#include "sim/observe/distribution.hpp"
#include "sim/observe/observer.hpp"

namespace exosim {

/// A function and its image; empty where unknown.
struct FunctionName {
  std::string image;
  std::string function;

  friend auto operator<=>(const FunctionName&, const FunctionName&) = default;
};

/// One wait.
struct InterruptWait {
  uint64_t cycles = 0;
  uint64_t since = 0;          // the cycle in which it began
  VirtAddr pc;                 // of the instruction that ran then
  FunctionName began_in;       // its function
  FunctionName mostly_in;      // where most of the wait was spent; of equals the first by name
  uint64_t mostly_cycles = 0;  // of the wait, in that function
};

/// The waits of a run. Of equally long ones the first is shown.
struct InterruptLatencies {
  uint64_t count = 0;                    // that ended with the interrupt exception
  Summary cycles;                        // of these
  std::optional<InterruptWait> longest;  // of these
  uint64_t unserved = 0;  // without it: the line fell, Status.IM disabled it, or the run ended
  std::optional<InterruptWait> longest_unserved;
};

/// Must see every step. A line that stays raised after its exception does not wait again.
class InterruptObserver final : public Observer {
 public:
  /// `code` must outlive it.
  explicit InterruptObserver(const CodeMap& code) : code_(code) {}

  void on_interrupt_lines(Cycles at, uint32_t lines) override;
  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override {
    if (retired.fetched) last_ = {retired.fetched_from, retired.pc};
    end_ = begin + cost.total;
    if (since_ || retired.exception.taken) [[unlikely]]
      look(begin, cost, retired);
  }
  InterruptLatencies latencies() const;

 private:
  /// An instruction that was fetched.
  struct Place {
    PhysAddr phys;
    VirtAddr pc;
  };

  void look(Cycles begin, const StepCost& cost, const Retired& retired);
  void begin_wait(Cycles at);
  void take(Cycles at);
  void withdraw(Cycles at);
  void charge(uint64_t cycles) { ran_[last_.phys.value] += cycles; }
  void keep_longest(std::optional<InterruptWait>& longest, Cycles end) const;
  InterruptWait describe(uint64_t cycles) const;
  FunctionName function_at(PhysAddr phys) const;

  const CodeMap& code_;
  uint32_t lines_ = 0;           // raised and enabled
  uint32_t served_ = 0;          // of these, those whose exception has been taken
  std::optional<Cycles> since_;  // the wait that goes on
  std::optional<Place> began_;   // where that began; not yet known if with the coming step
  std::unordered_map<uint32_t, uint64_t> ran_;  // its cycles, by the instructions' addresses
  Place last_;                                  // of the last step that fetched
  Cycles end_;                                  // of the last step
  Distribution taken_;
  std::optional<InterruptWait> longest_;
  uint64_t unserved_ = 0;
  std::optional<InterruptWait> longest_unserved_;
};

}  // namespace exosim
