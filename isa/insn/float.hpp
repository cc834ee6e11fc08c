// Rows: the floating-point coprocessor, R2010 or R3010. A class for each latency that GCC's 3000.md
// and Kane's table of cycle counts tell apart.
#pragma once

#include "isa/insn.hpp"

namespace exosim::isa {

template <class M, FloatOp Op>
void float_binary(M& m, Word w) {
  m.float_binary(Op, w.format(), w.fd(), w.fs(), w.ft());
}

template <class M, FloatOp Op>
void float_unary(M& m, Word w) {
  m.float_unary(Op, w.format(), w.fd(), w.fs());
}

template <class M, FloatFormat To>
void float_convert(M& m, Word w) {
  m.float_convert(To, w.format(), w.fd(), w.fs());
}

template <class M>
void float_compare(M& m, Word w) {
  m.float_compare(w.condition(), w.format(), w.fs(), w.ft());
}

template <class M>
constexpr Insn<M> compare_row(const char* name, FloatFormat format, uint32_t condition) {
  return {name, cop1_function(format, 0x30 + condition), Form::kFsFt, OpClass::kFloatCompare,
          float_compare<M>};
}

template <class M>
inline constexpr Insn<M> kFloatInsns[] = {
    {"mfc1", cop_move(1, 0x00), Form::kRtCopRd, OpClass::kFloatTransfer,
     [](M& m, Word w) { m.move_from_cop1(w.rt(), w.fs()); }},
    {"cfc1", cop_move(1, 0x02), Form::kRtCopRd, OpClass::kFloatTransfer,
     [](M& m, Word w) { m.move_from_cop1_control(w.rt(), w.fs()); }},
    {"mtc1", cop_move(1, 0x04), Form::kRtCopRd, OpClass::kFloatTransfer,
     [](M& m, Word w) { m.move_to_cop1(w.rt(), w.fs()); }},
    {"ctc1", cop_move(1, 0x06), Form::kRtCopRd, OpClass::kFloatTransfer,
     [](M& m, Word w) { m.move_to_cop1_control(w.rt(), w.fs()); }},
    {"bc1f", cop_branch(1, 0), Form::kOffset, OpClass::kFloatBranch,
     [](M& m, Word w) { m.branch_on_cop1(false, w.offset()); }},
    {"bc1t", cop_branch(1, 1), Form::kOffset, OpClass::kFloatBranch,
     [](M& m, Word w) { m.branch_on_cop1(true, w.offset()); }},
    {"lwc1", opcode(0x31), Form::kCopRtBase, OpClass::kFloatLoad,
     [](M& m, Word w) { m.load_cop1(w.ft(), m.gpr(w.rs()) + w.simm()); }},
    {"swc1", opcode(0x39), Form::kCopRtBase, OpClass::kFloatStore,
     [](M& m, Word w) { m.store_cop1(w.ft(), m.gpr(w.rs()) + w.simm()); }},

    {"add.s", cop1_function(FloatFormat::kSingle, 0x00), Form::kFdFsFt, OpClass::kFloatAdd,
     float_binary<M, FloatOp::kAdd>},
    {"add.d", cop1_function(FloatFormat::kDouble, 0x00), Form::kFdFsFt, OpClass::kFloatAdd,
     float_binary<M, FloatOp::kAdd>},
    {"sub.s", cop1_function(FloatFormat::kSingle, 0x01), Form::kFdFsFt, OpClass::kFloatAdd,
     float_binary<M, FloatOp::kSubtract>},
    {"sub.d", cop1_function(FloatFormat::kDouble, 0x01), Form::kFdFsFt, OpClass::kFloatAdd,
     float_binary<M, FloatOp::kSubtract>},
    {"mul.s", cop1_function(FloatFormat::kSingle, 0x02), Form::kFdFsFt,
     OpClass::kFloatMultiplySingle, float_binary<M, FloatOp::kMultiply>},
    {"mul.d", cop1_function(FloatFormat::kDouble, 0x02), Form::kFdFsFt,
     OpClass::kFloatMultiplyDouble, float_binary<M, FloatOp::kMultiply>},
    {"div.s", cop1_function(FloatFormat::kSingle, 0x03), Form::kFdFsFt, OpClass::kFloatDivideSingle,
     float_binary<M, FloatOp::kDivide>},
    {"div.d", cop1_function(FloatFormat::kDouble, 0x03), Form::kFdFsFt, OpClass::kFloatDivideDouble,
     float_binary<M, FloatOp::kDivide>},
    {"abs.s", cop1_function(FloatFormat::kSingle, 0x05), Form::kFdFs, OpClass::kFloatMove,
     float_unary<M, FloatOp::kAbsolute>},
    {"abs.d", cop1_function(FloatFormat::kDouble, 0x05), Form::kFdFs, OpClass::kFloatMove,
     float_unary<M, FloatOp::kAbsolute>},
    {"mov.s", cop1_function(FloatFormat::kSingle, 0x06), Form::kFdFs, OpClass::kFloatMove,
     float_unary<M, FloatOp::kMove>},
    {"mov.d", cop1_function(FloatFormat::kDouble, 0x06), Form::kFdFs, OpClass::kFloatMove,
     float_unary<M, FloatOp::kMove>},
    {"neg.s", cop1_function(FloatFormat::kSingle, 0x07), Form::kFdFs, OpClass::kFloatMove,
     float_unary<M, FloatOp::kNegate>},
    {"neg.d", cop1_function(FloatFormat::kDouble, 0x07), Form::kFdFs, OpClass::kFloatMove,
     float_unary<M, FloatOp::kNegate>},

    {"cvt.s.d", cop1_function(FloatFormat::kDouble, 0x20), Form::kFdFs, OpClass::kFloatToSingle,
     float_convert<M, FloatFormat::kSingle>},
    {"cvt.s.w", cop1_function(FloatFormat::kWord, 0x20), Form::kFdFs, OpClass::kFloatFromWord,
     float_convert<M, FloatFormat::kSingle>},
    {"cvt.d.s", cop1_function(FloatFormat::kSingle, 0x21), Form::kFdFs, OpClass::kFloatToDouble,
     float_convert<M, FloatFormat::kDouble>},
    {"cvt.d.w", cop1_function(FloatFormat::kWord, 0x21), Form::kFdFs, OpClass::kFloatFromWord,
     float_convert<M, FloatFormat::kDouble>},
    {"cvt.w.s", cop1_function(FloatFormat::kSingle, 0x24), Form::kFdFs, OpClass::kFloatToWord,
     float_convert<M, FloatFormat::kWord>},
    {"cvt.w.d", cop1_function(FloatFormat::kDouble, 0x24), Form::kFdFs, OpClass::kFloatToWord,
     float_convert<M, FloatFormat::kWord>},

    compare_row<M>("c.f.s", FloatFormat::kSingle, 0),
    compare_row<M>("c.un.s", FloatFormat::kSingle, 1),
    compare_row<M>("c.eq.s", FloatFormat::kSingle, 2),
    compare_row<M>("c.ueq.s", FloatFormat::kSingle, 3),
    compare_row<M>("c.olt.s", FloatFormat::kSingle, 4),
    compare_row<M>("c.ult.s", FloatFormat::kSingle, 5),
    compare_row<M>("c.ole.s", FloatFormat::kSingle, 6),
    compare_row<M>("c.ule.s", FloatFormat::kSingle, 7),
    compare_row<M>("c.sf.s", FloatFormat::kSingle, 8),
    compare_row<M>("c.ngle.s", FloatFormat::kSingle, 9),
    compare_row<M>("c.seq.s", FloatFormat::kSingle, 10),
    compare_row<M>("c.ngl.s", FloatFormat::kSingle, 11),
    compare_row<M>("c.lt.s", FloatFormat::kSingle, 12),
    compare_row<M>("c.nge.s", FloatFormat::kSingle, 13),
    compare_row<M>("c.le.s", FloatFormat::kSingle, 14),
    compare_row<M>("c.ngt.s", FloatFormat::kSingle, 15),
    compare_row<M>("c.f.d", FloatFormat::kDouble, 0),
    compare_row<M>("c.un.d", FloatFormat::kDouble, 1),
    compare_row<M>("c.eq.d", FloatFormat::kDouble, 2),
    compare_row<M>("c.ueq.d", FloatFormat::kDouble, 3),
    compare_row<M>("c.olt.d", FloatFormat::kDouble, 4),
    compare_row<M>("c.ult.d", FloatFormat::kDouble, 5),
    compare_row<M>("c.ole.d", FloatFormat::kDouble, 6),
    compare_row<M>("c.ule.d", FloatFormat::kDouble, 7),
    compare_row<M>("c.sf.d", FloatFormat::kDouble, 8),
    compare_row<M>("c.ngle.d", FloatFormat::kDouble, 9),
    compare_row<M>("c.seq.d", FloatFormat::kDouble, 10),
    compare_row<M>("c.ngl.d", FloatFormat::kDouble, 11),
    compare_row<M>("c.lt.d", FloatFormat::kDouble, 12),
    compare_row<M>("c.nge.d", FloatFormat::kDouble, 13),
    compare_row<M>("c.le.d", FloatFormat::kDouble, 14),
    compare_row<M>("c.ngt.d", FloatFormat::kDouble, 15),
};

}  // namespace exosim::isa
