// Exact rounding in 128 bits.
#include "sim/observe/decimal.hpp"

#include <fmt/format.h>

#include <cassert>

namespace exosim {

std::string quotient_text(uint64_t numerator, uint64_t denominator, unsigned digits) {
  assert(denominator != 0 && digits >= 1 && digits <= 9);
  uint64_t scale = 1;
  for (unsigned digit = 0; digit < digits; ++digit) scale *= 10;
  // Twice 2^64 * 10^9 is below 2^96.
  using Wide = unsigned __int128;
  const Wide scaled = (Wide{numerator} * scale * 2 + denominator) / (Wide{denominator} * 2);
  return fmt::format("{}.{:0{}}", static_cast<uint64_t>(scaled / scale),
                     static_cast<uint64_t>(scaled % scale), digits);
}

}  // namespace exosim
