// What the machine's parts say together of its bus: how long everything holds it, and whether the
// processor ever gets it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/bus/device.hpp"
#include "sim/machine/config/machine_config.hpp"
#include "sim/timing/timing_config.hpp"

namespace exosim {

using DeviceTypes = std::map<std::string, DeviceType, std::less<>>;

/// The machine's timing with what stands elsewhere in it: clock, RAM, PROM, devices. Devices of
/// unknown types are left out.
TimingConfig whole_timing(const MachineConfig& machine, const DeviceTypes& types);

/// A master that asks again before the bus has been free for the processor.
struct GreedyMaster {
  std::string device;
  uint64_t burst = 0;  // cycles for which it can hold the bus
  uint64_t busy = 0;   // cycles for which others than the processor can have it behind that
  uint64_t gap = 0;    // after which it asks again
};

/// Those that, with others, can keep the processor off the bus for more than a burst of each.
/// Devices must have all parameters; refreshes must take no more than half of the time.
std::vector<GreedyMaster> greedy_masters(const MachineConfig& machine, const DeviceTypes& types);

}  // namespace exosim
