// Results that are compared as they lie in files: folders, results, statistics.
#include "bench/gate/stored_results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench/gate/gate_fixture.hpp"
#include "bench/gate/report_text.hpp"
#include "bench/results/results_folder.hpp"
#include "bench/results/suite_json.hpp"

namespace exosim::bench {
namespace {

using ::testing::HasSubstr;
using testing::ordered_json;

class StoredResultsTest : public ::testing::Test {
 protected:
  /// The warm and the cold point of hello, in a folder of results.
  std::filesystem::path results(const std::string& name, const ordered_json& lines) const {
    const std::string text = "machines: [machine.yaml]\nworkloads: [{name: hello, cold: all}]\n";
    const auto points = folder_.points(text);
    const auto folder = ResultsFolder::create(folder_.path() / name);
    for (const Point& point : *points)
      EXPECT_TRUE(
          folder->write(point, {0, "", "", testing::stats_of(lines), testing::profile_of(lines)}));
    EXPECT_TRUE(folder->write_suite(
        suite_json(*parse_suite(text, "suite.yaml"), folder_.suite_path(), *points)));
    return folder->path();
  }

  GateReport compared(const std::filesystem::path& before, const std::filesystem::path& now) {
    const auto one = read_stored(before, sources_);
    const auto other = read_stored(now, sources_);
    EXPECT_TRUE(one) << (one ? "" : one.error().text());
    EXPECT_TRUE(other) << (other ? "" : other.error().text());
    return compare_stored(*one, *other, sources_);
  }

  testing::SuiteFolder folder_;
  SourceTexts sources_{folder_.path()};
  ordered_json dearer_ = {testing::line(1, 40), testing::line(2, 200), testing::line(3, 20),
                          testing::line(4, 30), testing::line(5, 20)};
};

TEST_F(StoredResultsTest, FoldersAreComparedPointByPoint) {
  const auto before = results("a", testing::kBefore);
  EXPECT_TRUE(compared(before, before).as_expected());
  const GateReport report = compared(before, results("b", dearer_));
  EXPECT_EQ(report.points.size(), 2u);
  EXPECT_EQ(report.wrong(), 2u);
  EXPECT_THAT(report_text(report, {}), HasSubstr("hello machine aegis cold\n"));
  EXPECT_THAT(report_text(report, {}), HasSubstr("page.cpp:2: execute +10"));
  EXPECT_THAT(report.points[0].command, HasSubstr("exosim"));
}

TEST_F(StoredResultsTest, SaysIfTheSourcesMayBeOthers) {
  const auto before = results("a", testing::kBefore);
  const auto now = results("b", dearer_);
  EXPECT_THAT(compared(before, now).notes, ::testing::IsEmpty());
  std::filesystem::remove(folder_.path() / "guest/hello.elf");
  folder_.write("guest/aegis.elf", "another");
  const GateReport report = compared(before, now);
  ASSERT_EQ(report.notes.size(), 2u);
  EXPECT_THAT(report.notes[0], HasSubstr("others now, or not there (aegis.elf, hello.elf)"));
  EXPECT_THAT(report_text(report, {}), HasSubstr("note: " + before.string()));
  EXPECT_EQ(report_text(compared(before, before), {}), "");
}

TEST_F(StoredResultsTest, FilesOfTwoPointsAreComparedWhateverTheyAre) {
  const auto file = std::filesystem::directory_iterator(results("a", dearer_) / "points")->path();
  const auto stats = folder_.write("stats.json", testing::stats_of(testing::kBefore).dump());
  const GateReport report = compared(stats, file);
  EXPECT_EQ(report.wrong(), 1u);
  EXPECT_THAT(report_text(report, {}), HasSubstr("page allocate: 21 -> 31 cycles (+10, +47.6%)"));
}

TEST_F(StoredResultsTest, PointThatOneLacksIsADifference) {
  const auto before = results("a", testing::kBefore);
  auto suite = ordered_json::parse(folder_.read("a/suite.json"));
  suite["points"].erase(1);
  const auto now = results("b", testing::kBefore);
  folder_.write("b/suite.json", suite.dump());
  EXPECT_EQ(compared(before, now).points.at(1).wrong, "is only in " + before.string());
  EXPECT_EQ(compared(now, before).points.at(1).wrong, "is only in " + before.string());
}

TEST_F(StoredResultsTest, OtherFilesAreRefused) {
  for (const std::string text : {"", "[]", "{}", R"({"schema": "exosim-result"})"}) {
    const auto stored = read_stored(folder_.write("bad.json", text), sources_);
    ASSERT_FALSE(stored) << text;
    EXPECT_THAT(stored.error().text(), HasSubstr("bad.json: is n"));
  }
  EXPECT_FALSE(read_stored(folder_.path() / "none", sources_));
  EXPECT_FALSE(read_stored(folder_.path(), sources_));  // no suite.json
}

}  // namespace
}  // namespace exosim::bench
