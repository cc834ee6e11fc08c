// Which points --only chooses.
#include "bench/suite/selection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace exosim::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<Point> points() {
  std::vector<Point> points;
  for (const char* workload : {"hello", "work"})
    for (const char* machine : {"dec3100", "dec2100"})
      for (const bool cold : {false, true}) {
        Point point;
        point.workload = workload;
        point.machine = machine;
        point.kernel = "aegis";
        point.seed = 1;
        point.cold = cold;
        points.push_back(point);
      }
  return points;
}

std::vector<std::string> labels(std::string_view choices) {
  const auto chosen = selected(points(), choices);
  if (!chosen) return {chosen.error().text()};
  std::vector<std::string> labels;
  for (const Point& point : *chosen) labels.push_back(point.label());
  return labels;
}

TEST(Selection, IsOfPointsThatHaveAllWords) {
  EXPECT_THAT(labels("hello dec2100"),
              ElementsAre("hello dec2100 aegis warm", "hello dec2100 aegis cold"));
}

TEST(Selection, IsOfAnyChoiceInTheOrderOfTheSuite) {
  EXPECT_THAT(labels("work cold dec3100,  hello warm dec3100,hello dec3100 warm"),
              ElementsAre("hello dec3100 aegis warm", "work dec3100 aegis cold"));
}

TEST(Selection, RefusesWhatChoosesNothing) {
  EXPECT_THAT(labels("helo"), ElementsAre(HasSubstr("hello")));
  EXPECT_THAT(labels("hello work"), ElementsAre(HasSubstr("no point has all words")));
  EXPECT_THAT(labels(" , "), ElementsAre(HasSubstr("no point")));
}

}  // namespace
}  // namespace exosim::bench
