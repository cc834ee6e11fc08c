// Small valid ELF files for tests and fuzzing: an application and a bare image with symbols, line
// information and markers. Tests spoil them field by field.
#pragma once

#include <elf.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "isa/markers.h"

namespace exosim::testing {

using Bytes = std::vector<std::byte>;

inline constexpr uint32_t kTextOffset = 0x100;  // in the file, as the address within its page
inline constexpr uint32_t kTextSize = 0x40;
inline constexpr uint32_t kDataOffset = 0x140;
inline constexpr uint32_t kDataSize = 0x10;
inline constexpr uint32_t kDataMemory = 0x30;       // 0x20 bytes of .bss
inline constexpr uint32_t kMipsFlags = 0x00001001;  // EF_MIPS_ARCH_1, o32, noreorder

/// Little-endian bytes, one value after the other.
class Blob {
 public:
  template <class T>
  Blob& put(T value) {
    const auto* bytes = reinterpret_cast<const std::byte*>(&value);
    bytes_.insert(bytes_.end(), bytes, bytes + sizeof(T));
    return *this;
  }
  Blob& text(std::string_view text) {
    for (const char c : text) put(c);
    return put('\0');
  }
  Blob& align(size_t to) {
    while (bytes_.size() % to != 0) put('\0');
    return *this;
  }
  Blob& raw(const Bytes& bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  size_t size() const { return bytes_.size(); }
  const Bytes& bytes() const { return bytes_; }

 private:
  Bytes bytes_;
};

/// One record of the marker section.
inline void put_marker(Blob& blob, uint32_t address, uint32_t kind, std::string_view name) {
  blob.put(address).put(kind).text(name).align(4);
}

struct NamedSection {
  std::string name;
  Elf32_Shdr header;
  Bytes bytes;
};

inline Elf32_Shdr section_header(uint32_t type, uint32_t flags = 0, uint32_t link = 0,
                                 uint32_t entry_size = 0) {
  return {.sh_name = 0,
          .sh_type = type,
          .sh_flags = flags,
          .sh_addr = 0,
          .sh_offset = 0,
          .sh_size = 0,
          .sh_link = link,
          .sh_info = 0,
          .sh_addralign = 4,
          .sh_entsize = entry_size};
}

/// A line program with line 10 at `text`, 11 at text + 8, up to text + 16 (DWARF 2, section 6.2).
inline Bytes debug_line(uint32_t text) {
  Blob header;
  header.put<uint8_t>(1).put<uint8_t>(1).put<int8_t>(-5).put<uint8_t>(14).put<uint8_t>(10);
  for (const uint8_t length : std::to_array<uint8_t>({0, 1, 1, 1, 1, 0, 0, 0, 1}))
    header.put(length);
  header.put('\0').text("main.cpp").put<uint8_t>(0).put<uint8_t>(0).put<uint8_t>(0).put('\0');
  Blob program;
  program.put<uint8_t>(0).put<uint8_t>(5).put<uint8_t>(2).put(text);        // address
  program.put<uint8_t>(3).put<uint8_t>(9).put<uint8_t>(1);                  // line 10
  program.put<uint8_t>(2).put<uint8_t>(8).put<uint8_t>(3).put<uint8_t>(1);  // 8 bytes on
  program.put<uint8_t>(1);                                                  // line 11
  program.put<uint8_t>(2).put<uint8_t>(8).put<uint8_t>(0).put<uint8_t>(1).put<uint8_t>(1);
  Blob unit;
  unit.put<uint16_t>(2).put(static_cast<uint32_t>(header.size()));
  unit.raw(header.bytes()).raw(program.bytes());
  return Blob().put(static_cast<uint32_t>(unit.size())).raw(unit.bytes()).bytes();
}

inline Bytes debug_abbrev() {
  Blob blob;  // 1: DW_TAG_compile_unit, no children, DW_AT_name string, DW_AT_stmt_list sec_offset
  for (const uint8_t byte : std::to_array<uint8_t>({1, 0x11, 0, 3, 8, 0x10, 0x17, 0, 0, 0}))
    blob.put(byte);
  return blob.bytes();
}

inline Bytes debug_info() {
  Blob unit;
  unit.put<uint16_t>(4).put<uint32_t>(0).put<uint8_t>(4);  // version, abbreviations, address size
  unit.put<uint8_t>(1).text("main.cpp").put<uint32_t>(0);
  return Blob().put(static_cast<uint32_t>(unit.size())).raw(unit.bytes()).bytes();
}

/// The frame of a function of 0x20 bytes at `text`: from its second instruction on, 24 bytes with
/// the return address in the uppermost word (DWARF 5, section 6.4).
inline Bytes debug_frame(uint32_t text) {
  const auto record = [](Blob blob) {
    while (blob.size() % 4 != 0) blob.put<uint8_t>(0);  // DW_CFA_nop
    return Blob().put(static_cast<uint32_t>(blob.size())).raw(blob.bytes()).bytes();
  };
  Blob common;  // version 1, no augmentation, factors 1 and -4, return address in ra
  common.put(~uint32_t{0}).put<uint8_t>(1).put('\0').put<uint8_t>(1).put<uint8_t>(0x7c);
  common.put<uint8_t>(31).put<uint8_t>(0x0d).put<uint8_t>(29);  // the frame is at sp
  Blob function;
  function.put<uint32_t>(0).put(text).put<uint32_t>(0x20);
  function.put<uint8_t>(0x44).put<uint8_t>(0x0e).put<uint8_t>(24);  // 4 bytes on: sp + 24
  function.put<uint8_t>(0x9f).put<uint8_t>(1);                      // ra at the first word below
  return Blob().raw(record(common)).raw(record(function)).bytes();
}

/// What goes into a sample file.
struct Sample {
  uint32_t base;  // address of file offset 0
  uint32_t entry_offset = 0;
  Bytes markers{};

