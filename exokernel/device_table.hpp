// What devices the machine has: the boot PROM's directory, for everyone to read.
#pragma once

#include <cstdint>

#include "exokernel/abi/exposed.hpp"
#include "exokernel/boot_info.hpp"
#include "isa/machine/cp0.h"

namespace aegis {

inline constexpr uint32_t kDevicesMax = PAGE_SIZE / sizeof(exo::DeviceRecord);
extern exo::DeviceRecord device_records[kDevicesMax];

/// Copies the directory into the table.
void devices_start(const BootInfo& boot);
uint32_t device_count();

}  // namespace aegis
