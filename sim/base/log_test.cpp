// The log: what is shown, and that it says nothing about the host.
#include "sim/base/log.hpp"

#include <gtest/gtest.h>

#include <string>

namespace exosim {
namespace {

/// Everything logged by `act` while `level` is set.
template <class Act>
std::string logged_at(std::string_view level, Act act) {
  EXPECT_TRUE(set_log_level(level));
  ::testing::internal::CaptureStderr();
  act();
  std::string text = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(set_log_level("warn"));
  return text;
}

void log_one_of_each() {
  log_trace("t{}", 1);
  log_debug("d{}", 2);
  log_info("i{}", 3);
  log_warn("w{}", 4);
  log_error("e{}", 5);
}

TEST(Log, WritesLevelAndMessageOnly) {
  EXPECT_EQ(logged_at("trace", log_one_of_each),
            "exosim: trace: t1\nexosim: debug: d2\nexosim: info: i3\nexosim: warning: w4\n"
            "exosim: error: e5\n");
}

TEST(Log, HidesWhatIsBelowTheLevel) {
  EXPECT_EQ(logged_at("error", log_one_of_each), "exosim: error: e5\n");
  EXPECT_EQ(logged_at("off", log_one_of_each), "");
}

TEST(Log, ShowsWarningsUntilToldOtherwise) {
  EXPECT_TRUE(log_enabled(LogLevel::kWarn));
  EXPECT_FALSE(log_enabled(LogLevel::kInfo));
}

TEST(Log, TakesMessagesAsTheyAre) {
  EXPECT_EQ(logged_at("warn", [] { log_message(LogLevel::kWarn, "{} %v"); }),
            "exosim: warning: {} %v\n");
}

TEST(Log, RefusesUnknownLevels) {
  EXPECT_FALSE(set_log_level("loud"));
  EXPECT_FALSE(set_log_level(""));
  for (const std::string_view name : kLogLevelNames) EXPECT_TRUE(set_log_level(name));
  EXPECT_TRUE(set_log_level("warn"));
}

}  // namespace
}  // namespace exosim
