// The register that tells of failed writes.
#include "isa/devices/bus_error.h"

#include <gtest/gtest.h>

#include "sim/bus/device_params.hpp"
#include "sim/bus/empty_machine.hpp"

namespace exosim {
namespace {

constexpr unsigned kPin = 5;
constexpr PhysAddr kBase{0x10000000};
constexpr PhysAddr kNowhere{0x18000000};

class BusErrorTest : public ::testing::Test {
 protected:
  BusErrorTest() : device_(type_.create(context()).value()) {
    EXPECT_TRUE(machine_.bus.add_device("bus_error", kBase, type_.size, *device_));
  }

  DeviceContext context() {
    return machine_.context("bus_error", params_, 1, InterruptLine(machine_.pins, kPin));
  }
  uint32_t read(uint32_t offset) { return machine_.bus.read({kBase.value + offset}, 4).value; }
  bool interrupt() const { return machine_.pins.level() == 1u << kPin; }

  const DeviceType& type_ = Registry<DeviceType>::all().at("bus_error");
  const DeviceParams params_ = default_params(type_);
  EmptyMachine machine_{4096};
  std::unique_ptr<Device> device_;
};

TEST_F(BusErrorTest, IsSilentAtFirst) {
  EXPECT_EQ(read(BUS_ERROR_STATUS), 0u);
  EXPECT_FALSE(interrupt());
}

TEST_F(BusErrorTest, KeepsTheAddressOfTheFirstWriteThatNothingTook) {
  EXPECT_FALSE(machine_.bus.store(kNowhere, 4, 1).ok);
  EXPECT_TRUE(interrupt());
  EXPECT_EQ(read(BUS_ERROR_STATUS), uint32_t{BUS_ERROR_STATUS_PENDING});
  machine_.bus.store({kNowhere.value + 4}, 1, 1);
  EXPECT_EQ(read(BUS_ERROR_STATUS), uint32_t{BUS_ERROR_STATUS_PENDING | BUS_ERROR_STATUS_MORE});
  EXPECT_EQ(read(BUS_ERROR_ADDRESS), kNowhere.value);
}

TEST_F(BusErrorTest, AcknowledgingDropsTheLine) {
  machine_.bus.store(kNowhere, 4, 1);
  EXPECT_TRUE(machine_.bus.store(kBase, 4, 0).ok);
  EXPECT_FALSE(interrupt());
  EXPECT_EQ(read(BUS_ERROR_STATUS), 0u);
  machine_.bus.store({kNowhere.value + 8}, 4, 1);
  EXPECT_EQ(read(BUS_ERROR_ADDRESS), kNowhere.value + 8);
}

TEST_F(BusErrorTest, ADeviceThatRefusesIsAFailure) {
  EXPECT_FALSE(machine_.bus.store({kBase.value + BUS_ERROR_ADDRESS}, 4, 1).ok);
  EXPECT_EQ(read(BUS_ERROR_ADDRESS), kBase.value + BUS_ERROR_ADDRESS);
}

// Posted, the error comes when the write leaves the buffer.
TEST_F(BusErrorTest, APostedWriteFailsWhenItIsDelivered) {
  machine_.bus.post_stores(true);
  EXPECT_FALSE(machine_.bus.store(kNowhere, 4, 1).ok);
  EXPECT_FALSE(interrupt());
  machine_.bus.deliver(kNowhere, 15, 1);
  EXPECT_TRUE(interrupt());
}

TEST_F(BusErrorTest, AnotherMastersFailuresAreItsOwn) {
  EXPECT_FALSE(machine_.bus.write(kNowhere, 4, 1).ok);
  EXPECT_FALSE(interrupt());
}

TEST_F(BusErrorTest, IsNotToldWhenItIsGone) {
  device_.reset();
  EXPECT_FALSE(machine_.bus.store(kNowhere, 4, 1).ok);
  EXPECT_FALSE(interrupt());
}

}  // namespace
}  // namespace exosim
