// Rows: branches and jumps. Conditions and targets are read before the link register is written.
#pragma once

#include "isa/insn.hpp"

namespace exosim::isa {

template <class M>
inline constexpr Insn<M> kBranchInsns[] = {
    {"jr", special(0x08), Form::kRs, OpClass::kJump,
     [](M& m, Word w) { m.jump_to(m.gpr(w.rs())); }},
    {"jalr", special(0x09), Form::kRdRs, OpClass::kJump,
     [](M& m, Word w) {
       const auto target = m.gpr(w.rs());
       m.link(w.rd());
       m.jump_to(target);
     }},
    {"j", opcode(0x02), Form::kTarget, OpClass::kJump,
     [](M& m, Word w) { m.jump_region(w.target()); }},
    {"jal", opcode(0x03), Form::kTarget, OpClass::kJump,
     [](M& m, Word w) {
       m.link(31);
       m.jump_region(w.target());
     }},
    {"beq", opcode(0x04), Form::kRsRtOffset, OpClass::kBranch,
     [](M& m, Word w) { m.branch_if(m.equal(m.gpr(w.rs()), m.gpr(w.rt())), w.offset()); }},
    {"bne", opcode(0x05), Form::kRsRtOffset, OpClass::kBranch,
     [](M& m, Word w) { m.branch_if(m.not_equal(m.gpr(w.rs()), m.gpr(w.rt())), w.offset()); }},
    {"blez", opcode(0x06), Form::kRsOffset, OpClass::kBranch,
     [](M& m, Word w) { m.branch_if(m.less(m.gpr(w.rs()), 1), w.offset()); }},
    {"bgtz", opcode(0x07), Form::kRsOffset, OpClass::kBranch,
     [](M& m, Word w) { m.branch_if(m.less(0, m.gpr(w.rs())), w.offset()); }},
    {"bltz", regimm(0x00), Form::kRsOffset, OpClass::kBranch,
     [](M& m, Word w) { m.branch_if(m.less(m.gpr(w.rs()), 0), w.offset()); }},
    {"bgez", regimm(0x01), Form::kRsOffset, OpClass::kBranch,
     [](M& m, Word w) { m.branch_if(m.equal(m.less(m.gpr(w.rs()), 0), 0), w.offset()); }},
    // The link is written even when the branch is not taken (PSX-SPX).
    {"bltzal", regimm(0x10), Form::kRsOffset, OpClass::kBranch,
     [](M& m, Word w) {
       const auto taken = m.less(m.gpr(w.rs()), 0);
       m.link(31);
       m.branch_if(taken, w.offset());
     }},
    {"bgezal", regimm(0x11), Form::kRsOffset, OpClass::kBranch,
     [](M& m, Word w) {
       const auto taken = m.equal(m.less(m.gpr(w.rs()), 0), 0);
       m.link(31);
       m.branch_if(taken, w.offset());
     }},
};

}  // namespace exosim::isa
