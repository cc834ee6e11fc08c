// The price of one step: its cycles, and of the stalls among them the cause and the instruction.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sim/base/types.hpp"

namespace exosim {

/// Why the pipeline stood still, or ran without retiring. docs/timing.md explains each.
enum class StallCause : uint8_t {
  kInstructionCache,  // a refill of the instruction cache
  kMicroTlb,          // the instruction micro-TLB was refilled
  kDataCache,         // a refill of the data cache
  kUncached,          // a read that goes past the caches
  kPartialStore,      // a store of less than a word, merged in the cache
  kWriteBuffer,       // the buffer is full, or the bus is writing what was in it
  kBusContention,     // another master, or the refresh, has the bus
  kMultiplyDivide,    // HI or LO is not ready
  kFloat,             // an operand or a unit of the FPU is not ready
  kException,         // slots that an exception empties
};

inline constexpr size_t kStallCauses = 10;

/// As statistics name them, by StallCause.
inline constexpr std::array<std::string_view, kStallCauses> kStallCauseNames = {
    "instruction_cache", "micro_tlb",      "data_cache",      "uncached", "partial_store",
    "write_buffer",      "bus_contention", "multiply_divide", "float",    "exception"};

/// Cycles by StallCause.
using StallCounts = std::array<uint32_t, kStallCauses>;

/// What a step cost. The pipeline holds the instructions of four steps in stages that can stall it:
/// this step's is being fetched while the one three steps ago is in the memory stage. A stall
/// belongs to the instruction that causes it, whose age in steps is the index: 0 for this step's
/// own. Invariant: the stalls of all ages are the total but for one cycle.
struct StepCost {
  static constexpr size_t kAges = 4;

  Cycles total{1};
  std::array<StallCounts, kAges> stalls{};
  uint8_t ages = 0;  // bit by age: has stalls (or has been given 0 cycles of them)

  void stall(size_t age, StallCause cause, uint64_t cycles) {
    total += Cycles{cycles};
    ages |= static_cast<uint8_t>(1u << age);
    stalls[age][static_cast<size_t>(cause)] += static_cast<uint32_t>(cycles);
  }
  bool has_stalls() const { return total.count > 1; }
  /// Calls look(age, stalls) for each instruction that has caused some.
  template <class Look>
  void for_each(Look look) const {
    for (unsigned left = ages; left != 0; left &= left - 1) {
      const auto age = static_cast<size_t>(std::countr_zero(left));
      look(age, stalls[age]);
    }
  }
  friend bool operator==(const StepCost& a, const StepCost& b) {
    return a.total == b.total && a.stalls == b.stalls;
  }
};

}  // namespace exosim
