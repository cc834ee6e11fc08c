// Rows: coprocessors 2 and 3, which no machine here has, and lwc0 and swc0: unusable unless
// Status.CUz is set.
#pragma once

#include "isa/insn.hpp"

namespace exosim::isa {

template <class M>
void coprocessor_word(M& m, Word w) {
  m.coprocessor(w.coprocessor(), w);
}

template <class M>
void load_coprocessor_word(M& m, Word w) {
  m.load_coprocessor(w.coprocessor(), w.rt(), m.gpr(w.rs()) + w.simm());
}

template <class M>
void store_coprocessor_word(M& m, Word w) {
  m.store_coprocessor(w.coprocessor(), w.rt(), m.gpr(w.rs()) + w.simm());
}

template <class M>
inline constexpr Insn<M> kCoprocessorInsns[] = {
    {"mfc2", cop_move(2, 0x00), Form::kRtCopRd, OpClass::kCoprocessor, coprocessor_word<M>},
    {"cfc2", cop_move(2, 0x02), Form::kRtCopRd, OpClass::kCoprocessor, coprocessor_word<M>},
    {"mtc2", cop_move(2, 0x04), Form::kRtCopRd, OpClass::kCoprocessor, coprocessor_word<M>},
    {"ctc2", cop_move(2, 0x06), Form::kRtCopRd, OpClass::kCoprocessor, coprocessor_word<M>},
    {"bc2f", cop_branch(2, 0), Form::kOffset, OpClass::kCoprocessor, coprocessor_word<M>},
    {"bc2t", cop_branch(2, 1), Form::kOffset, OpClass::kCoprocessor, coprocessor_word<M>},
    {"c2", cop_operation(2), Form::kCopOperation, OpClass::kCoprocessor, coprocessor_word<M>},

    {"mfc3", cop_move(3, 0x00), Form::kRtCopRd, OpClass::kCoprocessor, coprocessor_word<M>},
    {"cfc3", cop_move(3, 0x02), Form::kRtCopRd, OpClass::kCoprocessor, coprocessor_word<M>},
    {"mtc3", cop_move(3, 0x04), Form::kRtCopRd, OpClass::kCoprocessor, coprocessor_word<M>},
    {"ctc3", cop_move(3, 0x06), Form::kRtCopRd, OpClass::kCoprocessor, coprocessor_word<M>},
    {"bc3f", cop_branch(3, 0), Form::kOffset, OpClass::kCoprocessor, coprocessor_word<M>},
    {"bc3t", cop_branch(3, 1), Form::kOffset, OpClass::kCoprocessor, coprocessor_word<M>},
    {"c3", cop_operation(3), Form::kCopOperation, OpClass::kCoprocessor, coprocessor_word<M>},

    {"lwc0", opcode(0x30), Form::kCopRtBase, OpClass::kCoprocessor, load_coprocessor_word<M>},
    {"lwc2", opcode(0x32), Form::kCopRtBase, OpClass::kCoprocessor, load_coprocessor_word<M>},
    {"lwc3", opcode(0x33), Form::kCopRtBase, OpClass::kCoprocessor, load_coprocessor_word<M>},
    {"swc0", opcode(0x38), Form::kCopRtBase, OpClass::kCoprocessor, store_coprocessor_word<M>},
    {"swc2", opcode(0x3a), Form::kCopRtBase, OpClass::kCoprocessor, store_coprocessor_word<M>},
    {"swc3", opcode(0x3b), Form::kCopRtBase, OpClass::kCoprocessor, store_coprocessor_word<M>},
};

}  // namespace exosim::isa
