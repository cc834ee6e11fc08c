// The frame of a function without debug information, from its instructions: assembly mostly.
#pragma once

#include <optional>
#include <span>

#include "isa/insn.hpp"
#include "sim/observe/code_map.hpp"

namespace exosim {

/// What holds after `code`, which reaches from a function's first instruction to the place in
/// question, itself excluded. nullopt if the caller cannot be known: the stack pointer was set
/// otherwise than by addition, or the return address was lost.
std::optional<FrameRule> scan_prologue(std::span<const isa::Word> code);

}  // namespace exosim
