// Which comment belongs to which line, and what becomes of it in --print-config --sources.
#include "sim/machine/config/comments.hpp"

#include <gtest/gtest.h>

#include <string>

#include "sim/machine/config/config_fixture.hpp"
#include "sim/machine/config/print_config.hpp"

namespace exosim {
namespace {

TEST(Comments, StandBehindTheValueOrDirectlyAbove) {
  const Comments comments(
      "seed: 1  # behind\n"
      "# above\n"
      "kernel: a.elf\n"
      "\n"
      "# far\n"
      "\n"
      "cpu: 1\n");
  EXPECT_EQ(comments.of(1), "behind");
  EXPECT_EQ(comments.of(3), "above");
  EXPECT_EQ(comments.of(7), "");
}

TEST(Comments, ContinueInTheirColumn) {
  const Comments comments(
      "# two lines\n"
      "# above and\n"
      "seed: 1  # two\n"
      "         # behind\n"
      "# the next\n"
      "kernel: a.elf\n");
  EXPECT_EQ(comments.of(3), "two lines above and two behind");
  EXPECT_EQ(comments.of(6), "the next");
}

TEST(Comments, OfAGroupAreForItsKeysThatHaveNone) {
  const Comments comments(
      "# the processor\n"
      "cpu:\n"
      "  model: r3000\n"
      "  clock: 25MHz  # the clock\n"
      "  # all three\n"
      "  effects:\n"
      "    caches: 1\n"
      "    other:  # this one\n"
      "      inner: 1\n"
      "fpu:\n"
      "  present: true\n");
  EXPECT_EQ(comments.of(3), "the processor");
  EXPECT_EQ(comments.of(4), "the clock");
  EXPECT_EQ(comments.of(7), "all three");
  EXPECT_EQ(comments.of(9), "this one");
  EXPECT_EQ(comments.of(11), "");
}

TEST(Comments, AboveBelongToTheLineOfTheirIndentation) {
  const Comments comments(
      "cpu:\n"
      "  clock: 25MHz\n"
      "    # deeper\n"
      "  model: r3000\n");
  EXPECT_EQ(comments.of(4), "");
}

TEST(Comments, BeginAtAHashAfterABlankOutsideQuotes) {
  EXPECT_EQ(Comments("a: x#y\n").of(1), "");
  EXPECT_EQ(Comments("a: x#y # z\n").of(1), "z");
  EXPECT_EQ(Comments("a: 'x # y'\n").of(1), "");
  EXPECT_EQ(Comments("a: 'x '' # y' # z\n").of(1), "z");
  EXPECT_EQ(Comments("a: \"x \\\" # y\" # z\n").of(1), "z");
  EXPECT_EQ(Comments("a: it's # z\n").of(1), "z");
  EXPECT_EQ(Comments("{a: 1, b: \"# c\"} # z # y\r\n").of(1), "z # y");
}

TEST(Comments, OfALineThatIsNotThereAreEmpty) {
  EXPECT_EQ(Comments("a: 1 # x").of(0), "");
  EXPECT_EQ(Comments("a: 1 # x").of(1), "x");
  EXPECT_EQ(Comments("a: 1 # x").of(2), "");
  EXPECT_EQ(Comments("").of(1), "");
}

std::string comment_of(const Result<LoadedConfig>& loaded, const std::string& path) {
  for (const Setting& setting : loaded->settings) {
    if (setting.path == path) return setting.comment;
  }
  return "no such setting";
}

TEST(Comments, ComeFromTheFileThatGaveTheValue) {
  const Result<LoadedConfig> loaded = load(
      {{"main.yaml", "extends: base.yaml\ncpu:\n  clock: 20MHz  # heir\n"},
       {"base.yaml", "# base group\ncpu:\n  model: r2000\n  clock: 25MHz  # base\nseed: 1 # s\n"}},
      {"seed=2"});
  ASSERT_TRUE(loaded) << error_text(loaded);
  EXPECT_EQ(comment_of(loaded, "cpu.clock"), "heir");
  EXPECT_EQ(comment_of(loaded, "cpu.model"), "base group");
  EXPECT_EQ(comment_of(loaded, "seed"), "");
  EXPECT_EQ(comment_of(loaded, "kernel"), "");
}

TEST(PrintConfigWithSources, SaysWhereEachValueComesFrom) {
  const FileReader read =
      files_in_memory({{"folder/m.yaml",
                        "cpu:\n  clock: 20MHz  # because\n"
                        "  model: r2000\n"
                        "devices: {p: {type: plug, address: 0x10000000}}  # ours\n"}});
  const std::vector<std::string> sets = {"kernel=/a/b.elf"};
  const Result<LoadedConfig> loaded = load_config("folder/m.yaml", sets, read, test_parts());
  ASSERT_TRUE(loaded) << error_text(loaded);
  const std::string printed = print_config_with_sources(*loaded);
  for (const char* line :
       {"seed: 1  # default\n", "kernel: \"/a/b.elf\"  # --set kernel=/a/b.elf\n",
        "  model: r2000  # m.yaml:3:10\n", "  clock: 20MHz  # because [m.yaml:2:10]\n",
        "    address: 0x10000000  # ours [m.yaml:4:36]\n"}) {
    EXPECT_NE(printed.find(line), printed.npos) << line << printed;
  }
}

TEST(PrintConfigWithSources, IsTheSameConfiguration) {
  const Result<LoadedConfig> loaded =
      load_text("seed: 3  # three: \"#\" {\nkernel: 'a # b'  # x\n", {"memory.size=1MiB"});
  ASSERT_TRUE(loaded) << error_text(loaded);
  const Result<LoadedConfig> again = load_text(print_config_with_sources(*loaded));
  ASSERT_TRUE(again) << error_text(again);
  EXPECT_EQ(print_config(*again), print_config(*loaded));
}

}  // namespace
}  // namespace exosim
