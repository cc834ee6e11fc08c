// What an instruction is: one row with its name, encoding, operand form, operation class and
// semantics. The semantics are a lambda over a machine M, so that the interpreter, the dependence
// recorder and a translator are readings of the same row. Freestanding: the guest includes it too.
#pragma once

#include <cstdint>

namespace exosim::isa {

/// What a floating-point register holds; the value is the encoding's.
enum class FloatFormat : uint8_t { kSingle = 0x10, kDouble = 0x11, kWord = 0x14 };

/// A 32-bit instruction word and its fields, named as in the R3000 manual.
struct Word {
  uint32_t bits = 0;

  constexpr unsigned opcode() const { return bits >> 26; }
  constexpr unsigned rs() const { return (bits >> 21) & 31; }
  constexpr unsigned rt() const { return (bits >> 16) & 31; }
  constexpr unsigned rd() const { return (bits >> 11) & 31; }
  constexpr unsigned shamt() const { return (bits >> 6) & 31; }
  constexpr unsigned funct() const { return bits & 63; }
  constexpr uint32_t uimm() const { return bits & 0xffff; }
  constexpr uint32_t simm() const { return static_cast<uint32_t>(static_cast<int16_t>(bits)); }
  /// Branch displacement in bytes, relative to the delay slot's address.
  constexpr uint32_t offset() const { return simm() << 2; }
  constexpr uint32_t target() const { return bits & 0x03ffffff; }
  /// The 20-bit code field of syscall and break; the hardware ignores it.
  constexpr uint32_t code() const { return (bits >> 6) & 0xfffff; }
  /// Registers and operand format of a floating-point operation.
  constexpr unsigned fd() const { return shamt(); }
  constexpr unsigned fs() const { return rd(); }
  constexpr unsigned ft() const { return rt(); }
  constexpr FloatFormat format() const { return static_cast<FloatFormat>(rs()); }
  /// Which of the sixteen comparisons c.cond is.
  constexpr unsigned condition() const { return bits & 15; }
  /// The coprocessor number of a COPz, LWCz or SWCz instruction.
  constexpr unsigned coprocessor() const { return (bits >> 26) & 3; }

  friend constexpr bool operator==(Word, Word) = default;
};

/// A word is this instruction iff (word & mask) == match. The hardware ignores the other bits.
struct Encoding {
  uint32_t mask;
  uint32_t match;

