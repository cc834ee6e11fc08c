// What a terminal shows while a suite runs.
#include "bench/run/run_display.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace exosim::bench {
namespace {

/// A stream that is kept.
class Stream {
 public:
  ~Stream() { close(); }
  std::FILE* file() { return file_; }
  std::string text() {
    std::fflush(file_);
    return {text_, size_};
  }

 private:
  void close() {
    std::fclose(file_);
    std::free(text_);
  }
  char* text_ = nullptr;
  size_t size_ = 0;
  std::FILE* file_ = open_memstream(&text_, &size_);
};

TEST(ProgressLine, SaysWhatIsDoneAndWhatRuns) {
  EXPECT_EQ(progress_line({3, 10, 8, 0, {"a warm", "b cold"}}, 5, 80),
            "3/10; running: a warm, b cold");
}

TEST(ProgressLine, SaysWhatIsLeftOnceSomethingRan) {
  EXPECT_EQ(progress_line({4, 10, 8, 2, {}}, 25, 80), "4/10, 1:15 left");
}

TEST(ProgressLine, IsCutToTheTerminal) {
  EXPECT_EQ(progress_line({3, 10, 8, 0, {"a long label"}}, 5, 16), "3/10; running...");
  EXPECT_EQ(progress_line({3, 10, 8, 0, {"a"}}, 5, 2), "..");
}

TEST(RunDisplay, TerminalHasOneLineThatIsErased) {
  Stream stream;
  {
    RunDisplay display(stream.file(), true, false, [] { return 0.0; });
    display.update({0, 2, 2, 0, {"a"}});
    display.ended("a", "as expected");
  }
  EXPECT_EQ(stream.text(), "\r\x1b[K0/2; running: a\r\x1b[K");
}

TEST(RunDisplay, OtherOutputHasLinesOnlyIfAskedFor) {
  Stream quiet;
  Stream verbose;
  RunDisplay(quiet.file(), false, false, [] { return 0.0; }).ended("a", "as expected");
  RunDisplay loud(verbose.file(), false, true, [] { return 0.0; });
  loud.update({0, 2, 2, 0, {"a"}});
  loud.ended("a", "as expected");
  EXPECT_EQ(quiet.text(), "");
  EXPECT_EQ(verbose.text(), "a: as expected\n");
}

}  // namespace
}  // namespace exosim::bench
