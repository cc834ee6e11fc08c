// The files of a results folder: what is in them, and what is taken for a result.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <iterator>
#include <string>

#include "bench/results/database.hpp"
#include "bench/results/point_result.hpp"
#include "bench/results/results_folder.hpp"
#include "bench/results/suite_json.hpp"
#include "bench/results/verdict.hpp"
#include "bench/suite/suite_fixture.hpp"
#include "sim/base/testing/json_schema.hpp"

namespace exosim::bench {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using ::testing::HasSubstr;
using testing::SuiteFolder;
using testing::TemporaryFolder;

const std::string kSuite =
    "machines: [machine.yaml]\nworkloads:\n  - name: hello\n    cold: all\n    folder: w\n"
    "    operations: {step: {tolerance: 2%}}\n";

std::string violations(const char* schema, const std::string& text) {
  std::ifstream stream(std::string(EXOSIM_SOURCE_DIR "/docs/") + schema);
  return exosim::testing::JsonSchema(json::parse(stream)).violations(json::parse(text));
}

class Results : public ::testing::Test {
 protected:
  Results() : points_(*folder_.points(kSuite)) {
    result_ = {0, std::string("hello\n\xff", 7), "exosim: warning: w\n",
               ordered_json::parse(testing::kStats), ordered_json::parse(testing::kProfile)};
  }
  const Point& point() const { return points_.at(0); }
  std::optional<std::string> judged(const Expectation& expect,
                                    std::optional<std::string> console = {}) const {
    return unexpected({expect, std::move(console)}, result_);
  }

  SuiteFolder folder_;
  std::vector<Point> points_;
  PointResult result_;
};

TEST_F(Results, FileOfAPointIsOfItsSchema) {
  const std::string text = result_text(point(), result_);
  EXPECT_EQ(violations("bench-result.schema.json", text), "");
  EXPECT_NE(violations("bench-result.schema.json", R"({"schema": "exosim-result"})"), "");
}

TEST_F(Results, SuiteJsonIsOfItsSchema) {
  const auto suite = parse_suite(kSuite, "suite.yaml");
  const std::string text = suite_json(*suite, folder_.suite_path(), points_);
  EXPECT_EQ(violations("bench-suite.schema.json", text), "");
  const json read = json::parse(text);
  EXPECT_EQ(read["points"].size(), 2u);
  EXPECT_EQ(read["points"][1]["cold"], true);
  EXPECT_EQ(read["workloads"][0]["folder"], (folder_.path() / "w").string());
  EXPECT_EQ(read["workloads"][0]["operations"]["step"]["tolerance"], 0.02);
}

TEST_F(Results, ReadsWhatItWrites) {
  const auto read = parse_result(result_text(point(), result_), point().key);
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->console, result_.console);
  EXPECT_EQ(read->messages, result_.messages);
  EXPECT_EQ(read->stats, result_.stats);
  EXPECT_EQ(result_text(point(), *read), result_text(point(), result_));
}

TEST_F(Results, RefusesWhatIsNotWholeOrOfAnotherRun) {
  const std::string text = result_text(point(), result_);
  EXPECT_FALSE(parse_result(text.substr(0, text.size() / 2), point().key));
  EXPECT_FALSE(parse_result("", point().key));
  EXPECT_FALSE(parse_result("[]", point().key));
  EXPECT_FALSE(parse_result(text, points_.at(1).key));
  for (const char* member : {"exit_status", "console", "messages", "stats", "command", "inputs"}) {
    ordered_json without = ordered_json::parse(text);
    without.erase(member);
    EXPECT_FALSE(parse_result(without.dump(), point().key)) << member;
  }
}

TEST_F(Results, RefusesStatisticsOfAnotherForm) {
  EXPECT_TRUE(is_statistics(result_.stats));
  for (const char* pointer :
       {"/run", "/run/cycles", "/run/exit_reason", "/operations", "/operations/0/name",
        "/operations/0/cycles/median", "/operations/0/ledger/application",
        "/operations/0/samples/cold", "/ledger", "/ledger/0/causes", "/ledger/0/owner",
        "/ledger/0/operation", "/ledger/1/operation"}) {
    ordered_json stats = result_.stats;
    stats[ordered_json::json_pointer(pointer)] = true;
    EXPECT_FALSE(is_statistics(stats)) << pointer;
  }
}

TEST_F(Results, RefusesALedgerWithOperationsThatHaveNoRow) {
  result_.stats["ledger"][0]["operation"] = "stop";
  EXPECT_FALSE(is_statistics(result_.stats));
}

