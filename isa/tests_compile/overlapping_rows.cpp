// Must not compile: the encoding of "extra" is that of addu.
#include "isa/instructions.hpp"
#include "isa/recorder.hpp"

namespace exosim::isa {

inline constexpr Insn<DependenceRecorder> kExtraInsns[] = {
    {"extra", special(0x21), Form::kNone, OpClass::kAlu, [](DependenceRecorder&, Word) {}},
};

constexpr auto kRows = join<DependenceRecorder>(kAluInsns<DependenceRecorder>, kExtraInsns);

}  // namespace exosim::isa
