// A machine on which a row runs without values, to find out what it touches: registers, HI and LO,
// coprocessors 0 and 1, memory, the program counter. Freestanding.
#pragma once

#include <cstdint>

#include "isa/insn.hpp"
#include "isa/machine/cp0.h"
#include "isa/machine/fpu.h"

namespace exosim::isa {

/// What one instruction word depends on and changes. Masks have bit n for register n; general
/// register 0 is never in them.
struct Dependences {
  uint32_t reads = 0;         // general registers whose value the instruction needs
  uint32_t merges = 0;        // of those, read with the in-flight load bypassed (lwl, lwr)
  uint32_t writes = 0;        // general registers written (at most one)
  bool load_delayed = false;  // `writes` becomes visible one instruction late
  bool reads_hi = false;
  bool reads_lo = false;
  bool writes_hi = false;
  bool writes_lo = false;
  uint32_t reads_cop0 = 0;  // CP0 registers, by software's number
  uint32_t writes_cop0 = 0;
  uint32_t reads_float = 0;  // floating-point registers; two of them for a double
  uint32_t writes_float = 0;
  bool float_delayed = false;       // `writes_float` becomes visible one instruction late
  uint32_t reads_cop1_control = 0;  // FCR0..31; of FCR31, all but the condition
  uint32_t writes_cop1_control = 0;
  bool reads_condition = false;  // the condition bit of FCR31
  bool writes_condition = false;
  uint8_t coprocessors = 0;  // bit z: a COPz, LWCz or SWCz instruction
  bool branches = false;     // has a delay slot
  bool loads = false;
  bool stores = false;
  bool may_overflow = false;
  bool traps = false;  // syscall, break

  constexpr bool accesses_memory() const { return loads || stores; }
  friend constexpr bool operator==(const Dependences&, const Dependences&) = default;
};

/// The M of the recording. Its values are empty.
class DependenceRecorder {
 public:
  struct Value {
    constexpr Value() = default;
    constexpr Value(uint32_t) {}
    friend constexpr Value operator+(Value, Value) { return {}; }
    friend constexpr Value operator-(Value, Value) { return {}; }
    friend constexpr Value operator&(Value, Value) { return {}; }
    friend constexpr Value operator|(Value, Value) { return {}; }
    friend constexpr Value operator^(Value, Value) { return {}; }
    friend constexpr Value operator~(Value) { return {}; }
  };

  constexpr const Dependences& recorded() const { return seen_; }

  constexpr Value gpr(unsigned r) { return seen_.reads |= bit(r), Value{}; }
  constexpr void set_gpr(unsigned r, Value) { seen_.writes |= bit(r); }
  constexpr Value shift_left(Value, Value) { return {}; }
  constexpr Value shift_right(Value, Value) { return {}; }
  constexpr Value shift_right_arithmetic(Value, Value) { return {}; }
  constexpr Value less(Value, Value) { return {}; }
  constexpr Value less_unsigned(Value, Value) { return {}; }
  constexpr Value equal(Value, Value) { return {}; }
  constexpr Value not_equal(Value, Value) { return {}; }
  constexpr void add_or_overflow(unsigned r, Value, Value) { write_or_trap(r); }
  constexpr void subtract_or_overflow(unsigned r, Value, Value) { write_or_trap(r); }

  constexpr void multiply(Value, Value) { write_hi_and_lo(); }
  constexpr void multiply_unsigned(Value, Value) { write_hi_and_lo(); }
  constexpr void divide(Value, Value) { write_hi_and_lo(); }
  constexpr void divide_unsigned(Value, Value) { write_hi_and_lo(); }
  constexpr Value hi() { return seen_.reads_hi = true, Value{}; }
  constexpr Value lo() { return seen_.reads_lo = true, Value{}; }
  constexpr void set_hi(Value) { seen_.writes_hi = true; }
  constexpr void set_lo(Value) { seen_.writes_lo = true; }

  constexpr void branch_if(Value, uint32_t) { seen_.branches = true; }
  constexpr void jump_region(uint32_t) { seen_.branches = true; }
  constexpr void jump_to(Value) { seen_.branches = true; }
  constexpr void link(unsigned r) { seen_.writes |= bit(r); }

  constexpr void load(Access access, unsigned r, Value) {
    seen_.loads = true;
    seen_.load_delayed = true;
    seen_.writes |= bit(r);
    if (access != Access::kLeft && access != Access::kRight) return;
    seen_.reads |= bit(r);
    seen_.merges |= bit(r);
  }
  constexpr void store(Access, unsigned r, Value) {
    seen_.stores = true;
    seen_.reads |= bit(r);
  }
  constexpr void load_coprocessor(unsigned z, unsigned, Value) {
    use_coprocessor(z);
    seen_.loads = true;
  }
  constexpr void store_coprocessor(unsigned z, unsigned, Value) {
    use_coprocessor(z);
    seen_.stores = true;
  }

  constexpr void system_call() { seen_.traps = true; }
  constexpr void breakpoint() { seen_.traps = true; }

