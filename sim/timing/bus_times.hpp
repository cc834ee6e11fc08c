// How long a transaction holds the bus, by what answers at its address. Cycles of the processor.
#pragma once

#include <cstdint>

#include "sim/base/types.hpp"
#include "sim/bus/bus_requests.hpp"
#include "sim/timing/stage_work.hpp"
#include "sim/timing/timing_config.hpp"

namespace exosim {

/// The DRAM page of the last write.
struct OpenPage {
  uint32_t number = ~uint32_t{0};  // none yet
};

/// Keeps no state but the configuration, which must outlive it.
class BusTimes {
 public:
  explicit BusTimes(const TimingConfig& config);

  bool is_ram(PhysAddr address) const { return address.value < config_.ram_bytes; }
  uint64_t read(PhysAddr address, uint32_t words) const;
  /// The cycles by which the last words of a read come after those before them.
  uint64_t last_words(PhysAddr address, uint32_t words) const;
  /// Of a write that leaves the write buffer, or of another master's.
  uint64_t write(const BusWrite& write, OpenPage& page) const;
  uint64_t transfer(const BusTransfer& transfer, OpenPage& page) const;
  /// When refresh number n (from 1) is due; kNever if there is none.
  Cycles refresh_due(uint64_t n) const;
  uint64_t refresh_cycles() const { return config_.memory.refresh_cycles; }
  /// The longest that a burst of so many words of another master can hold the bus.
  uint64_t longest_burst(uint64_t words) const;
  /// When other masters have had the bus for so many cycles on end: for how many more, at most,
  /// refreshes can have it that fell due meanwhile, or while these go on.
  uint64_t refreshes_behind(uint64_t cycles) const;

 private:
  const RegionTimes* region(PhysAddr address) const;
  uint64_t write_word(PhysAddr address, OpenPage& page) const;

  const TimingConfig& config_;
  uint64_t timeout_;
};

}  // namespace exosim
