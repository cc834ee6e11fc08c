// --print-config: its form, and that loading it gives the same machine.
#include "sim/machine/config/print_config.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/base/quantity.hpp"
#include "sim/machine/config/config_fixture.hpp"

namespace exosim {
namespace {

TEST(ConfigDigest, IsTheFnv1aOfWhatIsPrinted) {
  LoadedConfig config;
  EXPECT_EQ(config_digest(config), "cbf29ce484222325");
  config.settings.push_back({"seed", KeyKind::kNumber, "1", "default"});
  ASSERT_EQ(print_config(config), "seed: 1\n");
  EXPECT_EQ(config_digest(config), "27828bec718be0ad");
  config.settings[0].source = "--set seed=1";
  EXPECT_EQ(config_digest(config), "27828bec718be0ad");
  config.settings[0].value = "2";
  EXPECT_NE(config_digest(config), "27828bec718be0ad");
}

constexpr const char* kMachinePrinted =
    "seed: 1\n"
    "kernel: aegis.elf\n"
    "arguments: \"\"\n"
    "run:\n  watchdog: 0\n"
    "cpu:\n  model: r3000\n  clock: 25MHz\n"
    "  effects:\n    interrupts: 1\n    coprocessors: 1\n    caches: 1\n    fetches: 1\n"
    "fpu:\n"
    "  present: true\n"
    "  interrupt: 7\n"
    "memory:\n"
    "  size: 4MiB\n"
    "  read:\n    first: 12\n    next: 1\n"
    "  write:\n    same_page: 1\n    other_page: 5\n    partial: 12\n    next: 1\n"
    "  page: 4KiB\n"
    "  refresh:\n    interval: 0ps\n    cycles: 1\n"
    "cache:\n"
    "  instruction:\n"
    "    size: 64KiB\n"
    "    refill: 4\n"
    "  data:\n"
    "    size: 64KiB\n"
    "    refill: 4\n"
    "  store_partial: by_model\n"
    "write_buffer:\n  depth: 6\n  gather: false\n"
    "bus:\n  timeout: 10us\n"
    "prom:\n  read_cycles: 13\n"
    "timing:\n"
    "  engine: r3000\n"
    "  multiply: 12\n  divide: 35\n  exception: 3\n  partial_store: 1\n"
    "  streaming: false\n"
    "  micro_tlb:\n    entries: 2\n    miss: 1\n"
    "  float:\n    add: 2\n    multiply_single: 4\n    multiply_double: 5\n"
    "    divide_single: 12\n    divide_double: 19\n    move: 1\n    compare: 2\n"
    "    to_single: 2\n    to_double: 1\n    from_word: 3\n    to_word: 2\n";

constexpr const char* kGadgetPrinted =
    "devices:\n"
    "  g:\n"
    "    type: gadget\n"
    "    address: 0x10000000\n"
    "    interrupt: 3\n"
    "    read_cycles: 10\n"
    "    write_cycles: 6\n"
    "    count: 3\n"
    "    buffer: 4KiB\n"
    "    rate: 1MHz\n"
    "    delay: 10us\n"
    "    label: \"a \\\"b\\\"\"\n"
    "    loud: false\n"
    "    serial: 5\n";

TEST(PrintConfig, PrintsEveryValueInCanonicalUnits) {
  const Result<LoadedConfig> loaded = load_text(
      "cpu: {clock: 25000000Hz}\nmemory: {size: 4096KiB}\ndevices:\n"
      "  g: {address: 268435456, type: gadget, serial: 5, interrupt: 3, label: 'a \"b\"'}\n");
  ASSERT_TRUE(loaded) << error_text(loaded);
  EXPECT_EQ(print_config(*loaded), std::string(kMachinePrinted) + kGadgetPrinted);
}

TEST(PrintConfig, QuotesWhatYamlWouldReadOtherwise) {
  const Result<LoadedConfig> loaded =
      load_text("kernel: 'null'\ndevices: {'null': {type: plug, address: 0x10000000}}\n");
  ASSERT_TRUE(loaded) << error_text(loaded);
  const Result<LoadedConfig> again = load_text(print_config(*loaded));
  ASSERT_TRUE(again) << error_text(again);
  EXPECT_EQ(again->machine.kernel, "null");
  EXPECT_EQ(again->machine.devices[0].name, "null");
}

std::string text_of(const std::vector<Setting>& settings) {
  std::string text;
  for (const Setting& setting : settings) text += setting.path + "=" + setting.value + "\n";
  return text;
}

RC_GTEST_PROP(PrintConfig, LoadsAgainWithTheSameResult, ()) {
  const auto number = [](uint64_t low, uint64_t high) {
    return std::to_string(low + *rc::gen::arbitrary<uint64_t>() % (high - low + 1));
  };
  const std::string label = *rc::gen::container<std::string>(
      rc::gen::elementOf(std::string("abcxyz019 .:#'\"\\-_/~!&*{}[]?|>%@`,")));
  std::string quoted = "'";
  for (const char c : label) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  const std::vector<std::string> sets = {
      "seed=" + number(0, kMaxExactNumber),
      "kernel='x" + quoted.substr(1) + "'",
      "cpu.clock=" + number(1'000'000, 1'000'000'000) + "Hz",
      "memory.size=" + std::to_string(4096 * (16 + *rc::gen::inRange<uint64_t>(0, 60'000))) + "B",
      "devices.g={type: gadget, address: 0x1e000000, serial: 1}",
      "devices.g.serial=" + number(0, kMaxExactNumber),
      "devices.g.buffer=" + number(0, kMaxExactNumber) + "B",
      "devices.g.rate=" + number(1, 1'000'000'000) + "Hz",
      "devices.g.delay=" + number(0, kMaxExactNumber) + "ps",
      "devices.g.label=" + quoted + "'",
  };
  const Result<LoadedConfig> loaded = load_text("{}", sets);
  if (!loaded) RC_FAIL(error_text(loaded));
  const std::string printed = print_config(*loaded);
  const Result<LoadedConfig> again = load_text(printed);
  if (!again) RC_FAIL(error_text(again) + "\n" + printed);
  RC_ASSERT(text_of(again->settings) == text_of(loaded->settings));
  RC_ASSERT(print_config(*again) == printed);
}

}  // namespace
}  // namespace exosim
