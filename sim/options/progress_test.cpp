// The progress line, against a host clock of our own.
#include "sim/options/progress.hpp"

#include <gtest/gtest.h>

#include <string>

namespace exosim {
namespace {

TEST(ProgressText, ShowsCountsSpeedAndLimit) {
  EXPECT_EQ(
      progress_text(
          {.cycles = {12'300'000}, .instructions = 45'000'000, .max_cycles = {30'750'000}}, 0.5),
      "12.3 Mcycles  45.0 Minstr  90.0 Minstr/s  (limit 40 %)");
}

TEST(ProgressText, WithoutALimitShowsNone) {
  EXPECT_EQ(progress_text({.cycles = {1'000'000}, .instructions = 1'000'000}, 2),
            "1.0 Mcycles  1.0 Minstr  0.5 Minstr/s");
}

TEST(ProgressText, ShowsTheTighterLimit) {
  EXPECT_EQ(
      progress_text(
          {.cycles = {10}, .instructions = 90, .max_cycles = {100}, .max_instructions = 100}, 0),
      "0.0 Mcycles  0.0 Minstr  0.0 Minstr/s  (limit 90 %)");
}

class ProgressLineTest : public ::testing::Test {
 protected:
  ~ProgressLineTest() override { std::fclose(file_); }
  std::string written() {
    std::string text(static_cast<size_t>(std::ftell(file_)), '\0');
    std::rewind(file_);
    text.resize(std::fread(text.data(), 1, text.size(), file_));
    return text;
  }

  std::FILE* file_ = std::tmpfile();
  double now_ = 100;
};

TEST_F(ProgressLineTest, UpdatesAtMostEveryHalfSecond) {
  ProgressLine line(file_, [this] { return now_; });
  now_ += 0.4;
  line.update({});
  now_ += 0.2;
  line.update({.cycles = {1'000'000}});
  now_ += 0.4;
  line.update({.cycles = {2'000'000}});
  now_ += 0.2;
  line.update({.cycles = {3'000'000}});
  EXPECT_EQ(written(),
            "\r1.0 Mcycles  0.0 Minstr  0.0 Minstr/s\r3.0 Mcycles  0.0 Minstr  0.0 Minstr/s");
}

TEST_F(ProgressLineTest, ClearsItselfOnce) {
  {
    ProgressLine line(file_, [this] { return now_; });
    now_ += 1;
    line.update({});
    line.clear();
  }
  const std::string text = "0.0 Mcycles  0.0 Minstr  0.0 Minstr/s";
  EXPECT_EQ(written(), "\r" + text + "\r" + std::string(text.size(), ' ') + "\r");
}

TEST_F(ProgressLineTest, ShortRunWritesNothing) {
  {
    ProgressLine line(file_, [this] { return now_; });
    line.update({});
  }
  EXPECT_EQ(written(), "");
}

TEST(ProgressLine, WithoutATerminalIsNotShown) {
  ProgressLine line(nullptr, [] { return 0.0; });
  EXPECT_FALSE(line.is_shown());
  line.update({});
}

}  // namespace
}  // namespace exosim
