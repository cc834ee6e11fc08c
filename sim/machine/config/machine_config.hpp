// A machine as data: what the YAML says, resolved and checked. No file or text beyond this point.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/bus/device.hpp"
#include "sim/cpu/model.hpp"
#include "sim/timing/timing_config.hpp"

namespace exosim {

/// One device of the machine.
struct DeviceConfig {
  std::string name;
  std::string type;
  uint32_t address = 0;               // physical
  std::optional<unsigned> interrupt;  // Cause.IP bit, 2..7
  uint64_t read_cycles = 10;          // of the bus, for one access
  uint64_t write_cycles = 6;
  DeviceParams params;
};

/// Everything that determines a run besides the images.
struct MachineConfig {
  std::string cpu_model = "r3000";  // r2000, r2000a, r3000, r3000a: PRId
  bool fpu_present = true;
  unsigned fpu_interrupt = 7;  // Cause.IP bit, 2..7
  uint64_t clock_hz = 25'000'000;
  EffectDistances effects = {.interrupts = 1, .coprocessors = 1, .caches = 1, .fetches = 1};
  CacheGeometry instruction_cache = {.bytes = 64u << 10, .refill_words = 4};
  CacheGeometry data_cache = instruction_cache;
  std::string store_partial = "by_model";  // merge, invalidate
  uint32_t ram_bytes = 32u << 20;
  std::string timing_engine = "r3000";
  TimingConfig timing;  // but for what stands elsewhere here: clock, RAM, regions
  uint64_t prom_read_cycles = 13;
  uint64_t seed = 1;
  uint64_t watchdog_cycles = 0;       // 0: none
  std::string kernel = "aegis.elf";   // as written in the configuration
  std::string arguments;              // handed to the kernel
  std::vector<DeviceConfig> devices;  // sorted by address
};

}  // namespace exosim
