// Files that a user names: one wording for each thing that can be wrong with them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "sim/base/result.hpp"

namespace exosim {

/// Closes what it holds.
struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

/// Opens anything that can be read as bytes. Refuses what is missing (naming the nearest file in
/// its folder that ends alike), a folder, what may not be read.
Result<FileHandle> open_input(const std::filesystem::path& path);

/// The bytes of a regular file. Refuses also what is no regular file, unread, and what is longer
/// than `max_bytes`.
Result<std::vector<std::byte>> read_file(const std::filesystem::path& path, uint64_t max_bytes);

/// What is to be written when a long run is over is tried before it. Creates the file if there is
/// none.
Result<std::monostate> check_writable(const std::filesystem::path& path);

/// Replaces what the file has.
Result<std::monostate> write_file(const std::filesystem::path& path,
                                  std::span<const std::byte> bytes);

/// Why a file could not be written; `error` is an errno.
Error cannot_write(const std::filesystem::path& path, int error);

}  // namespace exosim
