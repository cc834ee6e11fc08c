// Folders of results that are there, that are not, and that are damaged; published figures; the
// page's files.
#include "bench/report/result_set.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench/report/page_files.hpp"
#include "bench/results/results_folder.hpp"
#include "bench/results/suite_json.hpp"
#include "bench/suite/suite_fixture.hpp"

namespace exosim::bench {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class ResultSetTest : public ::testing::Test {
 protected:
  ResultSetTest() {
    const std::string text =
        "machines: [machine.yaml]\nworkloads: [{name: hello, cold: all, folder: here}]\n";
    points_ = *folder_.points(text);
    const auto results = ResultsFolder::create(folder_.path() / "out");
    for (const Point& point : points_)
      EXPECT_TRUE(results->write(point, {0, "", "", nlohmann::ordered_json::parse(testing::kStats),
                                         nlohmann::ordered_json::parse(testing::kProfile)}));
    EXPECT_TRUE(results->write_suite(
        suite_json(*parse_suite(text, "suite.yaml"), folder_.suite_path(), points_)));
  }

  std::string error() const {
    const auto set = read_result_set(folder_.path() / "out");
    return set ? "" : set.error().text();
  }
  std::string point_file(size_t index) const {
    return "out/points/" + points_[index].key + ".json";
  }

