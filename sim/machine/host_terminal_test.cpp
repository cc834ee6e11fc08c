// The console's end on the host.
#include "sim/machine/host_terminal.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace exosim {
namespace {

TEST(HostTerminal, ReadsItsInputFileToTheEndAndThenNothing) {
  const std::string path = ::testing::TempDir() + "/host_terminal_input";
  std::ofstream(path) << "ab";
  auto terminal = HostTerminal::open(path, stdout);
  ASSERT_TRUE(terminal);
  EXPECT_EQ((*terminal)->get(), 'a');
  EXPECT_EQ((*terminal)->get(), 'b');
  EXPECT_EQ((*terminal)->get(), std::nullopt);
  EXPECT_EQ((*terminal)->get(), std::nullopt);
}

TEST(HostTerminal, HasNoInputUnlessAFileIsGiven) {
  EXPECT_EQ(HostTerminal::open("", stdout).value()->get(), std::nullopt);
}

TEST(HostTerminal, RefusesAMissingInputFile) {
  const auto terminal = HostTerminal::open("/nonexistent/input", stdout);
  ASSERT_FALSE(terminal);
  EXPECT_EQ(terminal.error().where, "/nonexistent/input");
}

TEST(HostTerminal, RefusesAFolderAsInput) {
  const auto terminal = HostTerminal::open(::testing::TempDir(), stdout);
  ASSERT_FALSE(terminal);
  EXPECT_EQ(terminal.error().message, "is a directory");
}

TEST(HostTerminal, SaysWhenOutputIsLost) {
  std::FILE* full = std::fopen("/dev/full", "wb");
  ASSERT_NE(full, nullptr);
  const auto terminal = HostTerminal::open("", full);
  (*terminal)->put('x');
  EXPECT_FALSE((*terminal)->flush());
  std::fclose(full);
}

}  // namespace
}  // namespace exosim
