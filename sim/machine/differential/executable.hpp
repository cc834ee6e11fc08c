// Memory images as files that other people's simulators run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/machine/differential/batch.hpp"

namespace exosim::differential {

/// A static ELF32 executable for little-endian MIPS I, one loadable segment for each of `pieces`,
/// whose addresses must be multiples of 4 KiB.
std::vector<std::byte> make_elf(const std::vector<MemoryPiece>& pieces, uint32_t entry);

/// A file that exists as long as this.
class ExecutableFile {
 public:
  /// An error names the file.
  static Result<ExecutableFile> write(const std::vector<std::byte>& bytes,
                                      const std::string& directory);
  ExecutableFile(ExecutableFile&& other) noexcept;
  ExecutableFile(const ExecutableFile&) = delete;
  ExecutableFile& operator=(const ExecutableFile&) = delete;
  ~ExecutableFile();

  const std::string& path() const { return path_; }

 private:
  explicit ExecutableFile(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace exosim::differential
