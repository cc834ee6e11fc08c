// The ELF header, checked field by field so that each refusal has its own message.
#include "sim/machine/loader/elf_file.hpp"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace exosim {
namespace {

constexpr size_t kEhdrSize = sizeof(Elf32_Ehdr);

template <class Key>
struct Named {
  Key key;
  const char* name;
};

template <class Key, size_t N>
const char* name_of(const std::array<Named<Key>, N>& names, Key key, const char* otherwise) {
  const auto found = std::ranges::find(names, key, &Named<Key>::key);
  return found == names.end() ? otherwise : found->name;
}

constexpr std::array kMachineNames{
    Named<unsigned>{EM_386, "x86"},       Named<unsigned>{EM_X86_64, "x86-64"},
    Named<unsigned>{EM_ARM, "Arm"},       Named<unsigned>{EM_AARCH64, "AArch64"},
    Named<unsigned>{EM_RISCV, "RISC-V"},  Named<unsigned>{EM_PPC, "PowerPC"},
    Named<unsigned>{EM_PPC64, "PowerPC"}, Named<unsigned>{EM_SPARC, "SPARC"},
    Named<unsigned>{EM_68K, "m68k"},      Named<unsigned>{EM_S390, "S/390"},
};

// EF_MIPS_ARCH values: elf.h up to release 2, binutils include/elf/mips.h for release 6.
constexpr uint32_t kArch32R6 = 0x90000000;
constexpr uint32_t kArch64R6 = 0xa0000000;
constexpr std::array kArchNames{
    Named<uint32_t>{EF_MIPS_ARCH_2, "EF_MIPS_ARCH_2 (MIPS II)"},
    Named<uint32_t>{EF_MIPS_ARCH_3, "EF_MIPS_ARCH_3 (MIPS III)"},
    Named<uint32_t>{EF_MIPS_ARCH_4, "EF_MIPS_ARCH_4 (MIPS IV)"},
    Named<uint32_t>{EF_MIPS_ARCH_5, "EF_MIPS_ARCH_5 (MIPS V)"},
    Named<uint32_t>{EF_MIPS_ARCH_32, "EF_MIPS_ARCH_32 (MIPS32)"},
    Named<uint32_t>{EF_MIPS_ARCH_64, "EF_MIPS_ARCH_64 (MIPS64)"},
    Named<uint32_t>{EF_MIPS_ARCH_32R2, "EF_MIPS_ARCH_32R2 (MIPS32 release 2)"},
    Named<uint32_t>{EF_MIPS_ARCH_64R2, "EF_MIPS_ARCH_64R2 (MIPS64 release 2)"},
    Named<uint32_t>{kArch32R6, "EF_MIPS_ARCH_32R6 (MIPS32 release 6)"},
    Named<uint32_t>{kArch64R6, "EF_MIPS_ARCH_64R6 (MIPS64 release 6)"},
};

// EF_MIPS_ABI and EF_MIPS_MACH: binutils include/elf/mips.h; elf.h has neither mask.
constexpr uint32_t kAbiMask = 0x0000f000;
constexpr uint32_t kAbiO32 = 0x00001000;
constexpr uint32_t kMachMask = 0x00ff0000;
constexpr uint32_t kAseMask = 0x0f000000;
constexpr std::array kAbiNames{
    Named<uint32_t>{0x00002000, "o64"},
    Named<uint32_t>{0x00003000, "eabi32"},
    Named<uint32_t>{0x00004000, "eabi64"},
};

Error refuse(const std::string& name, std::string message) { return {name, std::move(message)}; }

Error not_elf(std::span<const std::byte> file, const std::string& name) {
  if (file.empty()) return refuse(name, "the file is empty; expected a MIPS executable (ELF)");
  std::string bytes;
  for (const std::byte byte : file.first(std::min<size_t>(file.size(), SELFMAG)))
    bytes += fmt::format(" {:02x}", std::to_integer<unsigned>(byte));
  return refuse(name, fmt::format("not an ELF file: it begins with the bytes{}, expected 7f 45 4c "
                                  "46 (a MIPS executable)",
                                  bytes));
}

Result<std::monostate> check_type(const GElf_Ehdr& header, const std::string& name) {
  if (header.e_machine != EM_MIPS) {
    const char* machine = name_of<unsigned>(kMachineNames, header.e_machine, "unknown");
    return refuse(name, fmt::format("built for another machine: e_machine is {} ({}), expected {} "
                                    "(MIPS); compile with mipsel-linux-gnu-gcc",
                                    header.e_machine, machine, EM_MIPS));
  }
  switch (header.e_type) {
    case ET_EXEC:
      return std::monostate{};
    case ET_REL:
      return refuse(name, "a relocatable object (ET_REL), expected an executable: link it");
    case ET_DYN:
      return refuse(name,
                    "a shared object or position-independent executable (ET_DYN), expected a "
                    "static executable: link with -static -no-pie");
    default:
      return refuse(name, fmt::format("not an executable: e_type is {}, expected {} (ET_EXEC)",
                                      header.e_type, ET_EXEC));
  }
}

Result<std::monostate> check_flags(uint32_t flags, const std::string& name) {
  const uint32_t arch = flags & EF_MIPS_ARCH;
  if (arch != EF_MIPS_ARCH_1)
    return refuse(name, fmt::format("built for an instruction set above MIPS I: the header has {}; "
                                    "compile with -march=r3000",
                                    name_of(kArchNames, arch, "an unknown EF_MIPS_ARCH")));
  if ((flags & (kMachMask | kAseMask)) != 0)
    return refuse(name, fmt::format("uses an extension of the instruction set: header flags "
                                    "{:#010x} have EF_MIPS_MACH or EF_MIPS_ARCH_ASE bits; compile "
                                    "with -march=r3000 -mno-mips16",
                                    flags));
  if ((flags & EF_MIPS_ABI2) != 0)
    return refuse(name,
                  "built for the n32 ABI (EF_MIPS_ABI2), expected o32: compile with -mabi=32");
  const uint32_t abi = flags & kAbiMask;
  if (abi != 0 && abi != kAbiO32)
    return refuse(name, fmt::format("built for the {} ABI, expected o32: compile with -mabi=32",
                                    name_of(kAbiNames, abi, "unknown")));
  return std::monostate{};
}

Result<std::monostate> check_table(const std::string& name, const char* what, uint64_t offset,
                                   uint64_t count, unsigned entry_size, unsigned expected_size,
                                   size_t file_size) {
  if (count == 0) return std::monostate{};
  if (entry_size != expected_size)
    return refuse(name, fmt::format("malformed: {} header entries of {} bytes, expected {}", what,
                                    entry_size, expected_size));
  const uint64_t end = offset + count * entry_size;
  if (end > file_size)
    return refuse(name, fmt::format("truncated: the {} header table needs bytes {} to {}, the file "
                                    "has {}",
                                    what, offset, end, file_size));
  return std::monostate{};
}

}  // namespace

