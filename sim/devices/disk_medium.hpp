// What a disk holds: an image file's bytes, and over them what has been written since. What neither
// has is zero and takes no room.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <variant>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/devices/disk_mechanics.hpp"

namespace exosim {

/// The words of a block.
using DiskBlock = std::array<uint32_t, kBlockWords>;

class DiskMedium {
 public:
  DiskMedium() = default;
  /// The file's bytes from the first block on. Refuses a file with more than so many blocks.
  static Result<DiskMedium> load(const std::filesystem::path& path, uint32_t blocks);

  DiskBlock read(uint32_t block) const;
  void write(uint32_t block, const DiskBlock& words) { written_[block] = words; }
  /// As an image file, up to the last block that it was loaded with or that has been written.
  std::vector<std::byte> bytes() const;

 private:
  std::vector<std::byte> image_;
  std::map<uint32_t, DiskBlock> written_;
};

}  // namespace exosim
