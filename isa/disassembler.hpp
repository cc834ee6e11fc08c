// A word as text, in the style of `objdump -d -m mips:3000 -M no-aliases`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "isa/insn.hpp"

namespace exosim::isa {

/// What an address means ("main+0x10"), or empty.
using Symbolizer = std::function<std::string(uint32_t address)>;

/// "lw\ta0,-4(sp)": the name, a tab, the operands. Branch and jump targets are addresses, computed
/// from that of the word, followed by " <main+0x10>" if the symbolizer knows them. A reserved word
/// is ".word\t0x...". Bits that the hardware ignores are not shown.
std::string disassemble(Word word, uint32_t address, const Symbolizer& symbolizer = {});

/// Where a branch or jump at this address goes when taken; for any other row, nothing meaningful.
constexpr uint32_t branch_target(Word word, uint32_t address) {
  return address + 4 + word.offset();
}
constexpr uint32_t jump_target(Word word, uint32_t address) {
  return ((address + 4) & 0xf0000000) | (word.target() << 2);
}

}  // namespace exosim::isa
