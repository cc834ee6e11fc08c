// Rows: arithmetic, logic, comparison, lui.
#pragma once

#include "isa/insn.hpp"

namespace exosim::isa {

template <class M>
inline constexpr Insn<M> kAluInsns[] = {
    {"add", special(0x20), Form::kRdRsRt, OpClass::kAlu,
     [](M& m, Word w) { m.add_or_overflow(w.rd(), m.gpr(w.rs()), m.gpr(w.rt())); }},
    {"addu", special(0x21), Form::kRdRsRt, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.gpr(w.rs()) + m.gpr(w.rt())); }},
    {"sub", special(0x22), Form::kRdRsRt, OpClass::kAlu,
     [](M& m, Word w) { m.subtract_or_overflow(w.rd(), m.gpr(w.rs()), m.gpr(w.rt())); }},
    {"subu", special(0x23), Form::kRdRsRt, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.gpr(w.rs()) - m.gpr(w.rt())); }},
    {"and", special(0x24), Form::kRdRsRt, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.gpr(w.rs()) & m.gpr(w.rt())); }},
    {"or", special(0x25), Form::kRdRsRt, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.gpr(w.rs()) | m.gpr(w.rt())); }},
    {"xor", special(0x26), Form::kRdRsRt, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.gpr(w.rs()) ^ m.gpr(w.rt())); }},
    {"nor", special(0x27), Form::kRdRsRt, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rd(), ~(m.gpr(w.rs()) | m.gpr(w.rt()))); }},
    {"slt", special(0x2a), Form::kRdRsRt, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.less(m.gpr(w.rs()), m.gpr(w.rt()))); }},
    {"sltu", special(0x2b), Form::kRdRsRt, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rd(), m.less_unsigned(m.gpr(w.rs()), m.gpr(w.rt()))); }},

    {"addi", opcode(0x08), Form::kRtRsSigned, OpClass::kAlu,
     [](M& m, Word w) { m.add_or_overflow(w.rt(), m.gpr(w.rs()), w.simm()); }},
    {"addiu", opcode(0x09), Form::kRtRsSigned, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rt(), m.gpr(w.rs()) + w.simm()); }},
    {"slti", opcode(0x0a), Form::kRtRsSigned, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rt(), m.less(m.gpr(w.rs()), w.simm())); }},
    // The immediate is sign-extended, then compared unsigned.
    {"sltiu", opcode(0x0b), Form::kRtRsSigned, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rt(), m.less_unsigned(m.gpr(w.rs()), w.simm())); }},
    {"andi", opcode(0x0c), Form::kRtRsUnsigned, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rt(), m.gpr(w.rs()) & w.uimm()); }},
    {"ori", opcode(0x0d), Form::kRtRsUnsigned, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rt(), m.gpr(w.rs()) | w.uimm()); }},
    {"xori", opcode(0x0e), Form::kRtRsUnsigned, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rt(), m.gpr(w.rs()) ^ w.uimm()); }},
    {"lui", opcode(0x0f), Form::kRtUnsigned, OpClass::kAlu,
     [](M& m, Word w) { m.set_gpr(w.rt(), w.uimm() << 16); }},
};

}  // namespace exosim::isa
