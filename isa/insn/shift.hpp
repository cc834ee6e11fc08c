// Rows: shifts, by the shamt field or by the low five bits of rs.
#pragma once

#include "isa/insn.hpp"

namespace exosim::isa {

template <class M>
inline constexpr Insn<M> kShiftInsns[] = {
    {"sll", special(0x00), Form::kRdRtSa, OpClass::kShift,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.shift_left(m.gpr(w.rt()), w.shamt())); }},
    {"srl", special(0x02), Form::kRdRtSa, OpClass::kShift,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.shift_right(m.gpr(w.rt()), w.shamt())); }},
    {"sra", special(0x03), Form::kRdRtSa, OpClass::kShift,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.shift_right_arithmetic(m.gpr(w.rt()), w.shamt())); }},
    {"sllv", special(0x04), Form::kRdRtRs, OpClass::kShift,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.shift_left(m.gpr(w.rt()), m.gpr(w.rs()))); }},
    {"srlv", special(0x06), Form::kRdRtRs, OpClass::kShift,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.shift_right(m.gpr(w.rt()), m.gpr(w.rs()))); }},
    {"srav", special(0x07), Form::kRdRtRs, OpClass::kShift,
     [](M& m, Word w) {
       m.set_gpr(w.rd(), m.shift_right_arithmetic(m.gpr(w.rt()), m.gpr(w.rs())));
     }},
};

}  // namespace exosim::isa
