// From results to figures: warm and cold, parts, series, published figures, placements.
#include "bench/report/figures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench/report/report_fixture.hpp"
#include "bench/report/series.hpp"

namespace exosim::bench {
namespace {

using ::testing::ElementsAre;
using testing::operation_row;
using testing::ordered_json;
using testing::point_of;
using testing::set_of;

std::vector<std::string> names_of(const Figures& figures) {
  std::vector<std::string> names;
  for (const OperationRow& row : figures.rows) names.push_back(row.operation);
  return names;
}

TEST(Figures, SamplesThatBeganColdAreApart) {
  const ordered_json row = operation_row("step", "hello.elf", {30, 10, 90, 20, 80},
                                         {{"application", {{"execute", 230}}}}, {0, 0, 1, 0, 1});
  const ResultSet set = set_of({point_of({}, {row})});
  const Figures figures = figures_of(set);
  ASSERT_EQ(figures.rows.size(), 1u);
  const WarmAndCold& both = figures.rows[0].settings[0];
  EXPECT_EQ(both.warm.built->median, 20u);
  EXPECT_EQ(both.warm.built->min, 10u);
  EXPECT_EQ(both.warm.built->max, 30u);
  EXPECT_EQ(both.cold.built->median, 80u);
  EXPECT_TRUE(both.warm.built->is_mixed);
  EXPECT_DOUBLE_EQ(both.warm.built->mean, 46);
}

TEST(Figures, PartsAddUpToTheMean) {
  const ResultSet set = set_of({point_of({}, {testing::page_row()})});
  const Figures figures = figures_of(set);
  const Measured& built = *figures.rows[0].settings[0].warm.built;
  EXPECT_DOUBLE_EQ(built.mean, 100);
  EXPECT_THAT(built.domains,
              ElementsAre(std::pair("application", 60.0), std::pair("protection", 40.0)));
  EXPECT_THAT(built.causes, ElementsAre(std::pair("data_cache", 5.0), std::pair("execute", 95.0)));
}

TEST(Figures, AColdPointIsWhatItsOperationsBeginColdIn) {
  auto warm =
      operation_row("step", "hello.elf", {5, 50}, {{"application", {{"execute", 55}}}}, {0, 1});
  auto cold = operation_row("step", "hello.elf", {70}, {{"application", {{"execute", 70}}}}, {1});
  const ResultSet set = set_of({point_of({}, {warm}), point_of({.cold = true}, {cold})});
  const Figures figures = figures_of(set);
  const WarmAndCold& both = figures.rows[0].settings[0];
  EXPECT_EQ(both.warm.built->median, 5u);
  EXPECT_EQ(both.cold.built->median, 70u);
  EXPECT_EQ(both.cold.built->run, 1u);
}

TEST(Figures, SeriesStandByTheirNumbersAndHaveEnds) {
  const ResultSet set = testing::sample_set();
  const Figures figures = figures_of(set);
  EXPECT_THAT(names_of(figures), ElementsAre("page", "refill, 1", "refill, 2", "refill, 4",
                                             "refill, 16", "end of slice"));
  EXPECT_FALSE(figures.rows[1].is_inner);
  EXPECT_TRUE(figures.rows[2].is_inner);
  EXPECT_TRUE(figures.rows[3].is_inner);
  EXPECT_FALSE(figures.rows[4].is_inner);
  EXPECT_EQ(figures.rows[4].series, "refill");
  EXPECT_EQ(figures.rows[0].series, "");
}

TEST(Figures, WhatWasNeverCompletedIsNoEndOfASeries) {
  ResultSet set = testing::sample_set();
  for (ReportPoint& point : set.points) {
    auto& rows = point.result.stats["operations"];
    rows.push_back(operation_row("refill, 0", "hello.elf", {}, ordered_json::object()));
    rows.back()["cycles"] = rows.back()["ledger"] = nullptr;
  }
  const Figures figures = figures_of(set);
  EXPECT_EQ(figures.rows[1].operation, "refill, 1");
  EXPECT_FALSE(figures.rows[1].is_inner);
}

TEST(Figures, TwoNumbersAreNoSeries) {
  std::vector<ordered_json> rows;
  for (const char* name : {"read, 1", "read, 2", "read"})
    rows.push_back(operation_row(name, "hello.elf", {1}, {{"application", {{"execute", 1}}}}));
  const ResultSet set = set_of({point_of({}, rows)});
  for (const OperationRow& row : figures_of(set).rows) {
    EXPECT_EQ(row.series, "") << row.operation;
    EXPECT_FALSE(row.is_inner) << row.operation;
  }
}

TEST(Figures, ANumberIsBehindACommaAndNothingElse) {
  EXPECT_EQ(NumberedName("TLB refill, 16").name, "TLB refill");
  EXPECT_EQ(NumberedName("TLB refill, 16").number, 16u);
  for (const char* name : {"abort, 8 pages", "read 16", ", 16", "read,16", "read, ", "read, -1",
                           "read, 99999999999999999999"}) {
    EXPECT_FALSE(NumberedName(name).has_number) << name;
    EXPECT_EQ(NumberedName(name).name, name);
  }
}

TEST(Figures, PublishedFiguresNameAndOrderTheRows) {
  ResultSet set = testing::sample_set();
  set.published = {{{}, {{"taking a page", "page", 2, {{"fast", {"1.5", "H"}}}}}}};
  const Figures figures = figures_of(set);
  EXPECT_EQ(figures.rows[0].title(), "taking a page");
  EXPECT_DOUBLE_EQ(figures.rows[0].share(), 2);
  EXPECT_EQ(figures.rows[1].title(), "refill, 1");
}

TEST(Figures, PlacementsAreBesideWhatWasBuilt) {
  const ResultSet set = set_of({point_of({}, {testing::page_row(100)}),
                                point_of({.placement = 1}, {testing::page_row(120)})});
  const Figures figures = figures_of(set);
  ASSERT_EQ(figures.settings.size(), 1u);
  const Measurements& warm = figures.rows[0].settings[0].warm;
  EXPECT_EQ(warm.built->median, 100u);
  ASSERT_EQ(warm.placed.size(), 1u);
  EXPECT_EQ(warm.placed[0].median, 120u);
  EXPECT_EQ(split_placement("aegis.placement3"), std::pair(std::string("aegis"), 3u));
  EXPECT_EQ(split_placement("aegis.placementx").second, 0u);
}

TEST(Figures, LabelsSayWhatDiffers) {
  const ResultSet one = testing::sample_set();
  EXPECT_EQ(figures_of(one).label(figures_of(one).settings[1]), "slow");
  const ResultSet two = set_of(
      {point_of({}, {testing::page_row()}), point_of({.kernel = "other"}, {testing::page_row()})});
  EXPECT_EQ(figures_of(two).label(figures_of(two).settings[1]), "fast, other");
}

TEST(Figures, NamesOfImagesCannotDriveATerminal) {
  const ResultSet set = set_of({point_of(
      {}, {operation_row("\x1b[2J\n", "hello.elf", {1}, {{"application", {{"execute", 1}}}})})});
  EXPECT_EQ(figures_of(set).rows[0].operation, "?[2J?");
}

}  // namespace
}  // namespace exosim::bench
