// The loadable segments of an executable, and what they must satisfy.
#pragma once

#include <gelf.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/machine/loader/image.hpp"

namespace exosim {

/// Reads the PT_LOAD segments, sorted by address. Refuses dynamic executables, segments outside the
/// file or the address space, overlaps, and mixed or unloadable address spaces.
Result<std::vector<Segment>> read_segments(Elf* elf, size_t file_size, const std::string& name);

/// Refuses an entry that is not the address of an instruction from the file.
Result<std::monostate> check_entry(uint32_t entry, const std::vector<Segment>& segments,
                                   const std::string& name);

/// True iff `address` lies in the segment's memory, or one past its end if `or_end`.
bool covers(const Segment& segment, uint32_t address, bool or_end = false);

}  // namespace exosim
