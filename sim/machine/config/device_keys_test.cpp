// What a device type asks of its address and of its parameters beyond their ranges.
#include <gtest/gtest.h>

#include "sim/machine/config/config_fixture.hpp"

namespace exosim {
namespace {

Result<std::monostate> check_order(const DeviceParams& params) {
  if (params.number("low") <= params.number("high")) return std::monostate{};
  return Error{"low", "is above high"};
}

/// "pair": two numbers, in their order.
std::string message(const std::string& text, std::vector<std::string> sets = {}) {
  static const std::map<std::string, DeviceType, std::less<>> devices = {
      {"pair",
       {.id = 1,
        .summary = "two numbers",
        .size = 0x1000,
        .has_interrupt = false,
        .params = {{"low", ParamUnit::kNumber, "", "a number", 0, 100, 4},
                   {"high", ParamUnit::kNumber, "8", "another one"}},
        .create = nullptr,
        .alignment = 0x1000,
        .check = check_order}}};
  return error_text(load_config("main.yaml", sets, files_in_memory({{"main.yaml", text}}),
                                {devices, test_parts().engines}));
}

TEST(DeviceKeys, AddressIsAMultipleOfWhatTheTypeAsks) {
  EXPECT_EQ(message("devices: {p: {type: pair, address: 0x10001000, low: 4}}"), "");
  EXPECT_EQ(message("devices: {p: {type: pair, address: 0x10000004, low: 4}}"),
            "main.yaml:1:36: devices.p.address: \"0x10000004\" is not a multiple of 4096");
}

TEST(DeviceKeys, ParameterIsAMultipleOfWhatTheTypeAsks) {
  EXPECT_EQ(message("devices: {p: {type: pair, address: 0x10000000, low: 6}}"),
            "main.yaml:1:53: devices.p.low: \"6\" is not a multiple of 4");
}

TEST(DeviceKeys, ParametersAreCheckedTogether) {
  const std::string text = "devices: {p: {type: pair, address: 0x10000000, low: 8}}";
  EXPECT_EQ(message(text), "");
  EXPECT_EQ(message(text, {"devices.p.high=7"}), "main.yaml:1:53: devices.p.low: is above high");
  EXPECT_EQ(message("devices: {p: {type: pair, address: 0x10000000, low: 12}}"),
            "main.yaml:1:53: devices.p.low: is above high");
  EXPECT_EQ(message(text, {"devices.p.low=12"}),
            "--set devices.p.low=12: devices.p.low: is above high");
}

TEST(DeviceKeys, ParametersAreNotCheckedTogetherIfOneIsWrong) {
  EXPECT_EQ(message("devices: {p: {type: pair, address: 0x10000000, low: 6, high: 4}}"),
            "main.yaml:1:53: devices.p.low: \"6\" is not a multiple of 4");
  EXPECT_EQ(message("devices: {p: {type: pair, address: 0x10000000, high: 4}}"),
            "main.yaml:1:14: devices.p.low is missing: expected a number");
  EXPECT_EQ(message("devices: {p: {type: pair, address: 0x10000000, high: 4}}", {"devices"}),
            "--set devices: expected key.path=value, as in --set cpu.clock=33MHz");
}

}  // namespace
}  // namespace exosim
