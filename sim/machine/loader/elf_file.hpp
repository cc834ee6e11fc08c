// A libelf handle on bytes in memory, and the checks of the ELF header itself.
#pragma once

#include <gelf.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "sim/base/result.hpp"

namespace exosim {

struct ElfEnd {
  void operator()(Elf* elf) const { elf_end(elf); }
};
using ElfHandle = std::unique_ptr<Elf, ElfEnd>;

/// Opens the bytes, which must outlive the handle; null if libelf cannot make sense of them.
ElfHandle open_elf(std::span<std::byte> file);

/// The identification bytes: ELF, 32-bit, little-endian, and a whole header. `name` stands in
/// messages, here and below.
Result<std::monostate> check_ident(std::span<const std::byte> file, const std::string& name);

/// The rest of the header: MIPS, an executable, MIPS I and o32, both header tables in the file.
Result<std::monostate> check_header(Elf* elf, size_t file_size, const std::string& name);

/// A section by its index, with its name ("" if the file has no usable name).
struct ElfSection {
  Elf_Scn* scn;
  GElf_Shdr header;
  std::string_view name;
};

/// The next section after `previous` (null: the first); `scn` is null after the last. A section
/// whose header cannot be read ends the walk.
ElfSection next_section(Elf* elf, Elf_Scn* previous);

}  // namespace exosim
