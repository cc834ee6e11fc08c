// One program on two machines that differ in nothing but the timing engine, step by step.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "sim/machine/machine.hpp"
#include "sim/machine/testing/bare_program.hpp"
#include "sim/timing/testing/script.hpp"

namespace exosim::differential {

/// What both did in a step.
struct TwinStep {
  uint64_t begin = 0;
  exosim::testing::ScriptStep script;
  StepCost slow;
  StepCost fast;
};

/// The machine under the reference engine, and under the fast one (or another).
class Twins {
 public:
  explicit Twins(const MachineConfig& config, std::string engine = "r3000");
  Twins(const Twins&) = delete;
  Twins& operator=(const Twins&) = delete;

  void boot(const Image& kernel, const std::vector<Image>& modules);
  /// Both machines, for what happens to them from outside.
  std::vector<Machine*> machines() const { return {slow_.machine.get(), fast_.machine.get()}; }
  /// One step of both. False once they have stopped or have differed.
  bool step();
  /// So many steps at most, to the first in user mode. Only where they end is compared.
  void skip_to_user_mode(uint64_t most);
  /// Where they differed: the last steps, and the fewest of them, with the bursts of DMA at their
  /// time, that show it without the machines; unless it takes what was before. Empty if they have
  /// not.
  std::string difference() const;
  uint64_t steps() const { return steps_; }
  /// Steps in user mode among those that were compared.
  uint64_t user_steps() const { return user_steps_; }
  uint64_t stalls() const { return stalls_; }
  /// Of DMA.
  uint64_t bursts() const { return bursts_; }

 private:
  class Recorder final : public Observer {
   public:
    void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override {
      begin_ = begin;
      cost_ = cost;
      retired_ = retired;
    }
    Cycles begin_;
    StepCost cost_;
    Retired retired_;
  };
  struct One {
    exosim::testing::RecordingTerminal terminal;
    Recorder recorder;
    std::unique_ptr<Machine> machine;
  };

  static void set_up(One& one, MachineConfig config, const std::string& engine);
  bool advance();
  void compare();
  bool agrees() const;
  void remember();
  void remember(const BusRequests::Request& burst);
  exosim::testing::Script script() const;

  std::string engine_;
  TimingConfig timing_;
  One slow_;
  One fast_;
  std::deque<TwinStep> last_;
  std::vector<BusRequests::Request> granted_;  // in this step
  uint64_t steps_ = 0;
  uint64_t user_steps_ = 0;
  uint64_t stalls_ = 0;
  uint64_t bursts_ = 0;
  bool differ_ = false;
};

}  // namespace exosim::differential
