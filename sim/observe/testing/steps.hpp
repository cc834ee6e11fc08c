// Steps as the processor would report them, for tests of observers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "isa/machine/exceptions.h"
#include "isa/machine/memory_map.h"
#include "sim/cpu/retired.hpp"
#include "sim/observe/code_map.hpp"
#include "sim/observe/observer.hpp"

namespace exosim::testing {

inline constexpr uint32_t kUserCode = 0x00400000;
inline constexpr uint32_t kKernelCode = 0x80000000;

/// A completed nop in kernel or user mode.
inline Retired step_at(uint32_t pc, uint32_t phys, uint8_t asid = 0) {
  Retired retired;
  retired.pc = {pc};
  retired.fetched_from = {phys};
  retired.fetched = true;
  retired.insn = 0;
  retired.op_class = isa::OpClass::kShift;
  retired.user_mode = pc < KSEG0_BASE;
  retired.asid = asid;
  retired.next_pc = {pc + 4};
  return retired;
}

/// The same, ended by an exception.
inline Retired with_exception(Retired retired, uint8_t code, bool refill = false,
                              uint32_t bad_address = 0) {
  retired.exception = {.taken = true,
                       .code = code,
                       .refill = refill,
                       .vector = {refill ? VECTOR_UTLB : VECTOR_GENERAL},
                       .epc = {retired.pc.value - (retired.in_delay_slot ? 4u : 0u)},
                       .bad_address = {bad_address}};
  retired.next_pc = retired.exception.vector;
  return retired;
}

/// An interrupt, or a fault of the fetch, before the instruction at `pc`.
inline Retired not_fetched(uint32_t pc, uint8_t code, bool refill = false, uint8_t asid = 0) {
  Retired retired = with_exception(step_at(pc, 0, asid), code, refill, pc);
  retired.fetched = false;
  retired.insn = isa::kReservedInsn;
  retired.op_class = isa::OpClass::kReserved;
  return retired;
}

/// One cycle, and a stall that the instruction `age` steps before caused.
inline StepCost stalled(size_t age, StallCause cause, uint64_t cycles) {
  StepCost cost;
  cost.stall(age, cause, cycles);
  return cost;
}

/// Hands steps to an observer, each of a given length, one after the other.
class Feed {
 public:
  explicit Feed(Observer& observer) : observer_(observer) {}

  /// All cycles but one are a stall that the step's own instruction causes.
  Feed& step(const Retired& retired, uint64_t cycles = 1) {
    return step(retired, stalled(0, StallCause::kInstructionCache, cycles - 1));
  }
  Feed& step(const Retired& retired, const StepCost& cost) {
    observer_.on_retired(now_, cost, retired);
    now_ += cost.total;
    return *this;
  }
  Feed& pass(uint64_t cycles) {
    now_ += Cycles{cycles};
    return *this;
  }
  uint64_t now() const { return now_.count; }

 private:
  Observer& observer_;
  Cycles now_;
};

/// An image of 0x1000 bytes of code at `virt`, put at `phys`.
inline void add_program(CodeMap& code, const std::string& name, uint32_t virt, uint32_t phys,
                        std::vector<Marker> markers, std::vector<Symbol> symbols = {}) {
  const ImageInfo& image = code.add_image({.name = name,
                                           .symbols = std::move(symbols),
                                           .markers = std::move(markers),
                                           .lines = nullptr});
  code.add_range({.phys = phys, .size = 0x1000, .virt = virt, .image = &image});
}

}  // namespace exosim::testing
