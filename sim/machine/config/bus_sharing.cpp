// The regions of the bus, and sums of bursts.
#include "sim/machine/config/bus_sharing.hpp"

#include <algorithm>

#include "isa/machine/memory_map.h"
#include "sim/timing/bus_times.hpp"

namespace exosim {

TimingConfig whole_timing(const MachineConfig& machine, const DeviceTypes& types) {
  TimingConfig timing = machine.timing;
  timing.cpu_hz = machine.clock_hz;
  timing.ram_bytes = machine.ram_bytes;
  timing.regions.push_back({.base = {PROM_BASE},
                            .size = PROM_SIZE,
                            .read = machine.prom_read_cycles,
                            .write = machine.prom_read_cycles});
  for (const DeviceConfig& device : machine.devices) {
    const auto type = types.find(device.type);
    if (type == types.end()) continue;
    timing.regions.push_back({.base = {device.address},
                              .size = type->second.size,
                              .read = device.read_cycles,
                              .write = device.write_cycles});
  }
  std::ranges::sort(timing.regions, {}, &RegionTimes::base);
  return timing;
}

// The processor waits from a burst on. Before it only go the bursts that the other masters ask for
// meanwhile, and refreshes: unless a master is through with its gap, so that it asks again.
std::vector<GreedyMaster> greedy_masters(const MachineConfig& machine, const DeviceTypes& types) {
  const TimingConfig timing = whole_timing(machine, types);
  const BusTimes times(timing);
  std::vector<GreedyMaster> masters;
  uint64_t bursts = 0;
  for (const DeviceConfig& device : machine.devices) {
    const auto type = types.find(device.type);
    if (type == types.end() || !type->second.masters_bus) continue;
    const uint64_t burst = times.longest_burst(device.params.number("burst"));
    masters.push_back({.device = device.name, .burst = burst, .gap = device.params.number("gap")});
    bursts += burst;
  }
  for (GreedyMaster& master : masters)
    master.busy = bursts - master.burst + times.refreshes_behind(bursts);
  std::erase_if(masters, [](const GreedyMaster& master) { return master.gap > master.busy; });
  return masters;
}

}  // namespace exosim
