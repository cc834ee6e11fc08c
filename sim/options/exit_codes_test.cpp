// Exit statuses and their documentation.
#include "sim/options/exit_codes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace exosim {
namespace {

using ::testing::HasSubstr;

int code_after(ExitReason reason, uint32_t status) {
  RunControl run;
  run.stop(reason, status);
  return exit_code(run);
}

TEST(ExitCode, PassesTheGuestsStatusThrough) {
  EXPECT_EQ(code_after(ExitReason::kExit, 0), 0);
  EXPECT_EQ(code_after(ExitReason::kExit, 42), 42);
  EXPECT_EQ(code_after(ExitReason::kExit, 255), 255);
}

TEST(ExitCode, CutsAStatusAbove255) {
  EXPECT_EQ(code_after(ExitReason::kExit, 256), 255);
  EXPECT_EQ(code_after(ExitReason::kExit, 0xffffffff), 255);
}

TEST(ExitCode, TellsWhyARunWasEnded) {
  EXPECT_EQ(code_after(ExitReason::kDeadlock, 0), 122);
  EXPECT_EQ(code_after(ExitReason::kGuestPanic, 7), 123);
  EXPECT_EQ(code_after(ExitReason::kGuestBug, 0), 123);
  EXPECT_EQ(code_after(ExitReason::kCycleLimit, 0), 124);
  EXPECT_EQ(code_after(ExitReason::kInstructionLimit, 0), 124);
}

TEST(ExitCode, OfARunThatGoesOnIsAnInternalError) { EXPECT_EQ(exit_code(RunControl()), 125); }

TEST(ExitCode, TableHasEveryCodeAndReason) {
  const std::string text = explain_exit_text();
  const std::string markdown = explain_exit_markdown();
  for (const ExitReason reason :
       {ExitReason::kExit, ExitReason::kGuestPanic, ExitReason::kGuestBug, ExitReason::kCycleLimit,
        ExitReason::kInstructionLimit, ExitReason::kDeadlock}) {
    const std::string name(exit_reason_name(reason));
    const std::string code =
        reason == ExitReason::kExit ? "0 to 255" : std::to_string(code_after(reason, 0));
    EXPECT_THAT(text, ::testing::ContainsRegex(code + " +" + name + " "));
    EXPECT_THAT(markdown, HasSubstr("| " + code + " | `" + name + "` |"));
  }
  for (const ExitCode code : {ExitCode::kBadInput, ExitCode::kInternalError, ExitCode::kNoReader}) {
    EXPECT_THAT(text, ::testing::ContainsRegex(std::to_string(int(code)) + " +- "));
  }
  EXPECT_THAT(text, HasSubstr("run.exit_reason"));
  EXPECT_THAT(text, HasSubstr("110"));
}

}  // namespace
}  // namespace exosim