  testing::SuiteFolder folder_;
  std::vector<Point> points_;
};

TEST_F(ResultSetTest, IsReadInTheOrderOfTheSuite) {
  const auto set = read_result_set(folder_.path() / "out");
  ASSERT_TRUE(set) << error();
  ASSERT_EQ(set->points.size(), 2u);
  EXPECT_EQ(set->points[0].label(), "hello machine aegis");
  EXPECT_EQ(set->points[1].label(), "hello machine aegis cold");
  EXPECT_DOUBLE_EQ(set->points[0].clock_hz, 25e6);
}

TEST_F(ResultSetTest, NothingIsWrittenToTheFolder) {
  const fs::path out = folder_.path() / "out";
  const auto names = [&out] {
    std::set<fs::path> all;
    for (const auto& entry : fs::recursive_directory_iterator(out)) all.insert(entry.path());
    return all;
  };
  const auto before = names();
  fs::permissions(out, fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_TRUE(read_result_set(out));
  fs::permissions(out, fs::perms::owner_all);
  EXPECT_EQ(names(), before);
}

TEST_F(ResultSetTest, WhatIsNoFolderOfResultsIsRefused) {
  EXPECT_THAT(read_result_set(folder_.path() / "none").error().text(), HasSubstr("no such folder"));
  EXPECT_THAT(read_result_set(folder_.path() / "stats.json").error().text(),
              HasSubstr("is no folder"));
  EXPECT_THAT(read_result_set(folder_.path()).error().text(),
              HasSubstr("has no suite.json: no folder of exosim-bench run"));
}

TEST_F(ResultSetTest, TruncatedPointsAreNamed) {
  const std::string whole = folder_.read(point_file(1));
  folder_.write(point_file(1), whole.substr(0, whole.size() / 2));
  EXPECT_THAT(error(), HasSubstr("the results of 1 of 2 points are not whole"));
  EXPECT_THAT(error(), HasSubstr("hello machine aegis cold: "));
  EXPECT_THAT(error(), HasSubstr("is no JSON object"));
}

TEST_F(ResultSetTest, RunsThatFailedAreSaid) {
  fs::remove(folder_.path() / point_file(0));
  const auto set = read_result_set(folder_.path() / "out");
  ASSERT_TRUE(set) << error();
  EXPECT_EQ(set->points.size(), 1u);
  EXPECT_EQ(set->missing, std::vector<std::string>{"hello machine aegis"});
  fs::remove(folder_.path() / point_file(1));
  EXPECT_THAT(error(), HasSubstr("has no results"));
}

TEST_F(ResultSetTest, AnotherPointsResultIsNone) {
  folder_.write(point_file(1), folder_.read(point_file(0)));
  EXPECT_THAT(error(), HasSubstr("is the result of another run"));
}

TEST_F(ResultSetTest, DamagedSuitesAreRefused) {
  const auto suite = nlohmann::ordered_json::parse(folder_.read("out/suite.json"));
  const auto with = [&](auto change) {
    auto other = suite;
    change(other);
    folder_.write("out/suite.json", other.dump());
    return error();
  };
  EXPECT_THAT(with([](auto& json) { json["version"] = 9; }), HasSubstr("another version"));
  EXPECT_THAT(with([](auto& json) { json["schema"] = "x"; }), HasSubstr("is no suite"));
  EXPECT_THAT(with([](auto& json) { json["points"] = 1; }), HasSubstr("is damaged: points"));
  EXPECT_THAT(with([](auto& json) { json["points"].clear(); }), HasSubstr("has no points"));
  EXPECT_THAT(with([](auto& json) { json["points"][0]["key"] = "../x"; }),
              HasSubstr("is damaged: points.key"));
  EXPECT_THAT(with([](auto& json) { json["points"][0].erase("command"); }),
              HasSubstr("is damaged: points.command"));
  folder_.write("out/suite.json", "{");
  EXPECT_THAT(error(), HasSubstr("is no suite as exosim-bench run writes it"));
}

TEST_F(ResultSetTest, PublishedFiguresAreThoseNamed) {
  auto set = read_result_set(folder_.path() / "out");
  const fs::path file = folder_.write("figures.yaml",
                                      "primitives:\n  - {title: a step, operation: step, share: 2, "
                                      "microseconds: {machine: 1.5 H}}\n");
  ASSERT_TRUE(add_published(*set, file.string()));
  EXPECT_EQ(set->published[0].operations[0].by_machine.at("machine").microseconds, "1.5");
  EXPECT_THAT(add_published(*set, (folder_.path() / "figure.yaml").string()).error().text(),
              HasSubstr("figure.yaml"));
}

TEST(Published, WhatIsWrongIsSaidWithItsPlace) {
  const auto error = [](const std::string& text) {
    const auto rows = parse_published(text, "p.yaml");
    return rows ? "" : rows.error().text();
  };
  EXPECT_THAT(error("primitivs: []\n"), HasSubstr("p.yaml:1:1: "));
  EXPECT_THAT(error("primitives: 3\n"), HasSubstr("expected a list of operations"));
  EXPECT_THAT(error("primitives:\n  - {title: a}\n"), HasSubstr("operation"));
  EXPECT_THAT(error("primitives:\n  - {title: a, operation: b, microseconds: {m: 1.5}}\n"),
              HasSubstr("p.yaml:2:48: primitives.microseconds.m: expected a number and a mark"));
  EXPECT_THAT(error("primitives:\n  - {title: a, operation: b, share: 0}\n"),
              HasSubstr("expected a number above 0"));
}

TEST(PageFiles, ALibraryIsWholeOrRefused) {
  const testing::TemporaryFolder folder;
  const fs::path program = folder.path() / "bin";
  fs::create_directories(program);
  EXPECT_FALSE(find_page_files(program));
  folder.write("report/page.css", "p{}");
  folder.write("report/page.js", "run();");
  ASSERT_TRUE(find_page_files(program));
  EXPECT_FALSE(find_page_files(program)->plots);
  folder.write("report/plots.txt", "sha256-AB+/=\nQUJD\n");
  ASSERT_TRUE(find_page_files(program));
  EXPECT_EQ(find_page_files(program)->plots->packed, "QUJD");
  for (const char* text : {"", "sha256-AB", "sha256-AB\n", "sha256-\nQUJD\n", "sha256-A'\nQUJD\n",
                           "sha256-AB\n</script>\n"}) {
    folder.write("report/plots.txt", text);
    EXPECT_FALSE(find_page_files(program)) << text;
  }
}

}  // namespace
}  // namespace exosim::bench
