// The symbol table of an executable, demangled.
#pragma once

#include <gelf.h>

#include <string>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/observe/code_map.hpp"

namespace exosim {

/// Functions, objects and labels of what is loaded, sorted by address; of several names at one
/// address the best (function, then global) stands last. Symbols that make no sense are left out:
/// they are information only. Refuses a table that reaches beyond the file.
Result<std::vector<Symbol>> read_symbols(Elf* elf, const std::string& name);

}  // namespace exosim
