// Which pauses between bursts are refused.
#include "sim/machine/config/bus_sharing.hpp"

#include <gtest/gtest.h>

#include <string>

#include "sim/machine/config/config_fixture.hpp"

namespace exosim {
namespace {

/// Refreshed every 400 cycles for 10.
Result<LoadedConfig> load_bus(const std::string& devices, const std::string& more = "") {
  const std::string text =
      "memory: {refresh: {interval: 16us, cycles: 10}}\ndevices:\n" + devices + more;
  return load_config("main.yaml", {}, files_in_memory({{"main.yaml", text}}), {});
}

std::string dma(const std::string& name, const std::string& address, uint64_t gap) {
  return "  " + name + ": {type: dma, address: " + address +
         ", read_cycles: 10, gap: " + std::to_string(gap) + "}\n";
}

constexpr const char* kFirst = "0x10000000";
constexpr const char* kSecond = "0x10001000";
const std::string kSlowProm = "prom: {read_cycles: 100}\n";

TEST(BusSharing, RefusesAGapThatRefreshesBehindABurstFill) {
  const auto refused = load_bus(dma("d", kFirst, 30), kSlowProm);
  EXPECT_EQ(error_text(refused),
            "main.yaml:3:61: devices.d.gap: 30 leaves the processor no time: behind a burst, of up "
            "to 6400 cycles, refreshes and other masters can have the bus for 170: at least 171");
  EXPECT_FALSE(load_bus(dma("d", kFirst, 170), kSlowProm));
  EXPECT_TRUE(load_bus(dma("d", kFirst, 171), kSlowProm));
}

TEST(BusSharing, WithoutRefreshAnyGapIsEnough) {
  const std::string text = "devices:\n" + dma("d", kFirst, 1);
  EXPECT_TRUE(load_config("main.yaml", {}, files_in_memory({{"main.yaml", text}}), {}));
}

// 832 cycles of the PROM's 13 each, and 5 refreshes behind both.
TEST(BusSharing, MastersThatTakeTurnsMustPauseForEachOther) {
  const auto refused = load_bus(dma("a", kFirst, 882) + dma("b", kSecond, 883));
  EXPECT_EQ(error_text(refused),
            "main.yaml:3:61: devices.a.gap: 882 leaves the processor no time: behind a burst, of "
            "up to 832 cycles, refreshes and other masters can have the bus for 882: at least 883");
  EXPECT_TRUE(load_bus(dma("a", kFirst, 883) + dma("b", kSecond, 883)));
}

TEST(BusSharing, IsNotAskedWhenANumberIsMissing) {
  const auto refused = load_bus("  d: {type: dma, address: 0x10000000, gap: none}\n");
  EXPECT_EQ(refused.error().text().find("leaves the processor"), std::string::npos);
}

TEST(BusSharing, TimingKnowsWhatStandsElsewhere) {
  const TimingConfig timing =
      whole_timing({.clock_hz = 5'000'000,
                    .ram_bytes = 4096,
                    .prom_read_cycles = 7,
                    .devices = {{.type = "dma", .address = 0x10000000, .read_cycles = 8},
                                {.type = "no such type", .address = 0x10001000}}},
                   Registry<DeviceType>::all());
  EXPECT_EQ(timing.cpu_hz, 5'000'000u);
  EXPECT_EQ(timing.ram_bytes, 4096u);
  ASSERT_EQ(timing.regions.size(), 2u);
  EXPECT_EQ(timing.regions[0].read, 8u);
  EXPECT_EQ(timing.regions[1].read, 7u);
}

}  // namespace
}  // namespace exosim
