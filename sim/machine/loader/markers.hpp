// The markers that an executable declares in the section MARKER_SECTION (isa/markers.h).
#pragma once

#include <gelf.h>

#include <string>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/machine/loader/image.hpp"
#include "sim/observe/code_map.hpp"

namespace exosim {

/// All records, in section order. A record with address 0 stands for code that the linker has
/// removed and is left out. Refuses malformed records with their offset in the section.
Result<std::vector<Marker>> read_markers(Elf* elf, const std::vector<Segment>& segments,
                                         const std::string& name);

}  // namespace exosim
