// Running a memory image as a process of a MIPS Linux, under qemu's user mode.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/machine/differential/batch.hpp"

namespace exosim::differential {

/// What the program writes to standard output under qemu-mipsel. `directory` is where its file may
/// be put for as long as it runs. An error names what is missing or went wrong.
Result<std::vector<std::byte>> run_under_qemu(const std::vector<MemoryPiece>& pieces,
                                              uint32_t entry, const std::string& directory);

}  // namespace exosim::differential
