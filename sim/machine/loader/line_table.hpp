// Source lines of an executable from its DWARF line information.
#pragma once

#include <gelf.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "sim/observe/code_map.hpp"

namespace exosim {

/// True iff the file says that it has line information.
bool has_lines(Elf* elf);

/// Looks lines up in the file's .debug_line, which is read at the first question. Line information
/// that makes no sense gives no lines.
std::shared_ptr<LineTable> make_line_table(std::vector<std::byte> file);

}  // namespace exosim
