// Who gets the bus next.
#include "sim/bus/bus_requests.hpp"

#include <gtest/gtest.h>

namespace exosim {
namespace {

class Silent final : public BusMaster {
 public:
  void on_granted(Cycles, Cycles) override {}
};

class BusRequestsTest : public ::testing::Test {
 protected:
  const BusMaster* next_master() { return requests_.take().master; }

  BusRequests requests_;
  Silent a_;
  Silent b_;
  Silent c_;
};

TEST_F(BusRequestsTest, NobodyWaitsAtFirst) { EXPECT_EQ(requests_.next(), kNever); }

TEST_F(BusRequestsTest, TheEarliestComesFirst) {
  requests_.request(a_, {30}, {});
  requests_.request(b_, {10}, {});
  requests_.request(c_, {20}, {});
  EXPECT_EQ(requests_.next(), Cycles{10});
  EXPECT_EQ(next_master(), &b_);
  EXPECT_EQ(requests_.next(), Cycles{20});
  EXPECT_EQ(next_master(), &c_);
  EXPECT_EQ(next_master(), &a_);
  EXPECT_EQ(requests_.next(), kNever);
}

TEST_F(BusRequestsTest, OfTwoForOneCycleTheFirstWhoAsked) {
  requests_.request(b_, {10}, {});
  requests_.request(a_, {10}, {});
  EXPECT_EQ(next_master(), &b_);
  EXPECT_EQ(next_master(), &a_);
}

TEST_F(BusRequestsTest, AMasterHasOneRequest) {
  requests_.request(a_, {10}, {.words = 1});
  requests_.request(a_, {20}, {.words = 2});
  EXPECT_EQ(requests_.next(), Cycles{20});
  EXPECT_EQ(requests_.take().transfer.words, 2u);
  EXPECT_EQ(requests_.next(), kNever);
}

TEST_F(BusRequestsTest, WithdrawnIsForgotten) {
  requests_.request(a_, {10}, {});
  requests_.request(b_, {20}, {});
  requests_.withdraw(a_);
  requests_.withdraw(c_);
  EXPECT_EQ(requests_.next(), Cycles{20});
}

}  // namespace
}  // namespace exosim