  uint32_t text() const { return base + kTextOffset; }
  Bytes build() const;

 private:
  std::vector<NamedSection> sections() const;
  std::array<Elf32_Phdr, 2> program_headers() const;
};

/// main (0x20 bytes), then _Z4workv (0x18), then the label done.
inline std::vector<NamedSection> Sample::sections() const {
  Blob names;
  names.put('\0').text("main").text("_Z4workv").text("done").text("counter").text("absolute");
  Blob symbols;
  const auto symbol = [&](uint32_t name, uint32_t address, uint32_t size, unsigned bind,
                          unsigned type, uint16_t section) {
    symbols.put(Elf32_Sym{.st_name = name,
                          .st_value = address,
                          .st_size = size,
                          .st_info = static_cast<unsigned char>(ELF32_ST_INFO(bind, type)),
                          .st_other = 0,
                          .st_shndx = section});
  };
  symbol(0, 0, 0, STB_LOCAL, STT_NOTYPE, SHN_UNDEF);
  symbol(15, text() + 0x38, 0, STB_LOCAL, STT_NOTYPE, 1);
  symbol(6, text() + 0x20, 0x18, STB_GLOBAL, STT_FUNC, 1);
  symbol(1, text(), 0x20, STB_GLOBAL, STT_FUNC, 1);
  symbol(20, base + 0x1000 + kDataOffset, 4, STB_GLOBAL, STT_OBJECT, 2);
  symbol(28, 0x1234, 0, STB_GLOBAL, STT_NOTYPE, SHN_ABS);
  return {{".text", section_header(SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR), {}},
          {".data", section_header(SHT_PROGBITS, SHF_ALLOC | SHF_WRITE), {}},
          {".symtab", section_header(SHT_SYMTAB, 0, 4, sizeof(Elf32_Sym)), symbols.bytes()},
          {".strtab", section_header(SHT_STRTAB), names.bytes()},
          {MARKER_SECTION, section_header(SHT_PROGBITS), markers},
          {".debug_line", section_header(SHT_PROGBITS), debug_line(text())},
          {".debug_abbrev", section_header(SHT_PROGBITS), debug_abbrev()},
          {".debug_info", section_header(SHT_PROGBITS), debug_info()},
          {".debug_frame", section_header(SHT_PROGBITS), debug_frame(text())}};
}

inline std::array<Elf32_Phdr, 2> Sample::program_headers() const {
  return {Elf32_Phdr{.p_type = PT_LOAD,
                     .p_offset = kTextOffset,
                     .p_vaddr = text(),
                     .p_paddr = text(),
                     .p_filesz = kTextSize,
                     .p_memsz = kTextSize,
                     .p_flags = PF_R | PF_X,
                     .p_align = 0x1000},
          Elf32_Phdr{.p_type = PT_LOAD,
                     .p_offset = kDataOffset,
                     .p_vaddr = base + 0x1000 + kDataOffset,
                     .p_paddr = base + 0x1000 + kDataOffset,
                     .p_filesz = kDataSize,
                     .p_memsz = kDataMemory,
                     .p_flags = PF_R | PF_W,
                     .p_align = 0x1000}};
}

/// Header, program headers, text and data at their offsets, other sections, section headers.
inline Bytes Sample::build() const {
  std::vector<NamedSection> list = sections();
  list.push_back({".shstrtab", section_header(SHT_STRTAB), {}});
  Blob names;
  Blob body;
  names.put('\0');
  std::vector<Elf32_Shdr> headers{section_header(SHT_NULL)};
  for (NamedSection& section : list) {
    section.header.sh_name = static_cast<uint32_t>(names.size());
    names.text(section.name);
    if (section.name == ".shstrtab") section.bytes = names.bytes();
    body.align(4);
    section.header.sh_offset = static_cast<uint32_t>(kDataOffset + kDataSize + body.size());
    section.header.sh_size = static_cast<uint32_t>(section.bytes.size());
    body.raw(section.bytes);
    headers.push_back(section.header);
  }
  body.align(4);
  Elf32_Ehdr header{
      .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS32, ELFDATA2LSB, EV_CURRENT},
      .e_type = ET_EXEC,
      .e_machine = EM_MIPS,
      .e_version = EV_CURRENT,
      .e_entry = text() + entry_offset,
      .e_phoff = sizeof(Elf32_Ehdr),
      .e_shoff = static_cast<uint32_t>(kDataOffset + kDataSize + body.size()),
      .e_flags = kMipsFlags,
      .e_ehsize = sizeof(Elf32_Ehdr),
      .e_phentsize = sizeof(Elf32_Phdr),
      .e_phnum = 2,
      .e_shentsize = sizeof(Elf32_Shdr),
      .e_shnum = static_cast<uint16_t>(headers.size()),
      .e_shstrndx = static_cast<uint16_t>(headers.size() - 1)};
  Blob file;
  file.put(header).put(program_headers()).align(kTextOffset);
  for (uint32_t at = 0; at < kTextSize + kDataSize; at += 4) file.put(at);
  file.raw(body.bytes());
  for (const Elf32_Shdr& section : headers) file.put(section);
  return file.bytes();
}

/// Marks an operation of main's second to fourth instruction, and _Z4workv as management.
inline Sample sample_at(uint32_t base) {
  Sample sample{.base = base};
  Blob markers;
  put_marker(markers, sample.text() + 4, MARKER_OP_BEGIN, "step");
  put_marker(markers, sample.text() + 16, MARKER_OP_END, "step");
  put_marker(markers, sample.text() + 0x24, MARKER_DOMAIN_FUNCTION, "management");
  sample.markers = markers.bytes();
  return sample;
}

inline Sample application_sample() { return sample_at(0x00400000); }
inline Sample bare_sample() { return sample_at(0x80000000); }

/// Overwrites the bytes at `offset`.
template <class T>
void patch(Bytes& file, size_t offset, T value) {
  std::memcpy(&file.at(offset), &value, sizeof(T));
}

}  // namespace exosim::testing
