// expected.json: the same figures, the same bytes; what is written is read again.
#include "bench/gate/expected_file.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "bench/gate/cause_letters.hpp"
#include "bench/gate/expected_ways.hpp"
#include "bench/gate/gate_fixture.hpp"
#include "sim/base/testing/json_schema.hpp"

namespace exosim::bench {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ExpectedFile sample() {
  const testing::GateFolder folder;
  ExpectedFile file;
  file.set({"work", "dec3100 aegis", false}, folder.before());
  file.set({"work", "dec3100 aegis", true}, with_check(folder));
  file.set({"work", "dec2100 aegis", false}, {});
  file.set({"play", "dec3100 none", false}, folder.before());
  return file;
}

TEST(ExpectedFile, IsReadAsItWasWritten) {
  const std::string text = sample().text();
  const auto again = ExpectedFile::parse(text);
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(again->text(), text);
  EXPECT_EQ(again->size(), 4u);
  const RunFigures* run = again->find({"work", "dec3100 aegis", true});
  ASSERT_NE(run, nullptr);
  EXPECT_EQ(run->operations.at(0).cycles.median, 79);
  const FunctionFigures& function = run->operations[0].functions.at(0);
  EXPECT_EQ(function.calls, 10u);
  EXPECT_EQ(function.causes.at("execute"), 790);
  EXPECT_EQ(function.lines.at(1).causes.at("execute"), 580);
  EXPECT_TRUE(function.only_executions);
  EXPECT_EQ(again->find({"work", "dec3100 aegis seed 2", true}), nullptr);
}

TEST(ExpectedFile, IsAsItsSchemaSays) {
  std::ifstream schema(EXOSIM_SOURCE_DIR "/docs/bench-expected.schema.json");
  exosim::testing::JsonSchema checker(nlohmann::json::parse(schema));
  EXPECT_EQ(checker.violations(nlohmann::json::parse(sample().text())), "");
}

TEST(ExpectedFile, HasOneLineForEachFunction) {
  const auto id = [](const char* line) { return SourceTexts::id_of(trimmed(line)); };
  const auto& page = testing::kPageLines;
  EXPECT_THAT(sample().text(),
              HasSubstr(fmt::format(
                  "\n   [\"page_alloc\",\"aegis.elf\",\"10: 40*{} 100*{} 20*{} 30*{} 20*{} = 1\"",
                  id(page[0].c_str()), id(page[1].c_str()), id(page[2].c_str()),
                  id(page[3].c_str()), id(page[4].c_str()))));
}

TEST(ExpectedFile, SaysOnceWhatRunsHaveInCommon) {
  const testing::GateFolder folder;
  ExpectedFile file;
  for (const char* machine : {"dec2100 aegis", "dec3100 aegis"})
    for (const bool cold : {false, true}) file.set({"work", machine, cold}, folder.before());
  RunFigures stalled = folder.before();
  stalled.operations[0].functions[0].causes["instruction_cache"] = 12;
  file.set({"work", "dec3100 aegis", true}, stalled);
  EXPECT_THAT(file.text(), HasSubstr(" = 0 1 2 3i12\"]"));
  const auto again = ExpectedFile::parse(file.text());
  ASSERT_TRUE(again);
  const auto causes = [&again](bool cold) {
    return again->find({"work", "dec3100 aegis", cold})->operations.at(0).functions.at(0).causes;
  };
  EXPECT_EQ(causes(false), (CauseCycles{{"execute", 210}}));
  EXPECT_EQ(causes(true), (CauseCycles{{"execute", 210}, {"instruction_cache", 12}}));
}

TEST(ExpectedFile, FunctionWithoutLinesSaysWhatItExecuted) {
  const testing::GateFolder folder;
  RunFigures figures = folder.before();
  keep(Detail::kFunctions, figures);
  ExpectedFile file;
  file.set({"work", "dec3100 aegis", false}, figures);
  EXPECT_THAT(file.text(), HasSubstr("\"10: = 0e210\"]"));
  const auto again = ExpectedFile::parse(file.text());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->text(), file.text());
  keep(Detail::kOperations, figures);
  file.set({"work", "dec3100 aegis", false}, figures);
  EXPECT_THAT(file.text(), Not(HasSubstr("functions")));
}

TEST(ExpectedFile, IsStable) {
  const testing::GateFolder folder;
  RunFigures figures = folder.before();
  figures.operations.push_back(figures.operations[0]);
  figures.operations[1].name = "another";
  ExpectedFile one;
  one.set({"work", "dec3100 aegis", false}, figures);
  std::swap(figures.operations[0], figures.operations[1]);
  ExpectedFile other;
  other.set({"work", "dec3100 aegis", false}, figures);
  EXPECT_EQ(one.text(), other.text());
}

TEST(ExpectedFile, RefusesOtherFiles) {
  for (const std::string text :
       {"", "[]", "{}", R"({"schema": "exosim-expected", "version": 2})",
        R"({"schema": "exosim-expected", "version": 1, "causes": {}, "workloads": {"a": 1}})"})
    EXPECT_FALSE(ExpectedFile::parse(text)) << text;
}

TEST(ExpectedFile, RefusesCountsThatAreNone) {
  const std::string text = sample().text();
  const std::string count = "warm\": [10,";
  const size_t place = text.find(count) + count.size() - 3;
  for (const char* wrong : {"-1", "1.5", "\"1\"", "1e300"})
    EXPECT_FALSE(ExpectedFile::parse(std::string(text).replace(place, 2, wrong))) << wrong;
  const auto large =
      ExpectedFile::parse(std::string(text).replace(place, 2, "18446744073709551615"));
  ASSERT_TRUE(large);
  EXPECT_EQ(large->find({"play", "dec3100 none", false})->operations.at(0).count,
            1'000'000'000'000'000);
}

TEST(ExpectedWays, AreReadWhateverIsThere) {
  for (const char* way :
       {"", "=", ":", "10", "10: 3*", "1: x*a,b 5 = 0", "1: 2*a,,b = 7 -1 x", "= ="}) {
    OperationFigures operation;
    add_way(way, {}, CauseLetters::standard(), {&operation, nullptr});
    for (const FunctionFigures& function : operation.functions)
      EXPECT_LE(function.lines.size(), 3u) << way;
  }
  OperationFigures operation;
  add_way("2: 99999999999999999999*a = 0", {}, CauseLetters::standard(), {&operation});
  EXPECT_EQ(operation.functions.at(0).causes.at("execute"), 1'000'000'000'000'000);
}

TEST(CauseLetters, EncodeAndDecode) {
  const auto& letters = CauseLetters::standard();
  const CauseCycles causes = {{"execute", 58}, {"instruction_cache", 12}, {"exception", 3}};
  EXPECT_EQ(letters.encode(causes), "e58i12t3");
  EXPECT_EQ(letters.decode("e58i12t3"), causes);
  EXPECT_EQ(letters.encode({}), "0");
  EXPECT_EQ(letters.decode("0"), CauseCycles{});
}

TEST(CauseLetters, DecodeWhateverIsThere) {
  EXPECT_EQ(CauseLetters::standard().decode("eee5?7i99999999999999999999999"),
            (CauseCycles{{"execute", 5}}));
}

}  // namespace
}  // namespace exosim::bench
