// The keys of timing: where each value ends up, defaults, bounds.
#include "sim/machine/config/timing_keys.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "sim/machine/config/config_fixture.hpp"

namespace exosim {
namespace {

/// Every number of timing, in the order of the structures.
std::vector<uint64_t> numbers_of(const MachineConfig& machine) {
  const TimingConfig& t = machine.timing;
  const FloatTimes& f = t.floating;
  const MemoryTimes& m = t.memory;
  return {t.multiply,
          t.divide,
          t.exception,
          t.partial_store,
          t.micro_tlb_entries,
          t.micro_tlb_miss,
          t.streaming,
          f.add,
          f.multiply_single,
          f.multiply_double,
          f.divide_single,
          f.divide_double,
          f.move,
          f.compare,
          f.to_single,
          f.to_double,
          f.from_word,
          f.to_word,
          m.read.first,
          m.read.next,
          m.write_same_page,
          m.write_other_page,
          m.write_partial,
          m.write_next,
          m.page_bytes,
          m.refresh_interval_ps,
          m.refresh_cycles,
          t.write_buffer_depth,
          t.write_buffer_gathers,
          t.bus_timeout_ps,
          machine.prom_read_cycles};
}

TEST(TimingKeys, DefaultsAreThoseOfTheStructures) {
  const Result<LoadedConfig> loaded =
      load_text("devices: {p: {type: plug, address: 0x10000000}}\n");
  ASSERT_TRUE(loaded) << error_text(loaded);
  EXPECT_EQ(numbers_of(loaded->machine), numbers_of(MachineConfig{}));
  EXPECT_EQ(loaded->machine.devices[0].read_cycles, DeviceConfig{}.read_cycles);
  EXPECT_EQ(loaded->machine.devices[0].write_cycles, DeviceConfig{}.write_cycles);
}

TEST(TimingKeys, EachReachesItsField) {
  const Result<LoadedConfig> loaded = load_text(
      "timing:\n"
      "  multiply: 101\n  divide: 102\n  exception: 103\n  partial_store: 104\n"
      "  micro_tlb: {entries: 15, miss: 106}\n  streaming: true\n"
      "  float: {add: 107, multiply_single: 108, multiply_double: 109, divide_single: 110,\n"
      "          divide_double: 111, move: 112, compare: 113, to_single: 114, to_double: 115,\n"
      "          from_word: 116, to_word: 117}\n"
      "memory:\n"
      "  read: {first: 118, next: 119}\n"
      "  write: {same_page: 120, other_page: 121, partial: 122, next: 123}\n"
      "  page: 2KiB\n  refresh: {interval: 15.6us, cycles: 124}\n"
      "write_buffer: {depth: 7, gather: true}\n"
      "bus: {timeout: 20us}\n"
      "prom: {read_cycles: 125}\n"
      "devices: {p: {type: plug, address: 0x10000000, read_cycles: 126, write_cycles: 127}}\n");
  ASSERT_TRUE(loaded) << error_text(loaded);
  const std::vector<uint64_t> expected = {
      101, 102, 103, 104, 15,  106, 1,   107, 108,  109,        110, 111, 112, 113,        114, 115,
      116, 117, 118, 119, 120, 121, 122, 123, 2048, 15'600'000, 124, 7,   1,   20'000'000, 125};
  EXPECT_EQ(numbers_of(loaded->machine), expected);
  EXPECT_EQ(loaded->machine.devices[0].read_cycles, 126u);
  EXPECT_EQ(loaded->machine.devices[0].write_cycles, 127u);
}

struct TimingRefusal {
  std::string text;
  std::string message;
};

void PrintTo(const TimingRefusal& refusal, std::ostream* out) { *out << refusal.message; }

class TimingKeysRefuse : public ::testing::TestWithParam<TimingRefusal> {};

TEST_P(TimingKeysRefuse, WithAMessage) {
  EXPECT_EQ(error_text(load_text(GetParam().text)), "main.yaml:" + GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Bus, TimingKeysRefuse,
    ::testing::Values(
        TimingRefusal{"memory: {read: {first: 0}}\n",
                      "1:24: memory.read.first: \"0\" is out of range: 1 to 10000"},
        TimingRefusal{"memory: {read: {next: 0}}\n",
                      "1:23: memory.read.next: \"0\" is out of range: 1 to 10000"},
        TimingRefusal{"memory: {write: {same_page: 0}}\n",
                      "1:29: memory.write.same_page: \"0\" is out of range: 1 to 10000"},
        TimingRefusal{"memory: {write: {other_page: 10001}}\n",
                      "1:30: memory.write.other_page: \"10001\" is out of range: 1 to 10000"},
        TimingRefusal{"memory: {write: {partial: 0}}\n",
                      "1:27: memory.write.partial: \"0\" is out of range: 1 to 10000"},
        TimingRefusal{"memory: {write: {next: 0}}\n",
                      "1:24: memory.write.next: \"0\" is out of range: 1 to 10000"},
        TimingRefusal{"memory: {page: 4096}\n",
                      "1:16: memory.page: expected a size such as 32MiB: \"4096\" lacks a unit; "
                      "allowed: B, KiB, MiB, GiB, as in 4KiB"},
        TimingRefusal{"memory: {page: 3KiB}\n",
                      "1:16: memory.page: \"3KiB\" is not a power of two from 4B on"},
        TimingRefusal{"memory: {page: 0B}\n",
                      "1:16: memory.page: \"0B\" is out of range: 4B to 64KiB"},
        TimingRefusal{"write_buffer: {depth: 0}\n",
                      "1:23: write_buffer.depth: \"0\" is out of range: 1 to 16"},
        TimingRefusal{"write_buffer: {depth: 17}\n",
                      "1:23: write_buffer.depth: \"17\" is out of range: 1 to 16"},
        TimingRefusal{"bus: {timeout: 1ns}\n",
                      "1:16: bus.timeout: \"1ns\" is out of range: 1us to 1ms"},
        TimingRefusal{"prom: {read_cycles: 0}\n",
                      "1:21: prom.read_cycles: \"0\" is out of range: 1 to 10000"}));

INSTANTIATE_TEST_SUITE_P(
    Refresh, TimingKeysRefuse,
    ::testing::Values(
        TimingRefusal{"memory: {refresh: {cycles: 0}}\n",
                      "1:28: memory.refresh.cycles: \"0\" is out of range: 1 to 10000"},
        TimingRefusal{"memory:\n  refresh:\n    interval: 799ns\n    cycles: 10\n",
                      "3:15: memory.refresh.interval: 799ns is less than twice what "
                      "memory.refresh.cycles take, 400ns"}));

INSTANTIATE_TEST_SUITE_P(
    Pipeline, TimingKeysRefuse,
    ::testing::Values(
        TimingRefusal{"timing: {multiply: 0}\n",
                      "1:20: timing.multiply: \"0\" is out of range: 1 to 1000"},
        TimingRefusal{"timing: {divide: 0}\n",
                      "1:18: timing.divide: \"0\" is out of range: 1 to 1000"},
        TimingRefusal{"timing: {exception: 1001}\n",
                      "1:21: timing.exception: \"1001\" is out of range: 0 to 1000"},
        TimingRefusal{"timing: {float: {move: 0}}\n",
                      "1:24: timing.float.move: \"0\" is out of range: 1 to 1000"},
        TimingRefusal{"timing: {micro_tlb: {entries: 65}}\n",
                      "1:31: timing.micro_tlb.entries: \"65\" is out of range: 0 to 64"},
        TimingRefusal{"cache: {data: {refill: 2}}\n",
                      "1:24: cache.data.refill: \"2\" is none of: 1, 4, 8, 16, 32"},
        TimingRefusal{"cache: {instruction: {refill: 2}}\n",
                      "1:31: cache.instruction.refill: \"2\" is none of: 1, 4, 8, 16, 32"}));

INSTANTIATE_TEST_SUITE_P(
    Devices, TimingKeysRefuse,
    ::testing::Values(
        TimingRefusal{"devices: {p: {type: plug, address: 0x10000000, read_cycles: 0}}\n",
                      "1:61: devices.p.read_cycles: \"0\" is out of range: 1 to 10000"},
        TimingRefusal{"devices: {p: {type: plug, address: 0x10000000, write_cycles: 0}}\n",
                      "1:62: devices.p.write_cycles: \"0\" is out of range: 1 to 10000"}));

TEST(TimingKeys, RefreshMayTakeHalfOfTheTime) {
  const Result<LoadedConfig> loaded =
      load_text("memory: {refresh: {interval: 800ns, cycles: 10}}\n");
  EXPECT_TRUE(loaded) << error_text(loaded);
}

}  // namespace
}  // namespace exosim
