// Reads and sorts .symtab.
#include "sim/machine/loader/symbols.hpp"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <tuple>

#include "sim/machine/loader/elf_file.hpp"
#include "sim/observe/demangle.hpp"

namespace exosim {
namespace {

// Names go into traces and onto terminals.
bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }

struct Candidate {
  Symbol symbol;
  unsigned rank;  // of several at one address, the highest is the best name

  auto key() const { return std::tie(symbol.address, rank, symbol.name); }
};

unsigned rank_of(const GElf_Sym& symbol) {
  const unsigned type = GELF_ST_TYPE(symbol.st_info);
  const unsigned by_type = type == STT_FUNC ? 2 : type == STT_OBJECT ? 1 : 0;
  return by_type * 2 + (GELF_ST_BIND(symbol.st_info) == STB_LOCAL ? 0 : 1);
}

bool is_wanted(Elf* elf, const GElf_Sym& symbol) {
  if (symbol.st_shndx == SHN_UNDEF || symbol.st_shndx >= SHN_LORESERVE) return false;
  const unsigned type = GELF_ST_TYPE(symbol.st_info);
  if (type == STT_FUNC || type == STT_OBJECT) return true;
  GElf_Shdr section;
  return type == STT_NOTYPE &&
         gelf_getshdr(elf_getscn(elf, symbol.st_shndx), &section) != nullptr &&
         (section.sh_flags & SHF_ALLOC) != 0;
}

std::vector<Symbol> sorted(std::vector<Candidate> candidates) {
  std::ranges::sort(candidates, {}, &Candidate::key);
  std::vector<Symbol> symbols;
  symbols.reserve(candidates.size());
  for (Candidate& candidate : candidates) {
    const bool repeated = !symbols.empty() && symbols.back().address == candidate.symbol.address &&
                          symbols.back().name == candidate.symbol.name;
    if (!repeated) symbols.push_back(std::move(candidate.symbol));
  }
  return symbols;
}

std::vector<Symbol> read_table(Elf* elf, Elf_Data* data, size_t names) {
  std::vector<Candidate> candidates;
  const size_t count = data->d_size / sizeof(Elf32_Sym);
  for (size_t index = 0; index < count; ++index) {
    GElf_Sym symbol;
    if (gelf_getsym(data, static_cast<int>(index), &symbol) == nullptr) break;
    if (!is_wanted(elf, symbol)) continue;
    const char* text = elf_strptr(elf, names, symbol.st_name);
    if (text == nullptr || *text == '\0') continue;
    std::string raw(text, strnlen(text, kMaxNameBytes));
    std::ranges::replace_if(raw, is_control, '?');
    candidates.push_back({{.address = static_cast<uint32_t>(symbol.st_value),
                           .size = static_cast<uint32_t>(symbol.st_size),
                           .name = demangle(raw)},
                          rank_of(symbol)});
  }
  return sorted(std::move(candidates));
}

}  // namespace

Result<std::vector<Symbol>> read_symbols(Elf* elf, const std::string& name) {
  for (ElfSection section = next_section(elf, nullptr); section.scn != nullptr;
       section = next_section(elf, section.scn)) {
    if (section.header.sh_type != SHT_SYMTAB) continue;
    Elf_Data* data = elf_getdata(section.scn, nullptr);
    if (data == nullptr || data->d_buf == nullptr) {
      if (section.header.sh_size == 0) continue;
      return Error{name, fmt::format("truncated: the symbol table of {} bytes at file offset {} is "
                                     "not in the file",
                                     section.header.sh_size, section.header.sh_offset)};
    }
    return read_table(elf, data, section.header.sh_link);
  }
  return std::vector<Symbol>{};
}

}  // namespace exosim
