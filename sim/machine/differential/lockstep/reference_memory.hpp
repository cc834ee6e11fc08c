// The memory of the reference machine: RAM from 0, a ROM, one device register, and nothing else.
#pragma once

#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace exosim::lockstep {

inline constexpr uint32_t kRamSize = 0x20000 - 0x800;  // the last page is half there
inline constexpr uint32_t kRomBase = 0x1fc00000;
inline constexpr uint32_t kRomSize = 0x2000;
inline constexpr uint32_t kDeviceBase = 0x10000000;
inline constexpr uint32_t kDeviceSize = 0x100;  // of which only the first word answers

/// The device's register: words only; a read shows how many there have been.
struct CountingRegister {
  uint32_t value = 0;
  uint32_t reads = 0;
  uint32_t read() { return value + ++reads; }
  friend bool operator==(const CountingRegister&, const CountingRegister&) = default;
};

struct ReferenceMemory {
  std::vector<uint8_t> ram = std::vector<uint8_t>(kRamSize);
  std::vector<uint8_t> rom = std::vector<uint8_t>(kRomSize);
  CountingRegister device;

  /// False is a bus error. The address is aligned to the width.
  bool read(uint32_t phys, uint32_t width, uint32_t& value) {
    value = 0;
    if (phys == kDeviceBase && width == 4) return value = device.read(), true;
    if (phys < kRamSize) return std::memcpy(&value, &ram[phys], width), true;
    if (!in_rom(phys)) return false;
    std::memcpy(&value, &rom[phys - kRomBase], width);
    return true;
  }

  /// False if nothing takes it. A ROM takes and forgets it. One to four bytes within a word.
  bool write(uint32_t phys, uint32_t width, uint32_t value) {
    if (phys == kDeviceBase && width == 4) return device.value = value, true;
    if (phys < kRamSize) return std::memcpy(&ram[phys], &value, width), true;
    return in_rom(phys);
  }

 private:
  static bool in_rom(uint32_t phys) { return phys >= kRomBase && phys - kRomBase < kRomSize; }
};

}  // namespace exosim::lockstep
