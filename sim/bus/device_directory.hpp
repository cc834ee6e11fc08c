// The device directory as it lies in the PROM (isa/machine/device_directory.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/base/types.hpp"

namespace exosim {

/// What the guest is told of one device.
struct DirectoryEntry {
  uint32_t id;  // DeviceType::id
  PhysAddr address;
  uint32_t size;                      // bytes of register space
  std::optional<unsigned> interrupt;  // Cause.IP bit, 2..7
  std::string name;                   // cut to 15 bytes
};

/// The directory's bytes, entries in the order of their addresses. Refuses more devices than fit
/// between PROM_DIRECTORY and PROM_BOOT_INFO.
Result<std::vector<std::byte>> build_device_directory(std::vector<DirectoryEntry> entries);

}  // namespace exosim
