// What a retired step asked of the stages that can stall: its fetch, its ALU operation and its
// memory access, in terms of time. Both engines start from it.
#pragma once

#include <cstdint>

#include "sim/base/types.hpp"
#include "sim/cpu/retired.hpp"
#include "sim/time/step_cost.hpp"
#include "sim/timing/timing_config.hpp"

namespace exosim {

/// A read of the bus for which the processor stands still; `words` 0: none.
struct BusRead {
  PhysAddr address;  // of the first word
  uint32_t words = 0;
  StallCause cause = StallCause::kUncached;
  uint32_t streamed = 0;  // of the words, the last for which the processor does not wait

  bool is_needed() const { return words != 0; }
};

/// A write that goes through the write buffer; `bytes` 0: none.
struct BusWrite {
  PhysAddr word;       // its address, a multiple of 4
  uint8_t bytes = 0;   // which of its bytes are written: bit n for byte n
  uint32_t value = 0;  // each of them in its lane

  bool is_needed() const { return bytes != 0; }
  bool is_partial() const { return bytes != 15; }
  /// A later write to the same word joins this one.
  void join(const BusWrite& later) {
    uint32_t lanes = 0;
    for (unsigned lane = 0; lane < 4; ++lane)
      if (later.bytes >> lane & 1) lanes |= 0xffu << (8 * lane);
    value = (value & ~lanes) | (later.value & lanes);
    bytes = static_cast<uint8_t>(bytes | later.bytes);
  }
};

/// Stage IF.
struct FetchWork {
  bool is_mapped = false;  // by the TLB, so that the micro-TLB is asked
  uint32_t page = 0;       // of address and address space, for the micro-TLB
  BusRead read;
  bool hits = false;  // in the cache
  PhysAddr word;      // its address, unless the fetch fails
};

/// The units of the FPU that an operation can occupy.
enum class FloatUnit : uint8_t { kNone, kAdd, kMultiply, kDivide };

/// Stage ALU, with the multiplier and the FPU.
struct AluWork {
  uint64_t hi_lo_cycles = 0;  // of a multiplication or division; 0: none
  bool needs_hi_lo = false;
  FloatUnit unit = FloatUnit::kNone;
  uint64_t float_cycles = 0;    // until the result can be used
  uint32_t float_needs = 0;     // registers that must be ready, read or written
  uint32_t float_results = 0;   // of these, what is ready after float_cycles
  bool needs_idle_fpu = false;  // cfc1, ctc1

  bool is_float() const { return float_needs != 0 || unit != FloatUnit::kNone || needs_idle_fpu; }
  bool is_needed() const { return hi_lo_cycles != 0 || needs_hi_lo || is_float(); }
};

/// Stage MEM.
struct MemoryWork {
  BusRead read;
  BusWrite write;
  bool merges = false;  // the store's bytes are merged into a word that the cache holds

  bool is_needed() const { return read.is_needed() || write.is_needed(); }
};

struct StageWork {
  FetchWork fetch;
  AluWork alu;
  MemoryWork memory;
  bool changes_tlb = false;  // the micro-TLB forgets what it holds
};

FetchWork fetch_work(const Retired& retired, const TimingConfig& config);
AluWork alu_work(const Retired& retired, const TimingConfig& config);
MemoryWork memory_work(const Retired& retired);
StageWork stage_work(const Retired& retired, const TimingConfig& config);

/// tlbwi or tlbwr.
bool changes_tlb(const Retired& retired);

/// What alu_work() of an instruction that completes is, by its class.
constexpr bool is_alu_work(isa::OpClass op_class) {
  return (op_class >= isa::OpClass::kMultiply && op_class <= isa::OpClass::kMoveFromHiLo) ||
         (op_class >= isa::OpClass::kFloatAdd && op_class < isa::OpClass::kFloatBranch);
}

/// Whether memory_work() of a step with this access can be any: all but loads that hit.
constexpr bool is_memory_work(const DataAccess& data) {
  if (data.kind != DataAccess::Kind::kLoad) return data.kind == DataAccess::Kind::kStore;
  return data.refill != 0 || !data.cached || data.bus_error;
}

/// Addresses that the TLB translates.
constexpr bool is_mapped(VirtAddr address) { return (address.value >> 30) != 2; }

}  // namespace exosim
