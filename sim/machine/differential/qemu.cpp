// Running a memory image as a process of a MIPS Linux, under qemu's user mode.
#include "sim/machine/differential/qemu.hpp"

#include <fmt/format.h>

#include "sim/machine/differential/executable.hpp"
#include "sim/machine/differential/process.hpp"

namespace exosim::differential {

Result<std::vector<std::byte>> run_under_qemu(const std::vector<MemoryPiece>& pieces,
                                              uint32_t entry, const std::string& directory) {
  if (!is_installed("qemu-mipsel"))
    return Error{"qemu-mipsel", "not found: install the package qemu-user"};
  const auto file = ExecutableFile::write(make_elf(pieces, entry), directory);
  if (!file) return file.error();
  ProcessOutput output = output_of("qemu-mipsel '" + file->path() + "'");
  if (output.status != 0)
    return Error{"qemu-mipsel", fmt::format("ended with wait status {:#x} after {} bytes",
                                            output.status, output.bytes.size())};
  return std::move(output.bytes);
}

}  // namespace exosim::differential
