// The numbers that timing needs, in processor cycles unless said otherwise. Values and their
// sources stand in configs/*.yaml; docs/timing.md explains what each stall is.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/types.hpp"

namespace exosim {

/// The bus time of a read or write of several words.
struct BurstTime {
  uint64_t first = 1;  // the first word, from the request on
  uint64_t next = 1;   // each further one

  constexpr uint64_t of(uint64_t words) const { return first + (words - 1) * next; }
};

/// Main memory on the bus.
struct MemoryTimes {
  BurstTime read = {.first = 12, .next = 1};
  uint64_t write_same_page = 1;      // a word, on the DRAM page of the write before it
  uint64_t write_other_page = 5;     // a word, on another page
  uint64_t write_partial = 12;       // less than a word
  uint64_t write_next = 1;           // each further word of a burst
  uint32_t page_bytes = 4096;        // of a DRAM page, a power of two
  uint64_t refresh_interval_ps = 0;  // 0: no refresh
  uint64_t refresh_cycles = 1;       // for which a refresh holds the bus
};

/// Cycles from the issue of a floating-point operation to that of one that needs its result.
struct FloatTimes {
  uint64_t add = 2;
  uint64_t multiply_single = 4;
  uint64_t multiply_double = 5;
  uint64_t divide_single = 12;
  uint64_t divide_double = 19;
  uint64_t move = 1;
  uint64_t compare = 2;
  uint64_t to_single = 2;
  uint64_t to_double = 1;
  uint64_t from_word = 3;
  uint64_t to_word = 2;
};

/// What is not RAM and answers: a device, or the PROM.
struct RegionTimes {
  PhysAddr base;
  uint32_t size = 0;
  uint64_t read = 1;  // bus cycles of one access
  uint64_t write = 1;
};

struct TimingConfig {
  uint64_t cpu_hz = 25'000'000;
  uint32_t ram_bytes = 0;
  uint64_t multiply = 12;  // until HI and LO can be read
  uint64_t divide = 35;
  uint64_t exception = 3;  // slots lost behind the instruction that is not completed
  uint64_t partial_store = 1;
  uint64_t micro_tlb_entries = 2;  // 0: there is none, and no stall
  uint64_t micro_tlb_miss = 1;
  bool streaming = false;  // instructions run while the rest of their block arrives
  FloatTimes floating;
  MemoryTimes memory;
  uint64_t write_buffer_depth = 6;
  bool write_buffer_gathers = false;  // writes to the word of the youngest entry join it
  uint64_t bus_timeout_ps = 10'000'000;
  std::vector<RegionTimes> regions;  // sorted by base
};

}  // namespace exosim
