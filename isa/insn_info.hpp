// The rows without their semantics, for those who need no machine. Freestanding.
#pragma once

#include <array>

#include "isa/insn.hpp"
#include "isa/instructions.hpp"
#include "isa/recorder.hpp"

namespace exosim::isa {

/// What decoding, printing and pricing need of an instruction.
struct InsnInfo {
  const char* name;
  Encoding encoding;
  Form form;
  OpClass op_class;
};

constexpr auto make_insn_info() {
  const auto& rows = kInstructions<DependenceRecorder>;
  std::array<InsnInfo, rows.size()> info{};
  for (size_t id = 0; id < rows.size(); ++id)
    info[id] = {rows[id].name, rows[id].encoding, rows[id].form, rows[id].op_class};
  return info;
}

/// Indexed by InsnId.
inline constexpr auto kInsnInfo = make_insn_info();

/// The operation class of an InsnId, kReserved for kReservedInsn.
constexpr OpClass op_class_of(InsnId id) {
  return id == kReservedInsn ? OpClass::kReserved : kInsnInfo[id].op_class;
}

}  // namespace exosim::isa
