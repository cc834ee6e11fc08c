// An ELF file from pieces of memory.
#include "sim/machine/differential/executable.hpp"

#include <elf.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

namespace exosim::differential {
namespace {

constexpr uint32_t kPageSize = 4096;

constexpr uint32_t kAbiFlagsOffset = 2048;  // behind the headers, before the first piece

/// What .MIPS.abiflags says of o32 code with doubles in register pairs. Without it qemu starts a
/// program with 64-bit floating-point registers.
constexpr Elf_MIPS_ABIFlags_v0 kAbiFlags = {.version = 0,
                                            .isa_level = 1,
                                            .isa_rev = 0,
                                            .gpr_size = MIPS_AFL_REG_32,
                                            .cpr1_size = MIPS_AFL_REG_32,
                                            .cpr2_size = MIPS_AFL_REG_NONE,
                                            .fp_abi = Val_GNU_MIPS_ABI_FP_DOUBLE,
                                            .isa_ext = 0,
                                            .ases = 0,
                                            .flags1 = 0,
                                            .flags2 = 0};

Elf32_Phdr abi_flags_header() {
  Elf32_Phdr header{};
  header.p_type = PT_MIPS_ABIFLAGS;
  header.p_offset = kAbiFlagsOffset;
  header.p_filesz = header.p_memsz = sizeof kAbiFlags;
  header.p_flags = PF_R;
  header.p_align = 8;
  return header;
}

Elf32_Ehdr file_header(uint32_t entry, size_t pieces) {
  Elf32_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS32;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_EXEC;
  header.e_machine = EM_MIPS;
  header.e_version = EV_CURRENT;
  header.e_entry = entry;
  header.e_phoff = sizeof(Elf32_Ehdr);
  header.e_flags = EF_MIPS_ARCH_1 | 0x1000;  // EF_MIPS_ABI_O32, which elf.h lacks
  header.e_ehsize = sizeof(Elf32_Ehdr);
  header.e_phentsize = sizeof(Elf32_Phdr);
  header.e_shentsize = sizeof(Elf32_Shdr);  // there is none, but GXemul wants it right
  header.e_phnum = static_cast<Elf32_Half>(1 + pieces);
  return header;
}

Elf32_Phdr program_header(const MemoryPiece& piece, uint32_t offset) {
  Elf32_Phdr header{};
  header.p_type = PT_LOAD;
  header.p_offset = offset;
  header.p_vaddr = header.p_paddr = piece.address;
  header.p_filesz = header.p_memsz = static_cast<Elf32_Word>(piece.bytes.size());
  header.p_flags = piece.writable ? PF_R | PF_W : PF_R | PF_X;
  header.p_align = kPageSize;
  return header;
}

template <class T>
void append(std::vector<std::byte>& file, const T& header) {
  const size_t at = file.size();
  file.resize(at + sizeof(T));
  std::memcpy(&file[at], &header, sizeof(T));
}

size_t next_page(size_t size) { return (size + kPageSize - 1) / kPageSize * kPageSize; }

}  // namespace

std::vector<std::byte> make_elf(const std::vector<MemoryPiece>& pieces, uint32_t entry) {
  std::vector<std::byte> file;
  append(file, file_header(entry, pieces.size()));
  append(file, abi_flags_header());
  size_t offset = kPageSize;
  for (const MemoryPiece& piece : pieces) {
    append(file, program_header(piece, static_cast<uint32_t>(offset)));
    offset = next_page(offset + piece.bytes.size());
  }
  file.resize(kAbiFlagsOffset);
  append(file, kAbiFlags);
  for (const MemoryPiece& piece : pieces) {
    file.resize(next_page(file.size()));
    file.insert(file.end(), piece.bytes.begin(), piece.bytes.end());
  }
  return file;
}

Result<ExecutableFile> ExecutableFile::write(const std::vector<std::byte>& bytes,
                                             const std::string& directory) {
  std::string path = directory + "/differential-XXXXXX.elf";
  const int descriptor = mkstemps(path.data(), 4);  // ".elf"
  if (descriptor < 0) return Error{path, "cannot be created"};
  close(descriptor);
  ExecutableFile executable(path);
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code error;
  std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  if (!file.good() || error) return Error{path, "cannot be written"};
  return executable;
}

ExecutableFile::ExecutableFile(ExecutableFile&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

ExecutableFile::~ExecutableFile() {
  if (!path_.empty()) std::remove(path_.c_str());
}

}  // namespace exosim::differential
