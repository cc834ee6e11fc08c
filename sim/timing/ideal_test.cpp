// The ideal engine.
#include <gtest/gtest.h>

#include "sim/timing/timing_model.hpp"

namespace exosim {
namespace {

TEST(IdealTiming, IsRegistered) { EXPECT_TRUE(Registry<TimingEngine>::all().contains("ideal")); }

TEST(IdealTiming, PricesEveryStepAtOneCycle) {
  const auto timing = Registry<TimingEngine>::all().at("ideal").create();
  Retired load;
  load.data = {.kind = DataAccess::Kind::kLoad, .width = 4};
  Retired fault;
  fault.exception = {.taken = true};
  EXPECT_EQ(timing->cost(Retired{}), Cycles{1});
  EXPECT_EQ(timing->cost(load), Cycles{1});
  EXPECT_EQ(timing->cost(fault), Cycles{1});
}

}  // namespace
}  // namespace exosim
