// Stacks of known steps.
#include "sim/observe/profile/folded.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "sim/observe/profile/testing/call_script.hpp"
#include "sim/observe/profile/testing/profile_run.hpp"

namespace exosim {
namespace {

using namespace testing;

class FoldedTest : public ::testing::Test {
 protected:
  std::string written() const {
    const auto path =
        std::filesystem::path(EXOSIM_BINARY_DIR) /
        (::testing::UnitTest::GetInstance()->current_test_info()->name() + std::string(".folded"));
    auto file = TextFile::create(path);
    EXPECT_TRUE(file);
    write_folded(run_.profile(), *file);
    EXPECT_TRUE(file->close());
    std::ifstream in(path);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    std::filesystem::remove(path);
    return text;
  }

  CodeMap code_ = call_test_images();
  ProfileRun run_{code_};
  Feed feed_{run_};
  CallScript script_{[this](const Retired& step) { feed_.step(step); }};
};

TEST_F(FoldedTest, SplitsByDomainAndOwner) {
  script_.at(kSyscall).nop().rfe(kMain).space(4).jal(kF).nop().syscall().nop(2);
  script_.rfe(kMain).space(5).nop();
  EXPECT_EQ(written(),
            "application;address space 4;main 2\n"
            "application;address space 4;main;f 1\n"
            "application;address space 5;main 1\n"
            "multiplexing;address space 4;main;f;general 4\n"
            "multiplexing;kernel;syscall 3\n"
            "protection;address space 4;main;f 1\n");
}

TEST_F(FoldedTest, AddsUpCallsFromDifferentPlaces) {
  script_.at(kMain).space(1).jal(kF).nop().ret(kMain + 8).jal(kF).nop().ret(kMain + 16).jal(kG);
  script_.nop();
  EXPECT_EQ(written(),
            "application;address space 1;main 6\n"
            "application;address space 1;main;f 6\n"
            "application;address space 1;main;g 1\n");
}

TEST_F(FoldedTest, ChargesAStallToTheDomainThatCausedIt) {
  script_.at(kMain).space(1).syscall();
  feed_.step(step_at(kGeneral, 0x80, 1), stalled(1, StallCause::kWriteBuffer, 50));
  feed_.pass(7);
  EXPECT_EQ(written(),
            "multiplexing;address space 1;main;general 1\n"
            "protection;address space 1;main 51\n");
  script_.at(kGeneral).nop();
  EXPECT_EQ(written(),
            "idle;(between steps) 7\n"
            "multiplexing;address space 1;main;general 2\n"
            "protection;address space 1;main 51\n");
}

}  // namespace
}  // namespace exosim
