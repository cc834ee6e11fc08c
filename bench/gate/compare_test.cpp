// What counts as a difference: every figure, unless a rule says otherwise.
#include "bench/gate/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace exosim::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

OperationFigures step(int64_t cycles) {
  OperationFigures figures{.image = "hello.elf", .name = "step", .count = 2};
  figures.cycles = {cycles, cycles, cycles, 2 * cycles};
  figures.instructions = {10, 10, 10, 20};
  figures.ledger["protection"] = {{"execute", 2 * cycles}};
  return figures;
}

std::vector<std::string> differ(const OperationFigures& now,
                                const OperationRule& rule = {.tolerance = 0}) {
  return differences(step(100), now, &rule);
}

TEST(Compare, EqualFiguresDoNotDiffer) {
  EXPECT_THAT(differ(step(100)), IsEmpty());
  EXPECT_THAT(differences(step(100), step(100), nullptr), IsEmpty());
}

TEST(Compare, OneCycleIsADifference) {
  EXPECT_THAT(differ(step(101)), ElementsAre("100 -> 101 cycles (+1, +1.0%)"));
  EXPECT_THAT(differ(step(99)), ElementsAre("100 -> 99 cycles (-1, -1.0%)"));
}

TEST(Compare, EachFigureOfASpreadCounts) {
  for (const auto& [member, name] : {std::pair{&Spread::min, "min"},
                                     {&Spread::median, "median"},
                                     {&Spread::max, "max"},
                                     {&Spread::total, "total"}}) {
    OperationFigures now = step(100);
    now.cycles.*member += 50;
    EXPECT_EQ(differ(now).size(), 1u) << name;
    now = step(100);
    now.instructions.*member += 50;
    EXPECT_EQ(differ(now).size(), 1u) << name;
  }
}

TEST(Compare, AnotherCountIsADifference) {
  OperationFigures now = step(100);
  now.count = 3;
  now.cycles.total = 300;
  now.instructions.total = 30;
  EXPECT_THAT(differ(now), ElementsAre("completed 3 times, expected 2"));
}

TEST(Compare, SameCyclesOfAnotherCauseAreADifference) {
  OperationFigures now = step(100);
  now.ledger["protection"] = {{"execute", 190}, {"data_cache", 10}};
  EXPECT_THAT(differ(now), ElementsAre("100 cycles as before, of other domains or causes"));
}

TEST(Compare, ToleranceIsAShareOfTheExpected) {
  const OperationRule rule{.tolerance = 0.02};
  EXPECT_THAT(differ(step(102), rule), IsEmpty());
  EXPECT_THAT(differ(step(98), rule), IsEmpty());
  EXPECT_THAT(differ(step(103), rule),
              ElementsAre("100 -> 103 cycles (+3, +3.0%), beyond its tolerance of 2%"));
}

TEST(Compare, BudgetAloneComparesNothing) {
  const OperationRule rule{.max_cycles = 150};
  EXPECT_THAT(differ(step(150), rule), IsEmpty());
  EXPECT_THAT(differ(step(151), rule), ElementsAre("takes up to 151 cycles, its budget is 150"));
}

TEST(Compare, BudgetAndToleranceBothHold) {
  const OperationRule rule{.tolerance = 0.1, .max_cycles = 105};
  EXPECT_THAT(differ(step(105), rule), IsEmpty());
  EXPECT_EQ(differ(step(106), rule).size(), 1u);
  EXPECT_EQ(differ(step(120), rule).size(), 2u);
}

}  // namespace
}  // namespace exosim::bench
