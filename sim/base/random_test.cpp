// Random and the other small types of this folder.
#include "sim/base/random.hpp"

#include <gtest/gtest.h>

#include "sim/base/registry.hpp"
#include "sim/base/result.hpp"
#include "sim/base/types.hpp"

namespace exosim {
namespace {

TEST(Random, GivesTheSameWordsForASeedOnEveryHost) {
  Random random(5489);
  EXPECT_EQ(random.double_word(), 14514284786278117030u);  // of the C++ standard's mt19937_64
  EXPECT_NE(Random(1).double_word(), Random(2).double_word());
}

TEST(Random, StaysBelowItsBound) {
  Random random(1);
  for (int i = 0; i < 1000; ++i) EXPECT_LT(random.below(7), 7u);
}

struct Fruit {
  int weight;
};
const Registry<Fruit>::Registration kPear{"pear", {3}};
const Registry<Fruit>::Registration kApple{"apple", {2}};

TEST(Registry, ListsByName) {
  ASSERT_EQ(Registry<Fruit>::all().size(), 2u);
  EXPECT_EQ(Registry<Fruit>::all().begin()->first, "apple");
  EXPECT_EQ(Registry<Fruit>::all().at("pear").weight, 3);
}

TEST(Result, HoldsAValueOrAnError) {
  const Result<int> good = 4;
  const Result<int> bad = Error{"file:1:2", "wrong"};
  EXPECT_TRUE(good);
  EXPECT_EQ(*good, 4);
  EXPECT_FALSE(bad);
  EXPECT_EQ(bad.error().text(), "file:1:2: wrong");
  EXPECT_EQ((Error{{}, "alone"}.text()), "alone");
}

TEST(Cycles, AddAndCompare) {
  Cycles time{5};
  time += Cycles{2};
  EXPECT_EQ(time, Cycles{7});
  EXPECT_EQ(time - Cycles{3}, Cycles{4});
  EXPECT_LT(time, kNever);
}

}  // namespace
}  // namespace exosim
