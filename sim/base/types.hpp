// Addresses and cycle counts as types that do not mix.
#pragma once

#include <compare>
#include <cstdint>

namespace exosim {

// NOLINTBEGIN(modernize-use-nullptr): clang-tidy 14 means the 0 in the compiler's (a <=> b) < 0.

/// A virtual address as the program uses it.
struct VirtAddr {
  uint32_t value = 0;
  friend constexpr auto operator<=>(VirtAddr, VirtAddr) = default;
};

/// A physical address, after the TLB or the fixed mapping of kseg0 and kseg1.
struct PhysAddr {
  uint32_t value = 0;
  friend constexpr auto operator<=>(PhysAddr, PhysAddr) = default;
};

/// A number of processor clock cycles, or the time of day in them since reset.
struct Cycles {
  uint64_t count = 0;
  friend constexpr auto operator<=>(Cycles, Cycles) = default;
  friend constexpr Cycles operator+(Cycles a, Cycles b) { return {a.count + b.count}; }
  friend constexpr Cycles operator-(Cycles a, Cycles b) { return {a.count - b.count}; }
  constexpr Cycles& operator+=(Cycles other) {
    count += other.count;
    return *this;
  }
};

// NOLINTEND(modernize-use-nullptr)

/// Later than anything that happens.
inline constexpr Cycles kNever{~uint64_t{0}};

}  // namespace exosim