TEST_F(Results, VerdictComparesReasonStatusAndConsole) {
  EXPECT_EQ(judged({}), std::nullopt);
  EXPECT_EQ(judged({.exit_status = 3}), "ended with exit, status 0; expected exit, status 3");
  EXPECT_EQ(judged({.exit_reason = "guest_panic", .exit_status = std::nullopt}),
            "ended with exit, status 0; expected guest_panic");
  EXPECT_EQ(judged({}, result_.console), std::nullopt);
  EXPECT_EQ(judged({}, "hello\nworld\n"),
            "the console differs at line 2: got \"\xff\", expected \"world\"");
  result_.stats["run"]["exit_reason"] = "cycle_limit";
  result_.stats["run"]["exit_detail"] = "after 5 cycles";
  EXPECT_THAT(*judged({}), HasSubstr("ended with cycle_limit, status 0 (after 5 cycles)"));
}

TEST_F(Results, FolderKeepsResultsAndDropsDamagedOnes) {
  const TemporaryFolder parent;
  const auto folder = ResultsFolder::create(parent.path() / "a/b");
  ASSERT_TRUE(folder) << folder.error().text();
  EXPECT_FALSE(folder->read(point()));
  ASSERT_TRUE(folder->write(point(), result_));
  EXPECT_TRUE(folder->read(point()));
  EXPECT_FALSE(folder->read(points_.at(1)));
  std::ofstream(folder->point_file(point())) << "{";
  EXPECT_FALSE(folder->read(point()));
}

TEST_F(Results, FolderIsWrittenByOneAtATime) {
  const TemporaryFolder parent;
  {
    const auto folder = ResultsFolder::create(parent.path());
    ASSERT_TRUE(folder);
    const auto second = ResultsFolder::create(parent.path());
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().text(), HasSubstr("another exosim-bench is writing to it"));
    EXPECT_TRUE(std::filesystem::exists(folder->scratch()));
  }
  EXPECT_TRUE(ResultsFolder::create(parent.path()));
}

TEST_F(Results, FolderOfOtherFilesIsRefused) {
  const TemporaryFolder parent;
  const auto file = parent.write("notes.txt", "mine");
  EXPECT_THAT(ResultsFolder::create(parent.path()).error().text(), HasSubstr("other files"));
  EXPECT_THAT(ResultsFolder::create(file).error().text(), HasSubstr("notes.txt"));
}

/// The value of a query that has one.
std::string query(const std::filesystem::path& path, const std::string& sql) {
  sqlite3* database = nullptr;
  sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
  std::string value = "nothing";
  sqlite3_exec(
      database, sql.c_str(),
      [](void* to, int, char** texts, char**) {
        *static_cast<std::string*>(to) = texts[0] ? texts[0] : "null";
        return 0;
      },
      &value, nullptr);
  sqlite3_close(database);
  return value;
}

TEST_F(Results, DatabaseHasTheFiguresOfEachPoint) {
  const TemporaryFolder parent;
  const auto path = parent.path() / "results.sqlite";
  Database database(path);
  database.add(points_.at(0), &result_, "");
  database.add(points_.at(1), nullptr, "crashed");
  ASSERT_TRUE(database.close());
  EXPECT_EQ(query(path, "SELECT cycles FROM points WHERE cold = 0"), "20");
  EXPECT_EQ(query(path, "SELECT cycles FROM points WHERE cold = 1"), "null");
  EXPECT_EQ(query(path, "SELECT unexpected FROM points WHERE cold = 1"), "crashed");
  EXPECT_EQ(query(path, "SELECT hex(console) FROM points WHERE id = 1"), "68656C6C6F0AFF");
  EXPECT_EQ(query(path, "SELECT cycles_median FROM operations WHERE name = 'step'"), "3");
  EXPECT_EQ(query(path, "SELECT cycles FROM samples WHERE number = 1"), "4");
  EXPECT_EQ(query(path, "SELECT domain || cause || cycles FROM causes"), "applicationexecute7");
  EXPECT_EQ(query(path, "SELECT sum(cycles) FROM ledger WHERE point = 1"), "20");
  EXPECT_EQ(query(path, "SELECT cause FROM ledger WHERE operation IS NULL AND cycles = 3"),
            "exception");
  EXPECT_EQ(query(path, "SELECT name FROM ledger l JOIN operations o ON l.operation = o.id"),
            "step");
}

TEST_F(Results, DatabaseOfTheSameResultsHasTheSameBytes) {
  const TemporaryFolder parent;
  for (const char* name : {"a", "b"}) {
    Database database(parent.path() / name);
    database.add(point(), &result_, "");
    ASSERT_TRUE(database.close());
  }
  EXPECT_EQ(parent.read("a"), parent.read("b"));
  EXPECT_GT(parent.read("a").size(), 1000u);
}

TEST_F(Results, DatabaseThatCannotBeWrittenSaysSo) {
  Database database("/nonexistent/results.sqlite");
  database.add(point(), &result_, "");
  EXPECT_THAT(database.close().error().text(), HasSubstr("/nonexistent/results.sqlite: cannot"));
}

}  // namespace
}  // namespace exosim::bench
