// Values, defaults and every message about a single file.
#include "sim/machine/config/load_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include "sim/machine/config/config_fixture.hpp"

namespace exosim {
namespace {

using ::testing::HasSubstr;

constexpr const char* kGadget =
    "devices:\n"
    "  g:\n"
    "    type: gadget\n"
    "    address: 0x10000000\n"
    "    serial: 5\n";

TEST(LoadConfig, DefaultsAreThoseOfMachineConfig) {
  const Result<LoadedConfig> loaded = load_text("{}");
  ASSERT_TRUE(loaded) << error_text(loaded);
  const MachineConfig expected;
  EXPECT_EQ(loaded->machine.cpu_model, expected.cpu_model);
  EXPECT_EQ(loaded->machine.clock_hz, expected.clock_hz);
  EXPECT_EQ(loaded->machine.fpu_present, expected.fpu_present);
  EXPECT_EQ(loaded->machine.fpu_interrupt, expected.fpu_interrupt);
  EXPECT_EQ(loaded->machine.ram_bytes, expected.ram_bytes);
  EXPECT_EQ(loaded->machine.timing_engine, expected.timing_engine);
  EXPECT_EQ(loaded->machine.seed, expected.seed);
  EXPECT_EQ(loaded->machine.kernel, expected.kernel);
  EXPECT_TRUE(loaded->machine.devices.empty());
}

TEST(LoadConfig, ReadsEveryKeyOfTheMachine) {
  const Result<LoadedConfig> loaded = load_text(
      "seed: 0x2a\nkernel: other.elf\ncpu: {model: r2000a, clock: 16.67MHz}\n"
      "fpu: {present: false, interrupt: 2}\n"
      "memory: {size: 0.5MiB}\ntiming: {engine: fine}\n");
  ASSERT_TRUE(loaded) << error_text(loaded);
  EXPECT_EQ(loaded->machine.seed, 42u);
  EXPECT_EQ(loaded->machine.kernel, "other.elf");
  EXPECT_EQ(loaded->machine.cpu_model, "r2000a");
  EXPECT_EQ(loaded->machine.clock_hz, 16'670'000u);
  EXPECT_FALSE(loaded->machine.fpu_present);
  EXPECT_EQ(loaded->machine.fpu_interrupt, 2u);
  EXPECT_EQ(loaded->machine.ram_bytes, 512u << 10);
  EXPECT_EQ(loaded->machine.timing_engine, "fine");
}

TEST(LoadConfig, ReadsParametersOfEveryUnit) {
  const Result<LoadedConfig> loaded = load_text(
      std::string(kGadget) +
      "    interrupt: 7\n    count: 10\n    buffer: 1MiB\n    rate: 2kHz\n    delay: 3ns\n"
      "    label: 'x: y'\n    loud: true\n");
  ASSERT_TRUE(loaded) << error_text(loaded);
  ASSERT_EQ(loaded->machine.devices.size(), 1u);
  const DeviceConfig& device = loaded->machine.devices[0];
  EXPECT_EQ(device.name, "g");
  EXPECT_EQ(device.type, "gadget");
  EXPECT_EQ(device.address, 0x10000000u);
  EXPECT_EQ(device.interrupt, 7u);
  EXPECT_EQ(device.params.number("count"), 10u);
  EXPECT_EQ(device.params.number("buffer"), 1u << 20);
  EXPECT_EQ(device.params.number("rate"), 2000u);
  EXPECT_EQ(device.params.number("delay"), 3000u);
  EXPECT_EQ(device.params.number("loud"), 1u);
  EXPECT_EQ(device.params.number("serial"), 5u);
  EXPECT_EQ(device.params.text("label"), "x: y");
}

TEST(LoadConfig, FillsInDefaultsOfParameters) {
  const Result<LoadedConfig> loaded = load_text(kGadget);
  ASSERT_TRUE(loaded) << error_text(loaded);
  const DeviceConfig& device = loaded->machine.devices[0];
  EXPECT_EQ(device.interrupt, std::nullopt);
  EXPECT_EQ(device.params.number("delay"), 10'000'000u);
  EXPECT_EQ(device.params.number("loud"), 0u);
  EXPECT_EQ(device.params.text("label"), "");
}

TEST(LoadConfig, SortsDevicesByAddress) {
  const Result<LoadedConfig> loaded =
      load_text("devices:\n  a: {type: plug, address: 0x1000_0000}\n");
  EXPECT_FALSE(loaded);
  const Result<LoadedConfig> sorted = load_text(
      "devices:\n  a: {type: plug, address: 0x12000000}\n  b: {type: plug, address: 0x11000000}\n");
  ASSERT_TRUE(sorted) << error_text(sorted);
  EXPECT_EQ(sorted->machine.devices[0].name, "b");
  EXPECT_EQ(sorted->machine.devices[1].name, "a");
  EXPECT_EQ(sorted->settings.back().path, "devices.a.write_cycles");
}

TEST(LoadConfig, RemembersWhoGaveEachValue) {
  const Result<LoadedConfig> loaded = load_text("cpu:\n  clock: 20MHz\n", {"memory.size=1MiB"});
  ASSERT_TRUE(loaded) << error_text(loaded);
  std::map<std::string, std::string> sources;
  for (const Setting& setting : loaded->settings) sources[setting.path] = setting.source;
  EXPECT_EQ(sources["cpu.clock"], "main.yaml:2:10");
  EXPECT_EQ(sources["memory.size"], "--set memory.size=1MiB");
  EXPECT_EQ(sources["seed"], "default");
}

/// A text and what its message must say.
struct Refusal {
  std::string text;
  std::string message;
};

/// For the names of tests: bytes would show addresses.
void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.message; }

class LoadConfigRefuses : public ::testing::TestWithParam<Refusal> {};

TEST_P(LoadConfigRefuses, WithAMessage) {
  EXPECT_EQ(error_text(load_text(GetParam().text)), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, LoadConfigRefuses,
    ::testing::Values(
        Refusal{"cpu:\n  clok: 25MHz\n",
                "main.yaml:2:3: unknown key of cpu \"clok\"; did you mean \"clock\"? (one of: "
                "clock, effects, model)"},
        Refusal{"memroy: {size: 1MiB}\n",
                "main.yaml:1:1: unknown key \"memroy\"; did you mean \"memory\"? (one of: "
                "arguments, bus, cache, "
                "cpu, devices, extends, fpu, kernel, memory, prom, run, seed, timing, "
                "write_buffer)"},
        Refusal{"seed: 1\nseed: 2\n",
                "main.yaml:2:1: duplicate key \"seed\", first given at main.yaml:1:1"},
        Refusal{"cpu: r3000\n",
                "main.yaml:1:6: cpu: expected a mapping with keys such as model, got \"r3000\""},
        Refusal{"cpu:\n",
                "main.yaml:1:1: cpu: expected a mapping with keys such as model, got nothing"},
        Refusal{"cpu: [1]\n",
                "main.yaml:1:6: cpu: expected a mapping with keys such as model, got a list"},
        Refusal{"", "main.yaml:1:1: empty: expected keys such as cpu, memory, devices"},
        Refusal{"just text\n", "main.yaml:1:1: expected a mapping of keys, got \"just text\""}));

INSTANTIATE_TEST_SUITE_P(
    Values, LoadConfigRefuses,
    ::testing::Values(
        Refusal{"cpu: {clock: {x: 1}}\n",
                "main.yaml:1:14: cpu.clock: expected a frequency such as 25MHz, got a mapping"},
        Refusal{"seed:\n", "main.yaml:1:1: seed: expected a number, got nothing"},
        Refusal{"seed: '1'\n",
                "main.yaml:1:7: seed: expected a number, got \"1\" in quotes, which is text"},
        Refusal{"seed: 010\n",
                "main.yaml:1:7: seed: expected a number: \"010\" has a leading zero (YAML 1.1 "
                "would read it as octal)"},
        Refusal{"cpu: {clock: 25}\n",
                "main.yaml:1:14: cpu.clock: expected a frequency such as 25MHz: \"25\" lacks a "
                "unit; allowed: Hz, kHz, MHz, GHz, as in 25MHz"},
        Refusal{"cpu: {clock: 25MB}\n",
                "main.yaml:1:14: cpu.clock: expected a frequency such as 25MHz: \"25MB\" has the "
                "unknown unit \"MB\"; allowed: Hz, kHz, MHz, GHz, as in 25MHz"},
        Refusal{"memory: {size: 1KiB}\n",
                "main.yaml:1:16: memory.size: \"1KiB\" is out of range: 64KiB to 508MiB"},
        Refusal{"memory: {size: 100KB}\n",
                "main.yaml:1:16: memory.size: expected a size such as 32MiB: \"100KB\" has the "
                "unknown unit \"KB\", did you mean KiB?; allowed: B, KiB, MiB, GiB, as in 4KiB"},
        Refusal{"memory: {size: 100001B}\n",
                "main.yaml:1:16: memory.size: \"100001B\" is not a multiple of 4KiB"},
        Refusal{"cpu: {model: r300}\n",
                "main.yaml:1:14: cpu.model: unknown value \"r300\"; did you mean \"r3000\"? (one "
                "of: r2000, r2000a, r3000, r3000a)"},
        Refusal{"timing: {engine: idael}\n",
                "main.yaml:1:18: timing.engine: unknown value \"idael\"; did you mean \"ideal\"? "
                "(one of: fine, ideal, r3000)"},
        Refusal{"kernel: ''\n", "main.yaml:1:9: kernel: expected text, got none"},
        Refusal{"kernel: \"a\\nb\"\n",
                "main.yaml:1:9: kernel: expected one line of text without tabs, got \"a?b\""}));

INSTANTIATE_TEST_SUITE_P(
    Devices, LoadConfigRefuses,
    ::testing::Values(
        Refusal{"devices: {g: {type: gadgte, address: 0x10000000}}\n",
                "main.yaml:1:21: devices.g.type: unknown device type \"gadgte\"; did you mean "
                "\"gadget\"? (one of: gadget, plug)"},
        Refusal{"devices: {g: {address: 0x10000000}}\n",
                "main.yaml:1:11: devices.g.type is missing: expected one of: gadget, plug"},
        Refusal{"devices: {p: {type: plug}}\n",
                "main.yaml:1:14: devices.p.address is missing: expected an address such as "
                "0x10000000"},
        Refusal{"devices: {g: {type: gadget, address: 0x10000000}}\n",
                "main.yaml:1:14: devices.g.serial is missing: expected a number"},
        Refusal{"devices: {p: {type: plug, address: 0x10000000, interrupt: 3}}\n",
                "main.yaml:1:48: unknown key of devices.p \"interrupt\" (one of: address, "
                "read_cycles, type, write_cycles)"},
        Refusal{"devices: {g: {type: gadget, address: 0x10000000, serial: 1, interrupt: 1}}\n",
                "main.yaml:1:72: devices.g.interrupt: \"1\" is out of range: 2 to 7"},
        Refusal{"devices: {p: {type: plug, address: 0x10000002}}\n",
                "main.yaml:1:36: devices.p.address: \"0x10000002\" is not a multiple of 4"},
        Refusal{"devices: {p: {type: plug, address: 0x20000000}}\n",
                "main.yaml:1:36: devices.p.address: \"0x20000000\" is out of range: 0x00000000 to "
                "0x1fffffff"},
        Refusal{"devices: {Plug: {type: plug, address: 0x10000000}}\n",
                "main.yaml:1:11: devices: \"Plug\" is not a name of at most 15 of a-z, 0-9 and _, "
                "a letter first"},
        Refusal{"devices: {p: plug}\n",
                "main.yaml:1:14: devices.p: expected a mapping with keys such as type, got "
                "\"plug\""},
        Refusal{"devices: [p]\n",
                "main.yaml:1:10: devices: expected a mapping of names to devices, got a list"},
        Refusal{"devices: {p: null}\n",
                "main.yaml:1:11: nothing to remove: unknown device \"p\": there is none"}));

INSTANTIATE_TEST_SUITE_P(
    Overlaps, LoadConfigRefuses,
    ::testing::Values(
        Refusal{"devices:\n  p: {type: plug, address: 0x10000000}\n"
                "  q: {type: plug, address: 0x1000000c}\n",
                "main.yaml:3:28: device q (0x1000000c to 0x1000001b) overlaps device p "
                "(0x10000000 to 0x1000000f), given at main.yaml:2:28"},
        Refusal{"devices: {p: {type: plug, address: 0x01000000}}\n",
                "main.yaml:1:36: device p (0x01000000 to 0x0100000f) overlaps RAM (0x00000000 to "
                "0x01ffffff)"},
        Refusal{"devices: {p: {type: plug, address: 0x1fbffff4}}\n",
                "main.yaml:1:36: device p (0x1fbffff4 to 0x1fc00003) overlaps the PROM "
                "(0x1fc00000 to 0x1fc0ffff)"},
        Refusal{"devices: {p: {type: plug, address: 0x1ffffffc}}\n",
                "main.yaml:1:36: device p (0x1ffffffc to 0x2000000b) overlaps what kseg0 and kseg1 "
                "do not reach (0x20000000 to 0xffffffff)"}));

TEST(LoadConfig, DeviceWithoutATypeMayBeAnotherMisspelt) {
  EXPECT_EQ(error_text(load_text("devices: {plug_1: {type: plug, address: 0x10000000}}\n",
                                 {"devices.plug1.address=0x11000000"})),
            "--set devices.plug1.address=0x11000000: devices.plug1.type is missing: expected one "
            "of: gadget, plug; or did you mean the device \"plug_1\"?");
}

TEST(LoadConfig, BlamesWhatWasSetForAnOverlap) {
  const std::string text =
      "memory: {size: 16MiB}\n"
      "devices:\n"
      "  p: {type: plug, address: 0x10000000}\n";
  const std::string ram = "RAM (0x00000000 to 0x12bfffff)";
  EXPECT_EQ(error_text(load_text(text, {"memory.size=300MiB"})),
            "--set memory.size=300MiB: " + ram +
                " overlaps device p (0x10000000 to 0x1000000f), given at main.yaml:3:28");
  EXPECT_EQ(error_text(load_text(text, {"devices.p.address=0x1000"})),
            "--set devices.p.address=0x1000: device p (0x00001000 to 0x0000100f) overlaps RAM "
            "(0x00000000 to 0x00ffffff), given at main.yaml:1:16");
}

TEST(LoadConfig, ReportsAllErrorsOfAFileAtOnce) {
  const std::string text = error_text(
      load_text("seed: x\nsed: 1\ncpu: {clock: 1}\ncpu: {}\ndevices: {p: {type: plgu}}\n"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 4) << text;
  EXPECT_THAT(text, HasSubstr("main.yaml:4:1: duplicate key"));
  EXPECT_THAT(text, HasSubstr("main.yaml:1:7: seed"));
  EXPECT_THAT(text, HasSubstr("main.yaml:2:1: unknown key \"sed\""));
  EXPECT_THAT(text, HasSubstr("main.yaml:3:14: cpu.clock"));
  EXPECT_THAT(text, HasSubstr("main.yaml:5:21: devices.p.type"));
}

TEST(LoadConfig, CutsAnEndlessListOfErrors) {
  std::string text;
  for (int i = 0; i < 80; ++i) text += "x" + std::to_string(i) + ": 1\n";
  EXPECT_THAT(error_text(load_text(text)), ::testing::EndsWith("\n... and 30 more"));
}

TEST(LoadConfig, RefusesMoreDevicesThanTheDirectoryHolds) {
  std::string text = "devices:\n";
  for (size_t i = 0; i <= kMaxDevices; ++i) {
    text += "  d" + std::to_string(i) +
            ": {type: plug, address: " + std::to_string(0x10000000 + 16 * i) + "}\n";
  }
  EXPECT_EQ(error_text(load_text(text)),
            "main.yaml:2:3: devices: 128 of them; the device directory holds 127");
}

}  // namespace
}  // namespace exosim
