// What a word depends on and changes, found by running its row on the recorder. Freestanding.
#pragma once

#include "isa/decoder.hpp"
#include "isa/insn.hpp"
#include "isa/instructions.hpp"
#include "isa/recorder.hpp"

namespace exosim::isa {

/// The dependences of a word; of a reserved one, none.
constexpr Dependences dependences(Word word) {
  DependenceRecorder recorder;
  const InsnId id = decode(word);
  if (id != kReservedInsn) kInstructions<DependenceRecorder>[id].execute(recorder, word);
  return recorder.recorded();
}

}  // namespace exosim::isa