  constexpr void move_from_cop0(unsigned r, unsigned c) {
    use_coprocessor(0);
    write_late(r);
    seen_.reads_cop0 |= 1u << c;
  }
  constexpr void move_to_cop0(unsigned r, unsigned c) {
    use_coprocessor(0);
    seen_.reads |= bit(r);
    seen_.writes_cop0 |= 1u << c;
  }
  constexpr void branch_on_cop0(bool, uint32_t) {
    use_coprocessor(0);
    seen_.branches = true;
  }
  constexpr void tlb_read() { use_cop0(kIndex, kEntry); }
  constexpr void tlb_write_indexed() { use_cop0(kIndex | kEntry, 0); }
  constexpr void tlb_write_random() { use_cop0((1u << CP0_RANDOM) | kEntry, 0); }
  constexpr void tlb_probe() { use_cop0(1u << CP0_ENTRYHI, kIndex); }
  constexpr void restore_from_exception() { use_cop0(1u << CP0_STATUS, 1u << CP0_STATUS); }
  constexpr void float_binary(FloatOp, FloatFormat format, unsigned fd, unsigned fs, unsigned ft) {
    operate(pair(format, fs) | pair(format, ft));
    seen_.writes_float |= pair(format, fd);
  }
  constexpr void float_unary(FloatOp op, FloatFormat format, unsigned fd, unsigned fs) {
    float_convert(format, format, fd, fs);
    if (op == FloatOp::kMove) seen_.reads_cop1_control = seen_.writes_cop1_control = 0;
  }
  constexpr void float_convert(FloatFormat to, FloatFormat from, unsigned fd, unsigned fs) {
    operate(pair(from, fs));
    seen_.writes_float |= pair(to, fd);
  }
  constexpr void float_compare(unsigned, FloatFormat format, unsigned fs, unsigned ft) {
    operate(pair(format, fs) | pair(format, ft));
    seen_.writes_condition = true;
  }
  constexpr void move_from_cop1(unsigned r, unsigned f) {
    use_coprocessor(1);
    write_late(r);
    seen_.reads_float |= 1u << f;
  }
  constexpr void move_to_cop1(unsigned r, unsigned f) {
    use_coprocessor(1);
    seen_.reads |= bit(r);
    write_float_late(f);
  }
  constexpr void move_from_cop1_control(unsigned r, unsigned c) {
    use_coprocessor(1);
    write_late(r);
    seen_.reads_cop1_control |= 1u << c;
    seen_.reads_condition = c == FCR_STATUS;
  }
  constexpr void move_to_cop1_control(unsigned r, unsigned c) {
    use_coprocessor(1);
    seen_.reads |= bit(r);
    seen_.writes_cop1_control |= 1u << c;
    seen_.writes_condition = c == FCR_STATUS;
  }
  constexpr void branch_on_cop1(bool, uint32_t) {
    use_coprocessor(1);
    seen_.reads_condition = true;
    seen_.branches = true;
  }
  constexpr void load_cop1(unsigned f, Value) {
    use_coprocessor(1);
    seen_.loads = true;
    write_float_late(f);
  }
  constexpr void store_cop1(unsigned f, Value) {
    use_coprocessor(1);
    seen_.stores = true;
    seen_.reads_float |= 1u << f;
  }
  /// What other coprocessors do is theirs; of the integer core's registers, mfcz and cfcz write rt
  /// as a load does, mtcz and ctcz read it, bczf and bczt branch.
  constexpr void coprocessor(unsigned z, Word word) {
    use_coprocessor(z);
    if (word.rs() == 0x08) seen_.branches = true;
    if (word.rs() == 0x04 || word.rs() == 0x06) seen_.reads |= bit(word.rt());
    if (word.rs() == 0x00 || word.rs() == 0x02) write_late(word.rt());
  }

 private:
  static constexpr uint32_t kIndex = 1u << CP0_INDEX;
  static constexpr uint32_t kEntry = (1u << CP0_ENTRYHI) | (1u << CP0_ENTRYLO);

  static constexpr uint32_t bit(unsigned r) { return (1u << r) & ~1u; }
  constexpr void write_or_trap(unsigned r) {
    seen_.may_overflow = true;
    seen_.writes |= bit(r);
  }
  constexpr void write_hi_and_lo() { seen_.writes_hi = seen_.writes_lo = true; }
  constexpr void write_late(unsigned r) {
    seen_.load_delayed = true;
    seen_.writes |= bit(r);
  }
  constexpr void write_float_late(unsigned f) {
    seen_.float_delayed = true;
    seen_.writes_float |= 1u << f;
  }
  /// The registers of an operand: the low bit of its number counts for nothing.
  static constexpr uint32_t pair(FloatFormat format, unsigned f) {
    return (format == FloatFormat::kDouble ? 3u : 1u) << (f & ~1u);
  }
  /// Any operation reads the mode in FCR31 and leaves its cause there.
  constexpr void operate(uint32_t operands) {
    use_coprocessor(1);
    seen_.reads_float |= operands;
    seen_.reads_cop1_control |= 1u << FCR_STATUS;
    seen_.writes_cop1_control |= 1u << FCR_STATUS;
  }
  constexpr void use_coprocessor(unsigned z) {
    seen_.coprocessors = static_cast<uint8_t>(seen_.coprocessors | (1u << z));
  }
  constexpr void use_cop0(uint32_t reads, uint32_t writes) {
    use_coprocessor(0);
    seen_.reads_cop0 |= reads;
    seen_.writes_cop0 |= writes;
  }

  Dependences seen_;
};

}  // namespace exosim::isa
