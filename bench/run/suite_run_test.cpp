// A suite with a program that stands in for exosim: what is run, what is not run again, and what is
// said of a run that goes wrong.
#include "bench/run/suite_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench/suite/suite_fixture.hpp"

namespace exosim::bench {
namespace {

using How = PointOutcome::How;
using ::testing::HasSubstr;
using testing::SuiteFolder;

const std::string kTwoPoints =
    "machines: [machine.yaml]\nworkloads: [{name: hello, cold: all, expect: {}}]\n";

class SuiteRun : public ::testing::Test {
 protected:
  SuiteOutcome run(const std::string& text = kTwoPoints, RunOptions options = {}) {
    const auto suite = parse_suite(text, "suite.yaml");
    const auto points = points_of(*suite, folder_.suite_path(), folder_.places());
    EXPECT_TRUE(points) << (points ? "" : points.error().text());
    points_ = *points;
    const auto folder = ResultsFolder::create(results());
    const auto expected = read_expectations(*suite, folder_.suite_path());
    RunDisplay display(nullptr, false, false, [] { return 0.0; });
    auto outcome = run_points(points_, *expected, options, *folder, display);
    EXPECT_TRUE(outcome) << (outcome ? "" : outcome.error().text());
    return outcome ? *outcome : SuiteOutcome{};
  }
  std::filesystem::path results() const { return folder_.path() / "results"; }
  std::filesystem::path file_of(size_t point) const {
    return results() / "points" / (points_.at(point).key + ".json");
  }

  SuiteFolder folder_;
  std::vector<Point> points_;
};

TEST_F(SuiteRun, WritesAFileForEachPoint) {
  const SuiteOutcome outcome = run();
  EXPECT_TRUE(outcome.as_expected());
  EXPECT_EQ(outcome.count(How::kRan), 2u);
  EXPECT_THAT(folder_.read(file_of(0)), HasSubstr("\"data\":\"hello\\n\""));
  EXPECT_TRUE(std::filesystem::exists(file_of(1)));
  EXPECT_FALSE(std::filesystem::exists(results() / "running"));
}

TEST_F(SuiteRun, RunsNothingTwice) {
  run();
  const std::string before = folder_.read(file_of(0));
  const SuiteOutcome again = run();
  EXPECT_EQ(again.count(How::kCached), 2u);
  EXPECT_EQ(folder_.runs(), 2u);
  EXPECT_EQ(folder_.read(file_of(0)), before);
}

TEST_F(SuiteRun, RunsAgainWhatChanged) {
  run();
  folder_.script("echo other; cp $folder/stats.json $stats");
  EXPECT_EQ(run().count(How::kRan), 2u);
  EXPECT_EQ(folder_.runs(), 4u);
}

TEST_F(SuiteRun, RunsAgainWhatIsNotWhole) {
  run();
  std::filesystem::resize_file(file_of(1), 100);
  const SuiteOutcome again = run();
  EXPECT_EQ(again.points.at(0).how, How::kCached);
  EXPECT_EQ(again.points.at(1).how, How::kRan);
}

TEST_F(SuiteRun, ForceRunsAllAgain) {
  run();
  EXPECT_EQ(run(kTwoPoints, {.force = true}).count(How::kRan), 2u);
  EXPECT_EQ(folder_.runs(), 4u);
}

TEST_F(SuiteRun, CrashIsNoResultAndIsTriedAgain) {
  folder_.script("echo before the crash >&2; kill -SEGV $$");
  const SuiteOutcome outcome = run();
  EXPECT_FALSE(outcome.as_expected());
  EXPECT_EQ(outcome.points.at(0).how, How::kFailed);
  EXPECT_THAT(outcome.points.at(0).wrong, HasSubstr("exosim was ended by signal 11"));
  EXPECT_EQ(outcome.points.at(0).messages, "before the crash\n");
  EXPECT_FALSE(std::filesystem::exists(file_of(0)));
  EXPECT_EQ(run().count(How::kFailed), 2u);
  EXPECT_EQ(folder_.runs(), 4u);
}

TEST_F(SuiteRun, ChildEndedByAnInterruptAloneIsWrong) {
  folder_.script("kill -INT $$");
  EXPECT_EQ(run().count(How::kFailed), 2u);
}

TEST_F(SuiteRun, TimeoutIsNoResult) {
  folder_.script("exec sleep 1000");
  const SuiteOutcome outcome =
      run(kTwoPoints, {.jobs = 2, .timeout = std::chrono::milliseconds(50)});
  EXPECT_THAT(outcome.points.at(1).wrong, HasSubstr("--timeout"));
}

TEST_F(SuiteRun, RefusalByExosimIsNoResult) {
  folder_.script("echo exosim: bad >&2; exit 2");
  EXPECT_EQ(run().points.at(0).wrong, "exosim ended with exit status 2 and wrote no statistics");
}

TEST_F(SuiteRun, UnexpectedEndIsAResultAndSaidEachTime) {
  folder_.write("stats.json",
                std::string(testing::kStats)
                    .replace(testing::kStats.find("\"exit_status\": 0"), 16, "\"exit_status\": 9"));
  folder_.script("echo why >&2; cp $folder/stats.json $stats; exit 9");
  for (const How how : {How::kRan, How::kCached}) {
    const SuiteOutcome outcome = run();
    EXPECT_EQ(outcome.points.at(0).how, how);
    EXPECT_EQ(outcome.points.at(0).wrong, "ended with exit, status 9; expected exit, status 0");
    EXPECT_EQ(outcome.points.at(0).messages, "why\n");
  }
  EXPECT_EQ(folder_.runs(), 2u);
}

TEST_F(SuiteRun, SameRunOfTwoExpectationsIsJudgedByEach) {
  folder_.write("console.txt", "bye\n");
  const SuiteOutcome outcome =
      run("machines: [machine.yaml]\nworkloads:\n  - {name: hello}\n"
          "  - {name: hello2, images: [hello.elf], expect: {console: console.txt}}\n");
  EXPECT_EQ(outcome.points.at(0).wrong, "");
  EXPECT_EQ(outcome.points.at(1).wrong,
            "the console differs at line 1: got \"hello\", expected \"bye\"");
}

TEST_F(SuiteRun, ResultThatCannotBeWrittenEndsTheRun) {
  const auto suite = parse_suite(kTwoPoints, "suite.yaml");
  const auto points = points_of(*suite, folder_.suite_path(), folder_.places());
  const auto folder = ResultsFolder::create(results());
  std::filesystem::remove(results() / "points");
  folder_.write("results/points", "no folder");
  RunDisplay display(nullptr, false, false, [] { return 0.0; });
  const auto outcome =
      run_points(*points, *read_expectations(*suite, ""), {.jobs = 1}, *folder, display);
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().text(), HasSubstr("cannot be written"));
  EXPECT_EQ(folder_.runs(), 1u);
}

}  // namespace
}  // namespace exosim::bench
