// All registered devices keep the rules of the house, and the manual knows them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "sim/bus/device_docs.hpp"
#include "sim/bus/device_params.hpp"

namespace exosim {
namespace {

using testing::HasSubstr;

class NoTerminal final : public Terminal {
 public:
  void put(uint8_t) override {}
  std::optional<uint8_t> get() override { return std::nullopt; }
};

TEST(Devices, HaveDistinctIds) {
  std::map<uint32_t, std::string> ids;
  for (const auto& [name, type] : Registry<DeviceType>::all()) {
    EXPECT_TRUE(ids.emplace(type.id, name).second) << name << " and " << ids[type.id];
  }
  EXPECT_GE(ids.size(), 2u);
}

TEST(Devices, HaveAllRegistersWithinTheirSpace) {
  for (const auto& [name, type] : Registry<DeviceType>::all()) {
    const DeviceParams params = default_params(type);
    Clock clock;
    EventQueue events;
    NoTerminal terminal;
    RunControl run;
    const auto device = type.create({.name = name,
                                     .params = params,
                                     .cpu_hz = 25'000'000,
                                     .clock = clock,
                                     .events = events,
                                     .interrupt = {},
                                     .terminal = terminal,
                                     .run = run});
    for (const Register& reg : device->registers().registers()) {
      EXPECT_LE(reg.offset + 4, type.size) << name << " " << reg.name;
      EXPECT_TRUE(reg.read || reg.write) << name << " " << reg.name;
      EXPECT_FALSE(reg.doc.empty()) << name << " " << reg.name;
    }
    EXPECT_EQ(events.next(), kNever) << name << " is not idle at reset";
  }
}

TEST(MachineManual, DescribesTheDevicesAsTheyAre) {
  std::ifstream file(EXOSIM_SOURCE_DIR "/docs/machine.md");
  std::ostringstream manual;
  manual << file.rdbuf();
  EXPECT_THAT(manual.str(), HasSubstr(device_docs_markdown())) << "run ./dev bless";
}

}  // namespace
}  // namespace exosim
