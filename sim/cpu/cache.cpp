// Power-on contents and parity.
#include "sim/cpu/cache.hpp"

#include <bit>

namespace exosim {
namespace {

bool every_byte_is_even(uint32_t word) {
  for (unsigned shift = 0; shift < 32; shift += 8)
    if (std::popcount((word >> shift) & 0xff) % 2 != 0) return false;
  return true;
}

}  // namespace

Cache::Cache(CacheGeometry geometry, Random random)
    : geometry_(geometry),
      index_mask_(geometry.bytes == 0 ? 0 : geometry.bytes / 4 - 1),
      lines_(index_mask_ + 1) {
  for (Line& line : lines_) line = {random.word() & kTagMask, random.word()};
  if (!is_present()) lines_[0] = {0, ~uint32_t{0}};
}

bool Cache::has_parity_error(PhysAddr address) const {
  return lines_[index(address)].tag == ((address.value & kTagMask) | kValid | kBadParity);
}

void Cache::invalidate_all() {
  for (Line& line : lines_) line.tag &= ~kValid;
}

void Cache::fill_without_parity(PhysAddr address, uint32_t word) {
  fill(address, word);
  if (!every_byte_is_even(word) || !every_byte_is_even(address.value & kTagMask))
    spoil_parity(address);
}

}  // namespace exosim
