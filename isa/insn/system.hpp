// Rows: traps and coprocessor 0.
#pragma once

#include "isa/insn.hpp"

namespace exosim::isa {

template <class M>
inline constexpr Insn<M> kSystemInsns[] = {
    {"syscall", special(0x0c), Form::kCode, OpClass::kTrap, [](M& m, Word) { m.system_call(); }},
    {"break", special(0x0d), Form::kBreakCode, OpClass::kTrap, [](M& m, Word) { m.breakpoint(); }},

    {"mfc0", cop_move(0, 0x00), Form::kRtCop0, OpClass::kCop0,
     [](M& m, Word w) { m.move_from_cop0(w.rt(), w.rd()); }},
    {"mtc0", cop_move(0, 0x04), Form::kRtCop0, OpClass::kCop0,
     [](M& m, Word w) { m.move_to_cop0(w.rt(), w.rd()); }},
    {"bc0f", cop_branch(0, 0), Form::kOffset, OpClass::kBranch,
     [](M& m, Word w) { m.branch_on_cop0(false, w.offset()); }},
    {"bc0t", cop_branch(0, 1), Form::kOffset, OpClass::kBranch,
     [](M& m, Word w) { m.branch_on_cop0(true, w.offset()); }},
    {"tlbr", cop0_function(0x01), Form::kNone, OpClass::kCop0, [](M& m, Word) { m.tlb_read(); }},
    {"tlbwi", cop0_function(0x02), Form::kNone, OpClass::kCop0,
     [](M& m, Word) { m.tlb_write_indexed(); }},
    {"tlbwr", cop0_function(0x06), Form::kNone, OpClass::kCop0,
     [](M& m, Word) { m.tlb_write_random(); }},
    {"tlbp", cop0_function(0x08), Form::kNone, OpClass::kCop0, [](M& m, Word) { m.tlb_probe(); }},
    {"rfe", cop0_function(0x10), Form::kNone, OpClass::kCop0,
     [](M& m, Word) { m.restore_from_exception(); }},
};

}  // namespace exosim::isa
