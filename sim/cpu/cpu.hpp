// The processor: state and step(). It executes and knows no cycle.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>

#include "sim/base/random.hpp"
#include "sim/base/types.hpp"
#include "sim/bus/bus.hpp"
#include "sim/bus/interrupts.hpp"
#include "sim/cpu/interpreter.hpp"
#include "sim/cpu/model.hpp"
#include "sim/cpu/retired.hpp"
#include "sim/cpu/state.hpp"

namespace exosim {

/// An R2000 or R3000 at reset: the next step fetches from the reset vector. What the architecture
/// leaves undefined at reset comes from `random`.
class Cpu {
 public:
  /// `bus` and `pins` must outlive the processor.
  Cpu(Bus& bus, const InterruptPins& pins, const CpuModel& model, Random random);

  /// One instruction, exception or interrupt. The record is valid until the next step.
  const Retired& step() { return interpreter_.step(); }
  /// The record of the last step.
  const Retired& last() const { return interpreter_.retired(); }
  const ModeChanges& mode_changes() const { return interpreter_.mode_changes(); }
  /// The interrupts that the next step would take if Status.IEc let it: those of Cause.IP that
  /// Status.IM enables, both as they are in effect.
  uint32_t interrupt_lines() { return interpreter_.interrupt_lines(); }
  /// For changes between two steps: do not keep the reference across one.
  CpuState& state() { return interpreter_.edit_state(); }
  const CpuState& state() const { return interpreter_.state(); }
  /// Continues at `pc`, not in a delay slot.
  void set_pc(VirtAddr pc);
  const Cache& instruction_cache() const { return interpreter_.instruction_cache(); }
  const Cache& data_cache() const { return interpreter_.data_cache(); }
  /// The cache that the last step's load or store used, if any.
  const Cache& data_side() const { return interpreter_.data_side(); }
  Cache& instruction_cache() { return interpreter_.instruction_cache(); }
  Cache& data_cache() { return interpreter_.data_cache(); }
  /// Where CpCond0, which bc0f and bc0t test, comes from; true if it is not connected.
  void connect_condition(std::function<bool()> condition) {
    interpreter_.connect_condition(std::move(condition));
  }
  /// Steps so far for which Retired::counts_as_instruction().
  uint64_t instructions() const { return state().steps - state().uncounted_steps; }

 private:
  Interpreter interpreter_;
};

}  // namespace exosim