  constexpr bool matches(Word word) const { return (word.bits & mask) == match; }
  constexpr bool overlaps(Encoding other) const {
    return ((match ^ other.match) & mask & other.mask) == 0;
  }
};

constexpr Encoding opcode(uint32_t op) { return {0xfc000000, op << 26}; }
constexpr Encoding special(uint32_t funct) { return {0xfc00003f, funct}; }
/// REGIMM after regimm_selector() (isa/decoder.hpp) has folded the undecoded bits of rt away.
constexpr Encoding regimm(uint32_t rt) { return {0xfc1f0000, (1u << 26) | (rt << 16)}; }
/// COPz with a sub-operation in rs: MF, MT, CF, CT.
constexpr Encoding cop_move(uint32_t z, uint32_t rs) {
  return {0xffe00000, ((0x10 + z) << 26) | (rs << 21)};
}
/// COPz branch on condition: rs = 8, rt bit 0 says true or false.
constexpr Encoding cop_branch(uint32_t z, uint32_t rt) {
  return {0xffe10000, ((0x10 + z) << 26) | (8u << 21) | (rt << 16)};
}
/// COP0 operation: rs bit 4 set, funct selects.
constexpr Encoding cop0_function(uint32_t funct) {
  return {0xfe00003f, (0x10u << 26) | (1u << 25) | funct};
}
/// Floating-point operation: rs is the operands' format, funct selects.
constexpr Encoding cop1_function(FloatFormat format, uint32_t funct) {
  return {0xffe0003f, (0x11u << 26) | (static_cast<uint32_t>(format) << 21) | funct};
}
/// COPz operation of another coprocessor: rs bit 4 set, the rest is its own.
constexpr Encoding cop_operation(uint32_t z) {
  return {0xfe000000, ((0x10 + z) << 26) | (1u << 25)};
}

/// Which fields are operands, in the order in which assembly text names them.
enum class Form : uint8_t {
  kRdRsRt,        // addu rd,rs,rt
  kRdRtSa,        // sll rd,rt,sa
  kRdRtRs,        // sllv rd,rt,rs
  kRtRsSigned,    // addiu rt,rs,-1
  kRtRsUnsigned,  // andi rt,rs,0xff
  kRtUnsigned,    // lui rt,0x8000
  kRsRtOffset,    // beq rs,rt,target
  kRsOffset,      // bltz rs,target
  kOffset,        // bc0t target
  kTarget,        // j target
  kRs,            // jr rs
  kRdRs,          // jalr rd,rs
  kRd,            // mfhi rd
  kRsRt,          // mult rs,rt
  kZeroRsRt,      // div zero,rs,rt
  kRtBase,        // lw rt,offset(rs)
  kCopRtBase,     // lwc1 $f1,offset(rs)
  kCode,          // syscall 0x12345
  kBreakCode,     // break 0x12,0x345
  kRtCop0,        // mfc0 rt,c0_status
  kRtCopRd,       // mfc2 rt,$3
  kCopOperation,  // c2 0x123456
  kFdFsFt,        // add.s $f4,$f0,$f2
  kFdFs,          // mov.d $f4,$f0
  kFsFt,          // c.eq.d $f0,$f2
  kNone,          // rfe
};

/// What timing prices: each class has its latency in the configuration.
enum class OpClass : uint8_t {
  kAlu,
  kShift,
  kMultiply,
  kDivide,
  kMoveFromHiLo,
  kMoveToHiLo,
  kLoad,
  kStore,
  kBranch,
  kJump,
  kTrap,
  kCop0,
  kCoprocessor,
  kFloatAdd,  // add, sub
  kFloatMultiplySingle,
  kFloatMultiplyDouble,
  kFloatDivideSingle,
  kFloatDivideDouble,
  kFloatMove,      // abs, neg, mov
  kFloatCompare,   // c.cond
  kFloatToSingle,  // cvt.s.d
  kFloatToDouble,  // cvt.d.s
  kFloatFromWord,  // cvt.s.w, cvt.d.w
  kFloatToWord,    // cvt.w.s, cvt.w.d
  kFloatTransfer,  // mfc1, mtc1, cfc1, ctc1
  kFloatLoad,
  kFloatStore,
  kFloatBranch,
  kReserved,  // no row: raises RI
};

/// Floating-point operations whose result has the format of their operands.
enum class FloatOp : uint8_t { kAdd, kSubtract, kMultiply, kDivide, kAbsolute, kMove, kNegate };

/// Width and kind of a data access. kLeft and kRight are lwl/swl and lwr/swr.
enum class Access : uint8_t { kByte, kByteUnsigned, kHalf, kHalfUnsigned, kWord, kLeft, kRight };

/// One instruction. `execute` speaks to the machine in the vocabulary below, where V is M::Value
/// (uint32_t in the interpreter), made of a uint32_t and combined with + - & | ^ ~.
///
///   V gpr(r)  set_gpr(r,V)                 registers; writes to r0 are discarded
///   V shift_left(V,V) shift_right(V,V) shift_right_arithmetic(V,V)     by the low five bits
///   V less(V,V) less_unsigned(V,V) equal(V,V) not_equal(V,V)           1 or 0
///   add_or_overflow(r,V,V)  subtract_or_overflow(r,V,V)                Ov leaves r unchanged
///   multiply(V,V) multiply_unsigned(V,V) divide(V,V) divide_unsigned(V,V)   into HI and LO
///   V hi() V lo() set_hi(V) set_lo(V)
///   branch_if(V, offset)  jump_region(index)  jump_to(V)  link(r)
///   load(Access,r,V)  store(Access,r,V)
///   load_coprocessor(z,r,V)  store_coprocessor(z,r,V)
///   system_call()  breakpoint()
///   move_from_cop0(r,c) move_to_cop0(r,c) branch_on_cop0(bool,offset)
///   tlb_read() tlb_write_indexed() tlb_write_random() tlb_probe() restore_from_exception()
///   float_binary(FloatOp,FloatFormat,fd,fs,ft)  float_unary(FloatOp,FloatFormat,fd,fs)
///   float_convert(to,from,fd,fs)  float_compare(condition,FloatFormat,fs,ft)
///   move_from_cop1(r,f) move_to_cop1(r,f) branch_on_cop1(bool,offset)
///   move_from_cop1_control(r,c) move_to_cop1_control(r,c)  load_cop1(f,V) store_cop1(f,V)
///   coprocessor(z, Word)                   any other COPz instruction, z = 2 or 3
///
/// After an exception has been raised the machine ignores what the rest of the row does.
template <class M>
struct Insn {
  const char* name;
  Encoding encoding;
  Form form;
  OpClass op_class;
  void (*execute)(M&, Word);
};

}  // namespace exosim::isa
