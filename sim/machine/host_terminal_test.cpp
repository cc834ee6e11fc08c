// The console's end on the host.
#include "sim/machine/host_terminal.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
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
  EXPECT_EQ(terminal.error().message, "is a folder, expected a file");
}

TEST(HostTerminal, SaysWhenOutputIsLost) {
  std::FILE* full = std::fopen("/dev/full", "wb");
  ASSERT_NE(full, nullptr);
  const auto terminal = HostTerminal::open("", full);
  (*terminal)->put('x');
  EXPECT_EQ((*terminal)->flush(), std::errc::no_space_on_device);
  EXPECT_EQ((*terminal)->flush(), std::errc::no_space_on_device);
  std::fclose(full);
}

TEST(HostTerminal, SaysWhenAPipeHasNoReaderThoughNothingIsWritten) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  std::FILE* output = fdopen(ends[1], "wb");
  const auto terminal = HostTerminal::open("", output);
  (*terminal)->write("abc");
  EXPECT_EQ((*terminal)->flush(), std::error_code());
  close(ends[0]);
  EXPECT_EQ((*terminal)->flush(), std::errc::broken_pipe);
  std::fclose(output);
}

}  // namespace
}  // namespace exosim
