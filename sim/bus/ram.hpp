// Main memory: bytes from physical address 0. Little-endian, as the guest is.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/base/types.hpp"

namespace exosim {

static_assert(std::endian::native == std::endian::little, "guest words are read as host words");

/// Storage of a configurable size. After construction it holds seeded garbage, as real memory does
/// at power-on: software that relies on zeros is found out.
class Ram {
 public:
  /// `size` in bytes, a multiple of 4.
  Ram(uint32_t size, Random random);

  uint32_t size() const { return static_cast<uint32_t>(bytes_.size()); }
  /// True iff `width` bytes from `address` are inside.
  bool contains(PhysAddr address, uint32_t width) const {
    return address.value < size() && width <= size() - address.value;
  }
  /// Reads 1, 2 or 4 bytes, zero-extended. The address must be inside and aligned.
  uint32_t read(PhysAddr address, unsigned width) const {
    if (width == 4) return load<uint32_t>(address);
    return width == 2 ? load<uint16_t>(address) : load<uint8_t>(address);
  }
  /// Writes the low 1 to 4 bytes of `value`. The address must be inside, within a word, and aligned
  /// unless they are three.
  void write(PhysAddr address, unsigned width, uint32_t value) {
    if (width == 4) return store(address, value);
    if (width == 2) return store(address, static_cast<uint16_t>(value));
    if (width == 1) return store(address, static_cast<uint8_t>(value));
    std::memcpy(&bytes_[address.value], &value, width);
  }
  /// The bytes themselves, for the loader, DMA and tests.
  std::span<std::byte> bytes() { return bytes_; }
  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  // A constant size lets the compiler make one host access of each.
  template <class T>
  T load(PhysAddr address) const {
    T value;
    std::memcpy(&value, &bytes_[address.value], sizeof value);
    return value;
  }
  template <class T>
  void store(PhysAddr address, T value) {
    std::memcpy(&bytes_[address.value], &value, sizeof value);
  }

  std::vector<std::byte> bytes_;
};

}  // namespace exosim
