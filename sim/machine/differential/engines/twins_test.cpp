// A difference between two machines is told in few steps, also one that takes DMA or a refresh: an
// engine that is wrong on purpose is found and its difference reduced.
#include "sim/machine/differential/engines/twins.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

namespace exosim::differential {
namespace {

using ::testing::HasSubstr;

/// The fast engine, but a step that waits for somebody else on the bus takes a cycle more.
class LateTiming final : public TimingModel {
 public:
  explicit LateTiming(std::unique_ptr<TimingModel> right) : right_(std::move(right)) {}

  const StepCost& cost(Cycles begin, const Retired& retired) override {
    cost_ = right_->cost(begin, retired);
    for (const StallCounts& counts : cost_.stalls)
      if (counts[size_t(StallCause::kBusContention)] != 0)
        return cost_.stall(0, StallCause::kBusContention, 1), cost_;
    return cost_;
  }
  bool write_buffer_empty(Cycles begin) override { return right_->write_buffer_empty(begin); }

 private:
  std::unique_ptr<TimingModel> right_;
  StepCost cost_;
};

const Registry<TimingEngine>::Registration kLate{
    "late",
    {.summary = "wrong on purpose",
     .create = [](const TimingContext& context) -> std::unique_ptr<TimingModel> {
       const TimingEngine& right = Registry<TimingEngine>::all().find("r3000")->second;
       return std::make_unique<LateTiming>(right.create(context));
     }}};

std::string difference(const MachineConfig& config, const std::string& program) {
  Twins twins(config, "late");
  twins.boot(exosim::testing::bare_program(program), {});
  while (twins.steps() < 20'000 && twins.step()) {
  }
  return twins.difference();
}

TEST(Twins, ADifferenceThatTakesDmaIsReduced) {
  MachineConfig config = exosim::testing::standard_machine();
  config.devices.push_back(exosim::testing::standard_device("dma", 0x10002000, std::nullopt));
  const std::string text = difference(config, R"(
      lui s0,0xb000; ori s0,s0,0x2000
      lui s1,0xa000; ori s1,s1,0x8000
      ori t0,zero,0x9000; sw t0,0(s1); ori t0,zero,0xa000; sw t0,4(s1)
      ori t0,zero,1024; sw t0,8(s1); sw zero,12(s1); sw zero,16(s1); sw zero,20(s1)
      ori t0,zero,0x8000; sw t0,0(s0); ori t0,zero,1; sw t0,4(s0); sw t0,16(s0)
      ori t1,zero,500
wait: addiu t1,t1,-1
      bne t1,zero,wait
      nop
      ori t0,zero,1; sw t0,12(s0)
loop: lw t2,0(s1)
      beq zero,zero,loop
      nop)");
  ASSERT_THAT(text, HasSubstr("bus_contention"));
  ASSERT_THAT(text, HasSubstr("reduced:"));
  const std::string reduction = text.substr(text.find("reduced:"));
  EXPECT_THAT(reduction, HasSubstr("r"
                                   "x8 again"));
  EXPECT_LT(std::ranges::count(reduction, '\n'), 3 * 12);
}

// One load only, at a time at which the bus is refreshed, long after the steps that are remembered
// began.
TEST(Twins, ADifferenceThatTakesARefreshIsReduced) {
  MachineConfig config = exosim::testing::standard_machine();
  config.timing.memory.refresh_interval_ps = 40'000'000;  // 1,000 cycles
  config.timing.memory.refresh_cycles = 20;
  unsigned found = 0;
  for (int wait = 3'700; wait < 4'100; wait += 4) {
    const std::string text =
        difference(config, "lui s1,0xa000; ori t1,zero," + std::to_string(wait) + R"(
wait: addiu t1,t1,-1
      bne t1,zero,wait
      nop
      lw t2,0(s1)
end:  beq zero,zero,end; nop)");
    if (text.empty()) continue;
    ++found;
    EXPECT_THAT(text, HasSubstr("reduced:"));
  }
  EXPECT_GT(found, 0u);
}

TEST(Twins, WithoutADifferenceThereIsNothingToTell) {
  const auto config = exosim::testing::standard_machine();
  EXPECT_EQ(difference(config, "end: beq zero,zero,end; nop"), "");
}

}  // namespace
}  // namespace exosim::differential
