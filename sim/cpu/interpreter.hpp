// The machine on which the rows of isa/insn run with real values, one instruction per step.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <utility>

#include "isa/insn.hpp"
#include "isa/machine/exceptions.h"
#include "sim/bus/bus.hpp"
#include "sim/bus/interrupts.hpp"
#include "sim/cpu/cache.hpp"
#include "sim/cpu/delay_slots.hpp"
#include "sim/cpu/exception.hpp"
#include "sim/cpu/fpu/fpu.hpp"
#include "sim/cpu/mmu.hpp"
#include "sim/cpu/model.hpp"
#include "sim/cpu/mul_div.hpp"
#include "sim/cpu/retired.hpp"
#include "sim/cpu/state.hpp"
#include "sim/cpu/unaligned.hpp"

namespace exosim {

/// How often software changed the mode, for those who look on; no part of the machine's state.
struct ModeChanges {
  /// Of rfe instructions, the last ones' targets: that of number n at n % kTargets.
  static constexpr size_t kTargets = 4;

  uint64_t returns = 0;  // rfe executed
  std::array<VirtAddr, kTargets> targets{};
  uint64_t openings = 0;  // rfe and mtc0 that left Status with some interrupt enabled
};

/// Executes. Between steps, all that matters is in state(); the rest is derived from it.
///
/// Within a step: an exception is entered where it is raised, so a row must raise only in the last
/// thing that it does (test: Rows.RaiseOnlyInTheirLastAct).
class Interpreter {
 public:
  Interpreter(Bus& bus, const InterruptPins& pins, const CpuModel& model, Random& random);

  const Retired& step();
  const CpuState& state() const { return state_; }
  const Retired& retired() const { return retired_; }
  const ModeChanges& mode_changes() const { return mode_changes_; }
  uint32_t interrupt_lines() {
    const uint32_t pins = static_cast<uint32_t>(pins_.level() | fpu_interrupt_) << CAUSE_IP_SHIFT;
    const uint32_t mask = state_.cp0.status & STATUS_IM_MASK;
    const bool is_known = next_change_ == ~uint64_t{0};
    if (is_known && ((pins | software_interrupts_) & mask) == 0) [[likely]]
      return 0;
    return find_interrupt_lines();
  }
  /// For changes between two steps. The next fetch looks whether the TLB is among them.
  CpuState& edit_state();
  const Cache& instruction_cache() const { return instruction_cache_; }
  const Cache& data_cache() const { return data_cache_; }
  /// The cache that loads and stores use now.
  const Cache& data_side() const { return *data_side_; }
  Cache& instruction_cache() { return instruction_cache_; }
  Cache& data_cache() { return data_cache_; }

  void connect_condition(std::function<bool()> condition) { condition_ = std::move(condition); }

  // The vocabulary of the rows, as isa/insn.hpp documents it.
  using Value = uint32_t;

  Value gpr(unsigned r) const { return state_.gpr[r]; }
  void set_gpr(unsigned r, Value value);
  static Value shift_left(Value value, Value by) { return value << (by & 31); }
  static Value shift_right(Value value, Value by) { return value >> (by & 31); }
  static Value shift_right_arithmetic(Value value, Value by);
  static Value less(Value a, Value b) { return static_cast<int32_t>(a) < static_cast<int32_t>(b); }
  static Value less_unsigned(Value a, Value b) { return a < b; }
  static Value equal(Value a, Value b) { return a == b; }
  static Value not_equal(Value a, Value b) { return a != b; }
  void add_or_overflow(unsigned r, Value a, Value b);
  void subtract_or_overflow(unsigned r, Value a, Value b);

  void multiply(Value a, Value b) { set_hi_lo(multiply_signed(a, b)); }
  void multiply_unsigned(Value a, Value b) { set_hi_lo(exosim::multiply_unsigned(a, b)); }
  void divide(Value a, Value b) { set_hi_lo(divide_signed(a, b)); }
  void divide_unsigned(Value a, Value b) { set_hi_lo(exosim::divide_unsigned(a, b)); }
  Value hi() const { return state_.hi; }
  Value lo() const { return state_.lo; }
  void set_hi(Value value) { state_.hi = value; }
  void set_lo(Value value) { state_.lo = value; }

  void branch_if(Value taken, uint32_t offset);
  void jump_region(uint32_t index);
  void jump_to(Value target);
  void link(unsigned r) { set_gpr(r, link_address(state_)); }

  void load(isa::Access access, unsigned r, Value address);
  void store(isa::Access access, unsigned r, Value address);
  void load_coprocessor(unsigned z, unsigned r, Value address);
  void store_coprocessor(unsigned z, unsigned r, Value address);

