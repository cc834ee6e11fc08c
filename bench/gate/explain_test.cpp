// Each of the regressions that the gate has to explain, in miniature: which function, which cause,
// which line.
#include "bench/gate/explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench/gate/expected_file.hpp"
#include "bench/gate/gate_fixture.hpp"
#include "bench/gate/line_changes.hpp"
#include "bench/gate/report_text.hpp"

namespace exosim::bench {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::kBefore;
using testing::kPageLines;
using testing::line;
using ::testing::Not;

class Explain : public ::testing::Test {
 protected:
  Explanation explained(const RunFigures& now) {
    sources_ = folder_.sources();
    return explain(before_.operations.at(0), now.operations.at(0), sources_);
  }
  std::string text(const RunFigures& now) const {
    return report_text(testing::report_of(folder_, before_, now), {});
  }

  testing::GateFolder folder_;
  RunFigures before_ = folder_.before();
  SourceTexts sources_ = folder_.sources();
};

TEST_F(Explain, NewLineIsNamedWithItsText) {
  const std::string report = text(with_check(folder_));
  EXPECT_THAT(report, HasSubstr("page allocate: 21 -> 79 cycles (+58, +276.2%)"));
  EXPECT_THAT(report, HasSubstr("protection +58: execute +58"));
  EXPECT_THAT(report, HasSubstr("page_alloc (aegis.elf, page.cpp:1): +58, execute +58"));
  EXPECT_THAT(report,
              HasSubstr("page.cpp:2: execute +58, new: `if (!may_allocate(env)) return -2;`"));
}

TEST_F(Explain, LinesThatOnlyMovedAreNotNamed) {
  const Explanation why = explained(with_check(folder_));
  ASSERT_EQ(why.functions.size(), 1u);
  EXPECT_EQ(why.functions[0].lines.size(), 1u);
}

TEST_F(Explain, CollisionInTheCacheIsACauseOfOldLines) {
  const Explanation why = explained(folder_.now(
      kPageLines, {line(1, 40), line(2, 100), line(3, 20, 150), line(4, 30), line(5, 20)}));
  ASSERT_NE(why.main_line(), nullptr);
  EXPECT_EQ(why.main_line()->line, 3u);
  EXPECT_EQ(why.main_line()->change, Change::kCost);
  EXPECT_EQ(causes_text(why.main_line()->causes), "instruction_cache +15");
  EXPECT_FALSE(why.functions[0].runs_other_lines());
  EXPECT_THAT(explanation_lines(why, {}), Contains(HasSubstr("the same instructions as before")));
  EXPECT_THAT(explanation_lines(explained(with_check(folder_)), {}),
              Not(Contains(HasSubstr("the same instructions as before"))));
}

TEST_F(Explain, OfWhatExpectedJsonHasTheLinesThatWaitNowAreNamed) {
  ExpectedFile file;
  file.set({"work", "dec3100 aegis", false}, before_);
  before_ = *ExpectedFile::parse(file.text())->find({"work", "dec3100 aegis", false});
  const auto report = text(folder_.now(
      kPageLines, {line(1, 40), line(2, 100, 70), line(3, 20, 150), line(4, 30), line(5, 20)}));
  EXPECT_THAT(report, HasSubstr("page_alloc (aegis.elf, page.cpp:1): +22, instruction_cache +22\n"
                                "      page.cpp:3: instruction_cache 15 now: "
                                "`if (page < 0) return -1;`\n"
                                "      page.cpp:2: instruction_cache 7 now: "));
  // New and gone lines are known as ever; a new line says by itself where it waits.
  const Explanation why = explained(with_check(folder_));
  ASSERT_EQ(why.functions.size(), 1u);
  EXPECT_EQ(why.functions[0].lines.size(), 1u);
  EXPECT_EQ(why.main_line()->change, Change::kNew);
}

TEST_F(Explain, GoneLineIsNamedByItsPlace) {
  std::vector<std::string> page = kPageLines;
  page.erase(page.begin() + 1);
  const Explanation why =
      explained(folder_.now(page, {line(1, 40), line(2, 20), line(3, 30), line(4, 20)}));
  ASSERT_NE(why.main_line(), nullptr);
  EXPECT_EQ(why.main_line()->change, Change::kGone);
  EXPECT_EQ(why.main_line()->line, 2u);
  EXPECT_EQ(sum_of(why.main_line()->causes), -10);
}

TEST_F(Explain, LineThatIsNotExecutedAnyMoreIsNoLineThatIsGone) {
  const Explanation why =
      explained(folder_.now(kPageLines, {line(1, 40), line(2, 100), line(3, 20), line(5, 20)}));
  ASSERT_NE(why.main_line(), nullptr);
  EXPECT_EQ(line_text(*why.main_line()),
            "page.cpp:4: execute -3, no longer executed: `owner[page] = env;`");
  EXPECT_FALSE(why.functions[0].runs_other_lines());
}

TEST_F(Explain, EditedLineOfTheSameCostIsNotNamed) {
  std::vector<std::string> page = kPageLines;
  page[3] = "  owners[page] = env;";
  const Explanation why = explained(
      folder_.now(page, {line(1, 40), line(2, 110), line(3, 20), line(4, 30), line(5, 20)}));
  ASSERT_EQ(why.functions.at(0).lines.size(), 1u);
  EXPECT_EQ(why.functions[0].lines[0].line, 2u);
}

TEST_F(Explain, WithoutSourcesLinesAreKnownByTheirDistance) {
  std::filesystem::remove(folder_.path() / "page.cpp");
  SourceTexts none = folder_.sources();
  const RunFigures was = testing::figures_of(kBefore, none);
  EXPECT_EQ(was.operations[0].functions[0].lines[1].id, "+1");
  const RunFigures is =
      testing::figures_of({line(1, 40), line(2, 100), line(3, 25), line(4, 30), line(5, 20)}, none);
  const Explanation why = explain(was.operations[0], is.operations[0], none);
  ASSERT_NE(why.main_line(), nullptr);
  EXPECT_EQ(why.main_line()->line, 3u);
  // What has texts cannot be compared with what has none.
  EXPECT_THAT(explain(before_.operations[0], is.operations[0], none).functions.at(0).lines,
              IsEmpty());
}

TEST_F(Explain, FunctionThatRunsOtherLinesComesBeforeWhatItCalls) {
  OperationFigures now = with_check(folder_).operations[0];
  FunctionFigures check{.image = "aegis.elf", .name = "may_allocate", .calls = 10};
  check.causes = {{"execute", 5000}};
  now.functions.insert(now.functions.begin(), check);
  const Explanation why = explain(before_.operations[0], now, sources_);
  ASSERT_EQ(why.functions.size(), 2u);
  EXPECT_EQ(why.functions[0].name, "page_alloc");
  EXPECT_EQ(why.functions[1].change, Change::kNew);
}

TEST(CauseChange, OfAnotherNumberOfOperationsIsThatOfOne) {
  EXPECT_TRUE(cause_change({{"execute", 70}}, 7, {{"execute", 30}}, 3).empty());
  const CauseChange change = cause_change({{"execute", 10}}, 2, {{"float", 8}}, 4);
  EXPECT_EQ(change.at("execute"), -5);
  EXPECT_EQ(change.at("float"), 2);
}

TEST_F(Explain, RepeatedTextIsMatchedInOrder) {
  const auto lines = [](std::vector<std::string> ids) {
    FunctionFigures function;
    for (const std::string& id : ids)
      function.lines.push_back({.id = id,
                                .causes = {{"execute", 10}},
                                .file = "a.cpp",
                                .line = static_cast<unsigned>(function.lines.size() + 1)});
    return function;
  };
  const auto changes =
      line_changes(lines({"a", "r", "b", "r"}), 1, lines({"a", "r", "r", "b", "r"}), 1, sources_);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].change, Change::kNew);
  EXPECT_THAT(line_changes(lines({"a", "b"}), 1, lines({"b", "a"}), 1, sources_), IsEmpty());
}

}  // namespace
}  // namespace exosim::bench
