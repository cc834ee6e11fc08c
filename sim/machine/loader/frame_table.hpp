// Where functions keep their caller's registers, from the executable's DWARF call frame
// information.
#pragma once

#include <gelf.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sim/observe/code_map.hpp"

namespace exosim {

/// True iff the file says that it has call frame information (.debug_frame).
bool has_frames(Elf* elf);

/// Looks frames up in the file's .debug_frame, which is read at the first question. What makes no
/// sense, or needs more than registers and offsets, gives no rule.
std::shared_ptr<FrameTable> make_frame_table(std::vector<std::byte> file);

/// A function's call frame program: that of its common information entry, then its own.
struct FrameProgram {
  uint32_t address = 0;  // of the function
  uint32_t size = 0;     // bytes
  uint64_t code_factor = 1;
  int64_t data_factor = 1;
  std::span<const uint8_t> initial = {};
  std::span<const uint8_t> own = {};
};

/// What the program says of `virt`; nullopt if it is malformed or uses DWARF expressions.
std::optional<FrameRule> run_frame_program(const FrameProgram& program, uint32_t virt);

}  // namespace exosim
