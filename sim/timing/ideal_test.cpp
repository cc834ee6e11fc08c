// The ideal engine.
#include <gtest/gtest.h>

#include <vector>

#include "sim/timing/timing_model.hpp"

namespace exosim {
namespace {

class IdealTiming : public ::testing::Test {
 protected:
  TimingConfig config_;
  BusRequests requests_;
  std::unique_ptr<TimingModel> timing_ =
      Registry<TimingEngine>::all().at("ideal").create({config_, requests_});
};

/// Asks again as soon as it has been served.
class Greedy final : public BusMaster {
 public:
  explicit Greedy(BusRequests& requests) : requests_(requests) {}
  void on_granted(Cycles start, Cycles end) override {
    starts.push_back(start.count);
    requests_.request(*this, end, {.words = 2});
  }
  std::vector<uint64_t> starts;

 private:
  BusRequests& requests_;
};

TEST_F(IdealTiming, PricesEveryStepAtOneCycle) {
  Retired load;
  load.data = {.kind = DataAccess::Kind::kLoad, .width = 4};
  Retired fault;
  fault.exception = {.taken = true};
  EXPECT_EQ(timing_->cost({0}, Retired{}), StepCost{});
  EXPECT_EQ(timing_->cost({1}, load), StepCost{});
  EXPECT_EQ(timing_->cost({2}, fault), StepCost{});
}

TEST_F(IdealTiming, GrantsTheBusInTheStepInWhichItIsAskedFor) {
  Greedy master(requests_);
  requests_.request(master, {2}, {.words = 3});
  for (uint64_t now = 0; now < 8; ++now) timing_->cost({now}, Retired{});
  EXPECT_EQ(master.starts, (std::vector<uint64_t>{2, 5, 7}));
  EXPECT_EQ(requests_.next(), Cycles{9});
}

TEST_F(IdealTiming, MastersWaitForOneAnother) {
  Greedy a(requests_);
  Greedy b(requests_);
  requests_.request(a, {0}, {.words = 4});
  requests_.request(b, {1}, {.words = 1});
  for (uint64_t now = 0; now < 5; ++now) timing_->cost({now}, Retired{});
  EXPECT_EQ(a.starts, (std::vector<uint64_t>{0}));
  EXPECT_EQ(b.starts, (std::vector<uint64_t>{4}));
}

TEST_F(IdealTiming, TheWriteBufferIsEmpty) { EXPECT_TRUE(timing_->write_buffer_empty({5})); }

}  // namespace
}  // namespace exosim
