// Pictures for people to look at: files in the portable grey map format (PGM), which every viewer
// knows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace exosim {

/// One byte for each pixel, line after line; 0 is black.
struct Picture {
  uint32_t width;
  uint32_t height;
  std::span<const std::byte> pixels;
};

/// The bytes of such a file.
std::vector<std::byte> portable_grey_map(const Picture& picture);

}  // namespace exosim
