// Stage ALU: the multiply/divide unit and the FPU, which work on beside the pipe and make those
// wait who want their results.
#pragma once

#include <array>
#include <cstdint>

#include "sim/timing/stage_work.hpp"

namespace exosim::pipeline {

/// HI and LO: how many cycles until they can be read.
class MulDivUnit {
 public:
  void tick() { left_ -= left_ != 0; }
  bool is_ready() const { return left_ == 0; }
  /// A new operation takes the place of the one in flight.
  void start(uint64_t cycles) { left_ = cycles; }

 private:
  uint64_t left_ = 0;
};

/// Three units that work at the same time, each on one operation. An operation waits for its unit,
/// its operands, and the result that its own would replace.
class FloatUnits {
 public:
  void tick();
  bool can_issue(const AluWork& work) const;
  void issue(const AluWork& work);

 private:
  bool is_idle() const;

  std::array<uint64_t, 32> registers_{};  // cycles until the value is there
  std::array<uint64_t, 4> units_{};       // by FloatUnit; kNone is never busy
};

/// Holds one instruction at a time.
class AluStage {
 public:
  void tick() {
    mul_div_.tick();
    floats_.tick();
  }
  void enter(const AluWork& work) { work_ = work; }
  /// True if the operation can be issued in this cycle.
  bool can_advance() const;
  /// True once the operation has been issued.
  bool advance();
  /// Why the pipe stands still in the cycle after one in which advance() was false.
  StallCause stall() const {
    return work_.needs_hi_lo ? StallCause::kMultiplyDivide : StallCause::kFloat;
  }

 private:
  AluWork work_;
  MulDivUnit mul_div_;
  FloatUnits floats_;
};

}  // namespace exosim::pipeline
