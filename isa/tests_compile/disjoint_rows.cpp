// Positive control of overlapping_rows.cpp: the same table with a free encoding compiles.
#include "isa/instructions.hpp"
#include "isa/recorder.hpp"

namespace exosim::isa {

inline constexpr Insn<DependenceRecorder> kExtraInsns[] = {
    {"extra", special(0x3f), Form::kNone, OpClass::kAlu, [](DependenceRecorder&, Word) {}},
};

constexpr auto kRows = join<DependenceRecorder>(kAluInsns<DependenceRecorder>, kExtraInsns);
static_assert(rows_are_disjoint(kRows));

}  // namespace exosim::isa
