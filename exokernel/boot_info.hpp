// What the boot PROM says: memory, clock, seed, boot modules, devices (isa/machine/boot.h).
#pragma once

#include <cstdint>

namespace aegis {

/// A file that the boot PROM has put into memory.
struct BootModule {
  uint32_t address;  // physical, page aligned
  uint32_t size;     // bytes
  const char* name;
};

/// A device as the directory describes it.
struct DeviceEntry {
  uintptr_t registers;  // in kseg1; 0 if there is no such device
  uint32_t interrupt;   // bit in Cause.IP, or DIRECTORY_NO_INTERRUPT
};

/// Reads the PROM's tables in place. Addresses are checked by those who use them.
class BootInfo {
 public:
  explicit BootInfo(const uint32_t* table) : table_(table) {}

  /// False if this is not boot information of the version that the kernel knows.
  bool is_valid() const;
  uint32_t ram_bytes() const;
  uint32_t cpu_hz() const;
  uint32_t seed(unsigned word) const;
  /// The line of text that the machine's configuration hands to the kernel.
  const char* arguments() const;
  uint32_t module_count() const;
  BootModule module(unsigned index) const;
  uint32_t device_count() const;
  /// A device as the directory has it: the words of isa/machine/device_directory.h.
  const uint32_t* device(uint32_t index) const;
  /// The first device with this id.
  DeviceEntry find_device(uint32_t id) const;

 private:
  const uint32_t* table_;
};

}  // namespace aegis
