// The part of the table of keys (keys.hpp) that says how long things take.
#pragma once

#include <vector>

#include "sim/machine/config/keys.hpp"

namespace exosim {

/// timing.*, but for timing.engine.
std::vector<Key> timing_keys();
/// memory.*, but for memory.size.
std::vector<Key> memory_timing_keys();
/// write_buffer.*, bus.*, prom.*
std::vector<Key> bus_keys();
/// Bus cycles of one access to a device.
Key device_cycles_key(const char* path, const char* doc, uint64_t DeviceConfig::*cycles);

}  // namespace exosim