  void system_call() { raise({.code = EXC_SYS}); }
  void breakpoint() { raise({.code = EXC_BP}); }
  void move_from_cop0(unsigned r, unsigned c);
  void move_to_cop0(unsigned r, unsigned c);
  void branch_on_cop0(bool condition, uint32_t offset);
  void tlb_read();
  void tlb_write_indexed();
  void tlb_write_random();
  void tlb_probe();
  void restore_from_exception();
  void coprocessor(unsigned z, isa::Word word);
  void float_binary(isa::FloatOp op, isa::FloatFormat format, unsigned fd, unsigned fs,
                    unsigned ft);
  void float_unary(isa::FloatOp op, isa::FloatFormat format, unsigned fd, unsigned fs);
  void float_convert(isa::FloatFormat to, isa::FloatFormat from, unsigned fd, unsigned fs);
  void float_compare(unsigned condition, isa::FloatFormat format, unsigned fs, unsigned ft);
  void move_from_cop1(unsigned r, unsigned f);
  void move_to_cop1(unsigned r, unsigned f);
  void move_from_cop1_control(unsigned r, unsigned c);
  void move_to_cop1_control(unsigned r, unsigned c);
  void branch_on_cop1(bool condition, uint32_t offset);
  void load_cop1(unsigned f, Value address);
  void store_cop1(unsigned f, Value address);
  /// A word that no row matches.
  void reserved(isa::Word word);

 private:
  void begin_step();
  bool interrupt_pending() const;
  bool interrupt_confirmed();
  bool fetch();
  bool fetch_slowly();
  void notice_changes();
  void notice_edits();
  bool fetch_from(PhysAddr phys, bool cached);
  bool refill_fetch(PhysAddr phys);
  bool refuse_fetch(const Trap& trap);
  void clear_instruction();
  void execute();
  void end_step();
  void raise(const Trap& trap);

  bool require_coprocessor(unsigned z);
  bool require_cop1();
  bool require_fpu();
  void finish_float();
  void finish_float(isa::FloatFormat format, unsigned fd);
  void record_float(isa::FloatFormat format, unsigned fd);
  void write_float_late(unsigned f, uint32_t value);
  void unknown_float_operation();
  void refresh_fpu_interrupt();
  uint8_t hardware_interrupts();
  uint32_t find_interrupt_lines();
  void set_hi_lo(HiLo value);
  void issue_load(unsigned r, Value value);
  Value extend(isa::Access access, unsigned r, Value address, uint32_t raw) const;

  /// Where the bytes lie that the program addresses: elsewhere in their word if the byte order is
  /// reversed (Status.RE).
  Value lane(Value address, unsigned width) const {
    const bool reversed = (context_ & kNotPlain) && is_reversed(state_.cp0);
    return reversed ? address ^ (4 - width) : address;
  }
  bool read_data(VirtAddr address, unsigned width, uint32_t& raw);
  bool read_data_slowly(VirtAddr address, unsigned width, uint32_t& raw);
  void write_data(VirtAddr address, BusStore store);
  void write_data_slowly(VirtAddr address, BusStore store);
  BusAccess read_isolated(PhysAddr phys, unsigned width);
  BusAccess read_cached(PhysAddr phys, unsigned width);
  void write_isolated(PhysAddr phys, BusStore store);
  bool write_cached(PhysAddr phys, BusStore store);
  bool write_part(PhysAddr phys, BusStore store);
  /// To be called wherever a word is looked for and missed: a parity error is a miss that shows.
  void note_parity(const Cache& cache, PhysAddr phys);
  BusAccess refill(Cache& cache, PhysAddr phys);
  void select_caches();
  void write_tlb(unsigned index);
  void open_status_shadow();
  void open_address_shadow();
  void notice_shadow_end(const Cp0Shadow* shadow, uint64_t Cp0Shadow::*until);
  void count_opening();
  uint32_t page_key(VirtAddr address) const {
    return (address.value & ENTRYHI_VPN_MASK) | context_;
  }

  CpuState state_;
  Retired retired_;
  DelayedWrite arriving_;             // within a step: the previous instruction's load
  uint32_t context_ = 0;              // page_context() when the step began
  uint32_t fetch_context_ = 0;        // the same for its fetch
  uint32_t enabled_interrupts_ = 0;   // as Cause.IP; 0 if IEc is clear
  uint32_t software_interrupts_ = 0;  // of Cause.IP
  PageView fetch_view_;               // of the page of the last fetch, if that was RAM
  Bus& bus_;
  const InterruptPins& pins_;
  PartialStore partial_store_;
  EffectDistances effects_;
  uint32_t cache_control_ = 0;  // IsC, SwC and PZ in effect, of which the sides below follow
  uint64_t next_change_ = 0;    // the step at which to derive all this from the state again
  Cache instruction_cache_;
  Cache data_cache_;
  CachePresence presence_;                   // of the sides below
  Cache* fetch_side_ = &instruction_cache_;  // the other way round while Status.SwC is set
  Cache* data_side_ = &data_cache_;
  PageViews views_;
  Tlb viewed_tlb_;  // what `views_` were made from
  ModeChanges mode_changes_;
  bool edited_ = false;  // state_ may have changed between steps
  // The FPU's bit of Cause.IP while it interrupts. After edit_state() it may be set in error.
  uint8_t fpu_interrupt_ = 0;
  std::function<bool()> condition_ = [] { return true; };  // CpCond0
  FpuConfig fpu_config_;
  Fpu fpu_;
};

}  // namespace exosim
