// expected.json: the same figures, the same bytes; what is written is read again.
#include "bench/gate/expected_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "bench/gate/cause_letters.hpp"
#include "bench/gate/gate_fixture.hpp"
#include "sim/base/testing/json_schema.hpp"

namespace exosim::bench {
namespace {

using ::testing::HasSubstr;

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
  EXPECT_EQ(run->operations[0].functions.at(0).lines.at(1).causes.at("execute"), 580);
  EXPECT_EQ(again->find({"work", "dec3100 aegis seed 2", true}), nullptr);
}

TEST(ExpectedFile, IsAsItsSchemaSays) {
  std::ifstream schema(EXOSIM_SOURCE_DIR "/docs/bench-expected.schema.json");
  exosim::testing::JsonSchema checker(nlohmann::json::parse(schema));
  EXPECT_EQ(checker.violations(nlohmann::json::parse(sample().text())), "");
}

TEST(ExpectedFile, HasOneLineForEachFunction) {
  EXPECT_THAT(sample().text(), HasSubstr("\n      [\"page_alloc\",\"aegis.elf\",10,\"e210\",\""));
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
  const size_t count = text.find("\"count\": 10");
  for (const char* wrong :
       {"\"count\": -1", "\"count\": 1.5", "\"count\": \"1\"", "\"count\": 1e300"})
    EXPECT_FALSE(ExpectedFile::parse(std::string(text).replace(count, 11, wrong))) << wrong;
  const auto large =
      ExpectedFile::parse(std::string(text).replace(count, 11, "\"count\": 18446744073709551615"));
  ASSERT_TRUE(large);
  EXPECT_EQ(large->find({"play", "dec3100 none", false})->operations.at(0).count,
            1'000'000'000'000'000);
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
  EXPECT_TRUE(lines_from_text("= a= =e5 x", CauseLetters::standard()).size() == 1);
  EXPECT_EQ(CauseLetters::standard().decode("eee5?7i99999999999999999999999"),
            (CauseCycles{{"execute", 5}}));
}

}  // namespace
}  // namespace exosim::bench
