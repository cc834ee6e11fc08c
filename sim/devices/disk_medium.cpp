// See disk_medium.hpp.
#include "sim/devices/disk_medium.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "isa/devices/disk.h"
#include "sim/base/file.hpp"

namespace exosim {

static_assert(sizeof(DiskBlock) == DISK_BLOCK_SIZE);

Result<DiskMedium> DiskMedium::load(const std::filesystem::path& path, uint32_t blocks) {
  auto bytes = read_file(path, uint64_t{blocks} * DISK_BLOCK_SIZE);
  if (!bytes) return bytes.error();
  DiskMedium medium;
  medium.image_ = std::move(*bytes);
  return medium;
}

DiskBlock DiskMedium::read(uint32_t block) const {
  if (const auto found = written_.find(block); found != written_.end()) return found->second;
  DiskBlock words{};
  const size_t at = size_t{block} * DISK_BLOCK_SIZE;
  if (at < image_.size())
    std::memcpy(words.data(), &image_[at], std::min(sizeof words, image_.size() - at));
  return words;
}

std::vector<std::byte> DiskMedium::bytes() const {
  std::vector<std::byte> bytes = image_;
  if (!written_.empty()) {
    const size_t end = (size_t{written_.rbegin()->first} + 1) * DISK_BLOCK_SIZE;
    bytes.resize(std::max(bytes.size(), end));
  }
  for (const auto& [block, words] : written_)
    std::memcpy(&bytes[size_t{block} * DISK_BLOCK_SIZE], words.data(), sizeof words);
  return bytes;
}

}  // namespace exosim
