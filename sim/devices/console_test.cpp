// The console through its registers only.
#include "isa/devices/console.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/bus/device.hpp"
#include "sim/bus/device_params.hpp"
#include "sim/bus/empty_machine.hpp"

namespace exosim {
namespace {

class FakeTerminal final : public Terminal {
 public:
  void put(uint8_t character) override { output += static_cast<char>(character); }
  std::optional<uint8_t> get() override {
    if (input.empty()) return std::nullopt;
    const auto next = static_cast<uint8_t>(input.front());
    input.erase(0, 1);
    return next;
  }

  std::string output;
  std::string input;
};

class ConsoleTest : public ::testing::Test {
 protected:
  ConsoleTest() {
    console_ =
        type_.create(machine_.context("console", params_, 25'000'000, {}, &terminal_)).value();
  }

  std::optional<uint32_t> read(uint32_t offset, unsigned width) {
    return console_->registers().read(offset, width);
  }
  bool write(uint32_t offset, unsigned width, uint32_t value) {
    return console_->registers().write(offset, width, value);
  }

  const DeviceType& type_ = Registry<DeviceType>::all().at("console");
  DeviceParams params_ = default_params(type_);
  FakeTerminal terminal_;
  EmptyMachine machine_;
  std::unique_ptr<Device> console_;
};

TEST_F(ConsoleTest, IsFoundByItsId) {
  EXPECT_EQ(type_.id, uint32_t{CONSOLE_ID});
  EXPECT_EQ(type_.size, uint32_t{CONSOLE_SIZE});
  EXPECT_FALSE(type_.has_interrupt);
}

TEST_F(ConsoleTest, PrintsBytes) {
  EXPECT_TRUE(write(CONSOLE_DATA, 1, 'H'));
  EXPECT_TRUE(write(CONSOLE_DATA, 4, 'i'));
  EXPECT_EQ(terminal_.output, "Hi");
}

TEST_F(ConsoleTest, PrintsEachByteOfAWiderWriteAsGxemulDoes) {
  EXPECT_TRUE(write(CONSOLE_DATA, 4, 0x00434241));
  EXPECT_TRUE(write(CONSOLE_DATA, 2, 0x4544));
  EXPECT_TRUE(write(CONSOLE_DATA, 4, 0x46004700));
  EXPECT_EQ(terminal_.output, "ABCDEGF");
}

TEST_F(ConsoleTest, IgnoresBytesBeyondTheWidth) {
  EXPECT_TRUE(write(CONSOLE_DATA, 1, 0x42424241));
  EXPECT_EQ(terminal_.output, "A");
}

TEST_F(ConsoleTest, PrintsNothingForZero) {
  EXPECT_TRUE(write(CONSOLE_DATA, 1, 0));
  EXPECT_EQ(terminal_.output, "");
}

TEST_F(ConsoleTest, ReadsInputInEveryByteThenZero) {
  terminal_.input = "qr\xff";
  EXPECT_EQ(read(CONSOLE_DATA, 1), 0x71u);
  EXPECT_EQ(read(CONSOLE_DATA, 4), 0x72727272u);
  EXPECT_EQ(read(CONSOLE_DATA, 2), 0xffffu);
  EXPECT_EQ(read(CONSOLE_DATA, 4), 0u);
}

TEST_F(ConsoleTest, PeeksWithoutEffects) {
  terminal_.input = "q";
  const Device& console = *console_;
  EXPECT_EQ(console.registers().peek(CONSOLE_DATA, 1), 0u);
  EXPECT_EQ(console.registers().peek(CONSOLE_HALT, 1), 0u);
  EXPECT_FALSE(machine_.run.stopped());
  EXPECT_EQ(read(CONSOLE_DATA, 1), 0x71u);
}

TEST_F(ConsoleTest, PowersOffOnAWriteToHalt) {
  EXPECT_TRUE(write(CONSOLE_HALT, 1, 77));
  EXPECT_EQ(machine_.run.reason(), ExitReason::kExit);
  EXPECT_EQ(machine_.run.status(), 0u);
}

TEST_F(ConsoleTest, PowersOffOnAReadOfHalt) {
  EXPECT_EQ(read(CONSOLE_HALT, 4), 0u);
  EXPECT_EQ(machine_.run.reason(), ExitReason::kExit);
}

TEST_F(ConsoleTest, EndsTheRunWithTheStatusWritten) {
  EXPECT_TRUE(write(CONSOLE_EXIT, 4, 42));
  EXPECT_EQ(machine_.run.reason(), ExitReason::kExit);
  EXPECT_EQ(machine_.run.status(), 42u);
}

TEST_F(ConsoleTest, EndsTheRunAsAPanicWithItsReason) {
  EXPECT_TRUE(write(CONSOLE_PANIC, 4, 0xdead));
  EXPECT_EQ(machine_.run.reason(), ExitReason::kGuestPanic);
  EXPECT_EQ(machine_.run.detail(), "reason 0xdead");
}

TEST_F(ConsoleTest, KeepsTheFirstReasonToStop) {
  EXPECT_TRUE(write(CONSOLE_EXIT, 4, 3));
  EXPECT_TRUE(write(CONSOLE_PANIC, 4, 1));
  EXPECT_EQ(machine_.run.reason(), ExitReason::kExit);
  EXPECT_EQ(machine_.run.status(), 3u);
}

TEST_F(ConsoleTest, RefusesOtherAccesses) {
  EXPECT_FALSE(write(0x04, 4, 'x'));
  EXPECT_FALSE(write(CONSOLE_DATA + 1, 1, 'x'));
  EXPECT_EQ(read(CONSOLE_EXIT, 4), std::nullopt);
  EXPECT_EQ(read(CONSOLE_PANIC, 4), std::nullopt);
  EXPECT_EQ(terminal_.output, "");
}

}  // namespace
}  // namespace exosim
