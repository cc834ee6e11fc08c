// Rows: the multiply/divide unit and its HI and LO registers.
#pragma once

#include "isa/insn.hpp"

namespace exosim::isa {

template <class M>
inline constexpr Insn<M> kMulDivInsns[] = {
    {"mfhi", special(0x10), Form::kRd, OpClass::kMoveFromHiLo,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.hi()); }},
    {"mthi", special(0x11), Form::kRs, OpClass::kMoveToHiLo,
     [](M& m, Word w) { m.set_hi(m.gpr(w.rs())); }},
    {"mflo", special(0x12), Form::kRd, OpClass::kMoveFromHiLo,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.lo()); }},
    {"mtlo", special(0x13), Form::kRs, OpClass::kMoveToHiLo,
     [](M& m, Word w) { m.set_lo(m.gpr(w.rs())); }},
    {"mult", special(0x18), Form::kRsRt, OpClass::kMultiply,
     [](M& m, Word w) { m.multiply(m.gpr(w.rs()), m.gpr(w.rt())); }},
    {"multu", special(0x19), Form::kRsRt, OpClass::kMultiply,
     [](M& m, Word w) { m.multiply_unsigned(m.gpr(w.rs()), m.gpr(w.rt())); }},
    {"div", special(0x1a), Form::kZeroRsRt, OpClass::kDivide,
     [](M& m, Word w) { m.divide(m.gpr(w.rs()), m.gpr(w.rt())); }},
    {"divu", special(0x1b), Form::kZeroRsRt, OpClass::kDivide,
     [](M& m, Word w) { m.divide_unsigned(m.gpr(w.rs()), m.gpr(w.rt())); }},
};

}  // namespace exosim::isa
