// The rows for what sim/timing needs, all in cycles of the processor unless a unit says otherwise.
// Defaults are taken from the structures. docs/timing.md explains what each one stalls.
#include "sim/machine/config/timing_keys.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "isa/machine/cp0.h"
#include "sim/base/quantity.hpp"

namespace exosim {

namespace {

constexpr uint64_t kMicrosecond = 1'000'000;  // in picoseconds

// Upper bounds are ours. They leave room to try things out (the slowest operation takes 35 cycles,
// the slowest access some 20), and keep the stalls of one step far below the 32 bits in which
// StepCost counts them: a refill of 32 words behind 16 writes and a time-out.
constexpr uint64_t kMaxOperation = 1'000;
constexpr uint64_t kMaxAccess = 10'000;

/// Where a number of cycles stands.
using Cycle = uint64_t& (*)(TimingConfig&);

std::string default_of(Cycle field) {
  TimingConfig defaults;
  return std::to_string(field(defaults));
}

Key cycles_key(const char* path, const char* doc, Cycle field, uint64_t low, uint64_t high) {
  return {.path = path,
          .kind = KeyKind::kNumber,
          .default_value = default_of(field),
          .doc = doc,
          .store = [field](MachineConfig& m, const KeyValue& v) { field(m.timing) = v.number; },
          .low = low,
          .high = high};
}

/// Of the pipeline and its units.
Key operation_key(const char* path, const char* doc, Cycle field, uint64_t low = 0) {
  return cycles_key(path, doc, field, low, kMaxOperation);
}

/// Of the bus: at least one cycle, in which nobody else has it.
Key access_key(const char* path, const char* doc, Cycle field) {
  return cycles_key(path, doc, field, 1, kMaxAccess);
}

Key flag_key(const char* path, const char* doc, bool TimingConfig::*field) {
  return {
      .path = path,
      .kind = KeyKind::kFlag,
      .default_value = TimingConfig{}.*field ? "true" : "false",
      .doc = doc,
      .store = [field](MachineConfig& m, const KeyValue& v) { m.timing.*field = v.number != 0; }};
}

struct FloatRow {
  const char* name;
  const char* doc;
  uint64_t FloatTimes::*cycles;
};

constexpr std::array kFloatRows = {
    FloatRow{"add", "add.s, add.d, sub.s, sub.d", &FloatTimes::add},
    FloatRow{"multiply_single", "mul.s", &FloatTimes::multiply_single},
    FloatRow{"multiply_double", "mul.d", &FloatTimes::multiply_double},
    FloatRow{"divide_single", "div.s", &FloatTimes::divide_single},
    FloatRow{"divide_double", "div.d", &FloatTimes::divide_double},
    FloatRow{"move", "mov, abs, neg", &FloatTimes::move},
    FloatRow{"compare", "c.cond", &FloatTimes::compare},
    FloatRow{"to_single", "cvt.s.d", &FloatTimes::to_single},
    FloatRow{"to_double", "cvt.d.s", &FloatTimes::to_double},
    FloatRow{"from_word", "cvt.s.w, cvt.d.w", &FloatTimes::from_word},
    FloatRow{"to_word", "cvt.w.s, cvt.w.d", &FloatTimes::to_word},
};

Key float_key(const FloatRow& row) {
  const auto cycles = row.cycles;
  return {.path = std::string("timing.float.") + row.name,
          .kind = KeyKind::kNumber,
          .default_value = std::to_string(FloatTimes{}.*cycles),
          .doc = std::string(row.doc) + ": cycles until the result can be used",
          .store = [cycles](MachineConfig& m,
                            const KeyValue& v) { m.timing.floating.*cycles = v.number; },
          .low = 1,
          .high = kMaxOperation};
}

std::vector<Key> pipeline_keys() {
  return {
      operation_key(
          "timing.multiply", "cycles from mult to an mfhi or mflo that does not wait",
          [](TimingConfig& t) -> uint64_t& { return t.multiply; }, 1),
      operation_key(
          "timing.divide", "the same from div",
          [](TimingConfig& t) -> uint64_t& { return t.divide; }, 1),
      operation_key("timing.exception", "slots that an exception empties",
                    [](TimingConfig& t) -> uint64_t& { return t.exception; }),
      operation_key("timing.partial_store",
                    "stall of a store of less than a word to one that the data cache holds",
                    [](TimingConfig& t) -> uint64_t& { return t.partial_store; }),
      flag_key("timing.streaming", "instructions run while the rest of their block arrives",
               &TimingConfig::streaming),
      cycles_key(
          "timing.micro_tlb.entries",
          "translations that a fetch finds without the TLB; 0: all, and there is no stall",
          [](TimingConfig& t) -> uint64_t& { return t.micro_tlb_entries; }, 0, TLB_ENTRIES),
      operation_key("timing.micro_tlb.miss", "stall of a fetch that has to ask the TLB",
                    [](TimingConfig& t) -> uint64_t& { return t.micro_tlb_miss; }),
  };
}

std::vector<Key> memory_access_keys() {
  return {
      access_key("memory.read.first", "bus cycles of a read: the first word",
                 [](TimingConfig& t) -> uint64_t& { return t.memory.read.first; }),
      access_key("memory.read.next", "each further word of a block",
                 [](TimingConfig& t) -> uint64_t& { return t.memory.read.next; }),
      access_key("memory.write.same_page",
                 "bus cycles of a word written to the DRAM page of the write before",
                 [](TimingConfig& t) -> uint64_t& { return t.memory.write_same_page; }),
      access_key("memory.write.other_page", "the same to another page",
                 [](TimingConfig& t) -> uint64_t& { return t.memory.write_other_page; }),
      access_key("memory.write.partial", "bus cycles of a write of less than a word",
                 [](TimingConfig& t) -> uint64_t& { return t.memory.write_partial; }),
      access_key("memory.write.next", "each further word of a burst",
                 [](TimingConfig& t) -> uint64_t& { return t.memory.write_next; }),
  };
}

Key page_key() {
  return {.path = "memory.page",
          .kind = KeyKind::kBytes,
          .default_value = format_bytes(MemoryTimes{}.page_bytes),
          .doc = "a DRAM page, a power of two",
          .store = [](MachineConfig& m,
                      const KeyValue& v) { m.timing.memory.page_bytes = uint32_t(v.number); },
          .low = 4,           // a word: no two writes share a page
          .high = 64 * 1024,  // ours: several times what a row of these DRAMs holds
          .power_from = 4};
}

Key refresh_interval_key() {
  return {.path = "memory.refresh.interval",
          .kind = KeyKind::kTime,
          .default_value = format_time(MemoryTimes{}.refresh_interval_ps),
          .doc = "time between two refreshes, which take at most half of it; 0ps: none",
          .store = [](MachineConfig& m,
                      const KeyValue& v) { m.timing.memory.refresh_interval_ps = v.number; },
          .high = 1'000'000 * kMicrosecond};  // ours: a second is as good as none
}

Key bus_timeout_key() {
  return {.path = "bus.timeout",
          .kind = KeyKind::kTime,
          .default_value = format_time(TimingConfig{}.bus_timeout_ps),
          .doc = "how long the bus waits for an address where nothing is",
          .store = [](MachineConfig& m, const KeyValue& v) { m.timing.bus_timeout_ps = v.number; },
          .low = kMicrosecond,            // a cycle of the slowest clock
          .high = 1'000 * kMicrosecond};  // ours: a hundred times the estimate
}

}  // namespace

std::vector<Key> timing_keys() {
  std::vector<Key> keys = pipeline_keys();
  std::ranges::transform(kFloatRows, std::back_inserter(keys), float_key);
  return keys;
}

std::vector<Key> memory_timing_keys() {
  std::vector<Key> keys = memory_access_keys();
  keys.push_back(page_key());
  keys.push_back(refresh_interval_key());
  keys.push_back(access_key("memory.refresh.cycles", "bus cycles of a refresh",
                            [](TimingConfig& t) -> uint64_t& { return t.memory.refresh_cycles; }));
  return keys;
}

std::vector<Key> bus_keys() {
  return {
      cycles_key(
          "write_buffer.depth", "words that wait to be written",
          [](TimingConfig& t) -> uint64_t& { return t.write_buffer_depth; }, 1,
          16),  // ours: four times an R2020
      flag_key("write_buffer.gather", "a write to the word of the youngest that waits joins it",
               &TimingConfig::write_buffer_gathers),
      bus_timeout_key(),
      {.path = "prom.read_cycles",
       .kind = KeyKind::kNumber,
       .default_value = std::to_string(MachineConfig{}.prom_read_cycles),
       .doc = "bus cycles of a word read from the PROM",
       .store = [](MachineConfig& m, const KeyValue& v) { m.prom_read_cycles = v.number; },
       .low = 1,
       .high = kMaxAccess},
  };
}

Key device_cycles_key(const char* path, const char* doc, uint64_t DeviceConfig::*cycles) {
  return {.path = path,
          .kind = KeyKind::kNumber,
          .default_value = std::to_string(DeviceConfig{}.*cycles),
          .doc = doc,
          .store = [cycles](MachineConfig& m,
                            const KeyValue& v) { m.devices.back().*cycles = v.number; },
          .low = 1,
          .high = kMaxAccess};
}

}  // namespace exosim
