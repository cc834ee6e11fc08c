// Rows: loads and stores. The loaded value arrives one instruction later (the load delay slot).
#pragma once

#include "isa/insn.hpp"

namespace exosim::isa {

template <class M>
inline constexpr Insn<M> kMemoryInsns[] = {
    {"lb", opcode(0x20), Form::kRtBase, OpClass::kLoad,
     [](M& m, Word w) { m.load(Access::kByte, w.rt(), m.gpr(w.rs()) + w.simm()); }},
    {"lh", opcode(0x21), Form::kRtBase, OpClass::kLoad,
     [](M& m, Word w) { m.load(Access::kHalf, w.rt(), m.gpr(w.rs()) + w.simm()); }},
    {"lwl", opcode(0x22), Form::kRtBase, OpClass::kLoad,
     [](M& m, Word w) { m.load(Access::kLeft, w.rt(), m.gpr(w.rs()) + w.simm()); }},
    {"lw", opcode(0x23), Form::kRtBase, OpClass::kLoad,
     [](M& m, Word w) { m.load(Access::kWord, w.rt(), m.gpr(w.rs()) + w.simm()); }},
    {"lbu", opcode(0x24), Form::kRtBase, OpClass::kLoad,
     [](M& m, Word w) { m.load(Access::kByteUnsigned, w.rt(), m.gpr(w.rs()) + w.simm()); }},
    {"lhu", opcode(0x25), Form::kRtBase, OpClass::kLoad,
     [](M& m, Word w) { m.load(Access::kHalfUnsigned, w.rt(), m.gpr(w.rs()) + w.simm()); }},
    {"lwr", opcode(0x26), Form::kRtBase, OpClass::kLoad,
     [](M& m, Word w) { m.load(Access::kRight, w.rt(), m.gpr(w.rs()) + w.simm()); }},
    {"sb", opcode(0x28), Form::kRtBase, OpClass::kStore,
     [](M& m, Word w) { m.store(Access::kByte, w.rt(), m.gpr(w.rs()) + w.simm()); }},
    {"sh", opcode(0x29), Form::kRtBase, OpClass::kStore,
     [](M& m, Word w) { m.store(Access::kHalf, w.rt(), m.gpr(w.rs()) + w.simm()); }},
    {"swl", opcode(0x2a), Form::kRtBase, OpClass::kStore,
     [](M& m, Word w) { m.store(Access::kLeft, w.rt(), m.gpr(w.rs()) + w.simm()); }},
    {"sw", opcode(0x2b), Form::kRtBase, OpClass::kStore,
     [](M& m, Word w) { m.store(Access::kWord, w.rt(), m.gpr(w.rs()) + w.simm()); }},
    {"swr", opcode(0x2e), Form::kRtBase, OpClass::kStore,
     [](M& m, Word w) { m.store(Access::kRight, w.rt(), m.gpr(w.rs()) + w.simm()); }},
};

}  // namespace exosim::isa
