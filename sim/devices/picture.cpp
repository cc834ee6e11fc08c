// A header in characters, then the pixels as they are.
#include "sim/devices/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace exosim {

std::vector<std::byte> portable_grey_map(const Picture& picture) {
  std::vector<std::byte> bytes;
  for (const char character : fmt::format("P5\n{} {}\n255\n", picture.width, picture.height))
    bytes.push_back(static_cast<std::byte>(character));
  std::ranges::copy(picture.pixels, std::back_inserter(bytes));
  return bytes;
}

}  // namespace exosim