ElfHandle open_elf(std::span<std::byte> file) {
  if (elf_version(EV_CURRENT) == EV_NONE) return nullptr;
  return ElfHandle(elf_memory(reinterpret_cast<char*>(file.data()), file.size()));
}

Result<std::monostate> check_ident(std::span<const std::byte> file, const std::string& name) {
  if (file.size() < SELFMAG || std::memcmp(file.data(), ELFMAG, SELFMAG) != 0)
    return not_elf(file, name);
  const auto ident = [&](size_t index) {
    return index < file.size() ? std::to_integer<unsigned>(file[index]) : ELFCLASSNONE;
  };
  if (ident(EI_CLASS) == ELFCLASS64)
    return refuse(name,
                  "a 64-bit ELF file (ELFCLASS64), expected a 32-bit MIPS executable: compile with "
                  "mipsel-linux-gnu-gcc -mabi=32");
  if (ident(EI_DATA) == ELFDATA2MSB)
    return refuse(name,
                  "a big-endian ELF file (ELFDATA2MSB), expected little-endian: compile with "
                  "mipsel-linux-gnu-gcc -EL");
  if (file.size() < kEhdrSize)
    return refuse(name, fmt::format("truncated: the ELF header needs {} bytes, the file has {}",
                                    kEhdrSize, file.size()));
  if (ident(EI_CLASS) != ELFCLASS32 || ident(EI_DATA) != ELFDATA2LSB ||
      ident(EI_VERSION) != EV_CURRENT)
    return refuse(name, fmt::format("malformed: ELF class {}, data encoding {}, version {}, "
                                    "expected {}, {}, {}",
                                    ident(EI_CLASS), ident(EI_DATA), ident(EI_VERSION), ELFCLASS32,
                                    ELFDATA2LSB, EV_CURRENT));
  return std::monostate{};
}

Result<std::monostate> check_header(Elf* elf, size_t file_size, const std::string& name) {
  GElf_Ehdr header;
  if (gelf_getehdr(elf, &header) == nullptr)
    return refuse(name, fmt::format("malformed ELF header: {}", elf_errmsg(-1)));
  if (auto checked = check_type(header, name); !checked) return checked;
  if (auto checked = check_flags(header.e_flags, name); !checked) return checked;
  // PN_XNUM moves the count elsewhere; no MIPS executable has so many segments.
  if (auto checked = check_table(name, "program", header.e_phoff, header.e_phnum,
                                 header.e_phentsize, sizeof(Elf32_Phdr), file_size);
      !checked)
    return checked;
  return check_table(name, "section", header.e_shoff, header.e_shoff == 0 ? 0 : header.e_shnum,
                     header.e_shentsize, sizeof(Elf32_Shdr), file_size);
}

ElfSection next_section(Elf* elf, Elf_Scn* previous) {
  ElfSection section{elf_nextscn(elf, previous), {}, {}};
  if (section.scn == nullptr) return section;
  if (gelf_getshdr(section.scn, &section.header) == nullptr) return {nullptr, {}, {}};
  size_t names = 0;
  if (elf_getshdrstrndx(elf, &names) == 0) {
    const char* name = elf_strptr(elf, names, section.header.sh_name);
    if (name != nullptr) section.name = name;
  }
  return section;
}

}  // namespace exosim
