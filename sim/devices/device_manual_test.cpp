// All registered devices keep the rules of the house, and the manual knows them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "sim/bus/device_docs.hpp"
#include "sim/bus/device_params.hpp"
#include "sim/bus/empty_machine.hpp"

namespace exosim {
namespace {

using ::testing::HasSubstr;

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
    EmptyMachine machine;
    const auto device = type.create(machine.context(name, params, 25'000'000)).value();
    for (const Register& reg : device->registers().registers()) {
      EXPECT_LE(reg.offset + 4, type.size) << name << " " << reg.name;
      EXPECT_TRUE(reg.read || reg.write) << name << " " << reg.name;
      EXPECT_FALSE(reg.doc.empty()) << name << " " << reg.name;
    }
    EXPECT_EQ(machine.events.next(), kNever) << name << " is not idle at reset";
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
