// Look-up of what answers, and conversion of times to cycles.
#include "sim/timing/bus_times.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace exosim {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr Wide kPicosecondsPerSecond = 1'000'000'000'000;

/// Rounded up: nothing happens before its time.
uint64_t cycles_of(Wide picoseconds, uint64_t hz) {
  return static_cast<uint64_t>((picoseconds * hz + kPicosecondsPerSecond - 1) /
                               kPicosecondsPerSecond);
}

}  // namespace

BusTimes::BusTimes(const TimingConfig& config)
    : config_(config),
      timeout_(std::max<uint64_t>(1, cycles_of(config.bus_timeout_ps, config.cpu_hz))) {}

const RegionTimes* BusTimes::region(PhysAddr address) const {
  const auto after = std::ranges::upper_bound(config_.regions, address, {}, &RegionTimes::base);
  if (after == config_.regions.begin()) return nullptr;
  const RegionTimes& region = *std::prev(after);
  return address.value - region.base.value < region.size ? &region : nullptr;
}

uint64_t BusTimes::read(PhysAddr address, uint32_t words) const {
  if (is_ram(address)) return config_.memory.read.of(words);
  const RegionTimes* found = region(address);
  return found ? found->read * words : timeout_;
}

uint64_t BusTimes::last_words(PhysAddr address, uint32_t words) const {
  if (is_ram(address)) return words * config_.memory.read.next;
  const RegionTimes* found = region(address);
  return found ? words * found->read : 0;
}

uint64_t BusTimes::write_word(PhysAddr address, OpenPage& page) const {
  const uint32_t number = address.value / config_.memory.page_bytes;
  const bool is_open = number == page.number;
  page.number = number;
  return is_open ? config_.memory.write_same_page : config_.memory.write_other_page;
}

uint64_t BusTimes::write(const BusWrite& write, OpenPage& page) const {
  if (is_ram(write.word)) {
    const uint64_t word_cycles = write_word(write.word, page);
    return write.is_partial() ? config_.memory.write_partial : word_cycles;
  }
  const RegionTimes* found = region(write.word);
  return found ? found->write : timeout_;
}

// A burst stays within a page, or pays for the first only: that of its last word is open after it.
uint64_t BusTimes::transfer(const BusTransfer& transfer, OpenPage& page) const {
  if (!transfer.is_write) return read(transfer.address, transfer.words);
  if (!is_ram(transfer.address)) {
    const RegionTimes* found = region(transfer.address);
    return found ? found->write * transfer.words : timeout_;
  }
  const uint64_t first = write_word(transfer.address, page);
  const uint32_t behind = transfer.is_fixed ? 0 : 4 * (transfer.words - 1);
  page.number = (transfer.address.value + behind) / config_.memory.page_bytes;
  return first + (transfer.words - 1) * config_.memory.write_next;
}

uint64_t BusTimes::longest_burst(uint64_t words) const {
  const MemoryTimes& memory = config_.memory;
  const uint64_t write_first = std::max(memory.write_same_page, memory.write_other_page);
  uint64_t longest =
      std::max({timeout_, memory.read.of(words), write_first + (words - 1) * memory.write_next});
  for (const RegionTimes& region : config_.regions)
    longest = std::max(longest, std::max(region.read, region.write) * words);
  return longest;
}

// The fewest n with n * interval >= cycles + n * refresh_cycles: no more can fall due in that time.
uint64_t BusTimes::refreshes_behind(uint64_t cycles) const {
  if (config_.memory.refresh_interval_ps == 0) return 0;
  const Wide interval = Wide{config_.memory.refresh_interval_ps} * config_.cpu_hz;
  const Wide taken = kPicosecondsPerSecond * config_.memory.refresh_cycles;
  assert(interval > taken);  // load_config() refuses more than half
  const Wide left = interval - taken;
  const Wide refreshes = (kPicosecondsPerSecond * cycles + left - 1) / left;
  return static_cast<uint64_t>(refreshes) * refresh_cycles();
}

Cycles BusTimes::refresh_due(uint64_t n) const {
  if (config_.memory.refresh_interval_ps == 0) return kNever;
  return {cycles_of(Wide{n} * config_.memory.refresh_interval_ps, config_.cpu_hz)};
}

}  // namespace exosim
