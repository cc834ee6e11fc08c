// Reads and sorts .symtab.
#include "sim/machine/loader/symbols.hpp"

#include <cxxabi.h>
#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <tuple>

#include "sim/machine/loader/elf_file.hpp"

namespace exosim {
namespace {

// A few bytes of a hostile file may stand for many long names: names are cut here.
constexpr size_t kMaxNameBytes = 1024;
// Each back reference of a mangled name can repeat all before it, so that the demangled name grows
// exponentially with their number; two double it.
constexpr size_t kMaxBackReferences = 24;

// Names go into traces and onto terminals.
bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }

struct Candidate {
  Symbol symbol;
  unsigned rank;  // of several at one address, the highest is the best name

  auto key() const { return std::tie(symbol.address, rank, symbol.name); }
};

size_t back_references(const std::string& symbol) {
  size_t count = 0;
  for (size_t at = 0; at < symbol.size(); ++at) {
    if (symbol[at] != 'S' && symbol[at] != 'T') continue;
    const size_t end = symbol.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", at + 1);
    if (end != std::string::npos && symbol[end] == '_') ++count;
  }
  return count;
}

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
         (section.sh_flags & SHF_EXECINSTR) != 0;
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

std::string demangle(const std::string& symbol) {
  if (!symbol.starts_with("_Z") || back_references(symbol) > kMaxBackReferences) return symbol;
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> text(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free);
  if (status != 0 || text == nullptr) return symbol;
  return {text.get(), strnlen(text.get(), kMaxNameBytes)};
}

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
