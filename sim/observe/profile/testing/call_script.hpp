// Scripts of steps with calls, returns, jumps and exceptions, for tests of what follows them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "isa/machine/registers.h"
#include "sim/observe/testing/steps.hpp"

namespace exosim::testing {

inline constexpr uint32_t kAppPhys = 0x10000;
inline constexpr uint32_t kOtherPhys = 0x20000;

/// A kernel and two programs, each of functions of 0x100 bytes.
inline CodeMap call_test_images() {
  CodeMap code;
  const auto function = [](uint32_t at, const std::string& name) {
    return Symbol{at, 0x100, name};
  };
  const uint32_t k = kKernelCode;
  const uint32_t u = kUserCode;
  add_program(code, "kernel.elf", k, 0, {},
              {{k, 0x80, "utlb"},
               {k + 0x80, 0x80, "general"},
               function(k + 0x100, "syscall"),
               function(k + 0x200, "work"),
               function(k + 0x300, "swtch"),
               function(k + 0x400, "thread")});
  add_program(code, "app.elf", u, kAppPhys, {},
              {function(u, "main"),
               function(u + 0x100, "f"),
               function(u + 0x200, "g"),
               function(u + 0x300, "handler"),
               {u + 0x340, 0, "label"},
               function(u + 0x400, "entry"),
               function(u + 0x500, "start")});
  add_program(code, "other.elf", u, kOtherPhys, {},
              {function(u, "server"), function(u + 0x100, "serve")});
  return code;
}

inline constexpr uint32_t kUtlb = kKernelCode;
inline constexpr uint32_t kGeneral = kKernelCode + 0x80;
inline constexpr uint32_t kSyscall = kKernelCode + 0x100;
inline constexpr uint32_t kWork = kKernelCode + 0x200;
inline constexpr uint32_t kSwtch = kKernelCode + 0x300;
inline constexpr uint32_t kThread = kKernelCode + 0x400;
inline constexpr uint32_t kMain = kUserCode;
inline constexpr uint32_t kF = kUserCode + 0x100;
inline constexpr uint32_t kG = kUserCode + 0x200;
inline constexpr uint32_t kHandler = kUserCode + 0x300;
inline constexpr uint32_t kEntry = kUserCode + 0x400;
inline constexpr uint32_t kStart = kUserCode + 0x500;

/// Makes the steps, from where the last one has led.
class CallScript {
 public:
  using Sink = std::function<void(const Retired&)>;
  explicit CallScript(Sink sink) : sink_(std::move(sink)) {}

  /// The processor is at `pc` from now on, as an `rfe` or a reset would have it.
  CallScript& at(uint32_t pc) {
    pc_ = pc;
    return *this;
  }
  /// In the address space of app.elf, 1, or of other.elf, 2; 3 runs app.elf, too.
  CallScript& space(uint8_t asid) {
    asid_ = asid;
    return *this;
  }
  CallScript& nop(unsigned count = 1) {
    while (count-- > 0) emit(here());
    return *this;
  }
  CallScript& set(uint8_t gpr, uint32_t value) {
    Retired step = here();
    step.dest = gpr;
    step.dest_value = value;
    return emit(step);
  }
  CallScript& sp(uint32_t value) { return set(REG_SP, value); }

  CallScript& jal(uint32_t target) { return jump(0x0c000000, target, REG_RA); }
  CallScript& j(uint32_t target) { return jump(0x08000000, target); }
  CallScript& jr(uint8_t gpr, uint32_t target) { return jump(uint32_t{gpr} << 21 | 0x08u, target); }
  CallScript& ret(uint32_t target) { return jr(REG_RA, target); }
  CallScript& jalr(uint32_t target, uint8_t link = REG_RA) {
    return jump(REG_T9 << 21 | uint32_t{link} << 11 | 0x09u, target, link);
  }
  CallScript& branch(uint32_t target) { return jump(0x10000000, target, 0, isa::OpClass::kBranch); }
  CallScript& branch_and_link(uint32_t target) {
    return jump(0x04110000, target, REG_RA, isa::OpClass::kBranch);
  }
  /// A jump whose delay slot restores the stack pointer.
  CallScript& ret_with_sp(uint32_t target, uint32_t sp_value) {
    slot_sp_ = sp_value;
    return ret(target);
  }
  CallScript& jr_with_sp(uint8_t gpr, uint32_t target, uint32_t sp_value) {
    slot_sp_ = sp_value;
    return jr(gpr, target);
  }

  /// The instruction here raises an exception: at the vector from then on.
  CallScript& fault(uint8_t code, bool refill = false) {
    return emit(with_exception(here(), code, refill));
  }
  /// An interrupt before it, or a miss of its fetch.
  CallScript& unfetched(uint8_t code, bool refill = false) {
    return emit(not_fetched(pc_, code, refill, asid_));
  }
  CallScript& syscall() {
    Retired step = here();
    step.op_class = isa::OpClass::kTrap;
    return emit(with_exception(step, EXC_SYS));
  }
  /// A jump whose delay slot raises an exception; the branch is where to restart.
  CallScript& fault_in_slot(uint32_t target) {
    emit(jump_step(0x08000000, target, 0, isa::OpClass::kJump));
    Retired slot = here();
    slot.in_delay_slot = true;
    return emit(with_exception(slot, EXC_TLBL, true));
  }
  /// jr k1 with rfe in its delay slot.
  CallScript& rfe(uint32_t target) { return jr(REG_K1, target); }
  uint32_t pc() const { return pc_; }

 private:
  Retired here() const {
    const uint32_t phys = pc_ >= kKernelCode
                              ? pc_ - kKernelCode
                              : pc_ - kUserCode + (asid_ == 2 ? kOtherPhys : kAppPhys);
    return step_at(pc_, phys, asid_);
  }
  CallScript& emit(const Retired& step) {
    sink_(step);
    pc_ = step.next_pc.value;
    return *this;
  }
  Retired jump_step(uint32_t word, uint32_t target, uint8_t link, isa::OpClass op_class) const {
    Retired step = here();
    step.word = {op_class == isa::OpClass::kJump && word >> 26 != 0
                     ? word | (target >> 2 & 0x3ffffff)
                     : word};
    step.op_class = op_class;
    step.branch_taken = true;
    step.dest = link;
    step.dest_value = pc_ + 8;
    return step;
  }
  CallScript& jump(uint32_t word, uint32_t target, uint8_t link = 0,
                   isa::OpClass op_class = isa::OpClass::kJump) {
    emit(jump_step(word, target, link, op_class));
    Retired slot = here();
    slot.in_delay_slot = true;
    slot.next_pc = {target};
    if (slot_sp_ != 0) {
      slot.dest = REG_SP;
      slot.dest_value = std::exchange(slot_sp_, 0);
    }
    return emit(slot);
  }

  Sink sink_;
  uint32_t pc_ = 0;
  uint8_t asid_ = 0;
  uint32_t slot_sp_ = 0;
};

}  // namespace exosim::testing
