// See run_display.hpp.
#include "bench/run/run_display.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace exosim::bench {
namespace {

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

size_t terminal_width() {
  constexpr size_t kUsual = 80;
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsual;
  return size.ws_col;
}

std::string minutes(double seconds) {
  const auto whole = static_cast<uint64_t>(std::ceil(seconds));
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

std::string progress_line(const SuiteProgress& progress, double seconds, size_t width) {
  std::string line = fmt::format("{}/{}", progress.done, progress.total);
  if (progress.ran > 0) {
    const auto left = static_cast<double>(progress.to_run - progress.ran);
    line += fmt::format(", {} left", minutes(seconds / static_cast<double>(progress.ran) * left));
  }
  if (!progress.running.empty())
    line += fmt::format("; running: {}", fmt::join(progress.running, ", "));
  if (line.size() <= width) return line;
  const size_t dots = std::min<size_t>(width, 3);
  return line.substr(0, width - dots) + std::string(dots, '.');
}

RunDisplay::RunDisplay(bool verbose)
    : RunDisplay(stderr, isatty(STDERR_FILENO) != 0, verbose, steady_seconds) {}

RunDisplay::RunDisplay(std::FILE* out, bool is_terminal, bool verbose, HostClock clock)
    : out_(out),
      is_terminal_(is_terminal),
      verbose_(verbose),
      clock_(std::move(clock)),
      start_(clock_()) {}

void RunDisplay::update(const SuiteProgress& progress) {
  if (!is_terminal_) return;
  constexpr const char* kErase = "\r\x1b[K";
  // The last column is left free: in it, some terminals begin a new line.
  fmt::print(out_, "{}{}", kErase, progress_line(progress, seconds(), terminal_width() - 1));
  std::fflush(out_);
  shown_ = true;
}

void RunDisplay::ended(const std::string& label, const std::string& outcome) {
  if (!verbose_) return;
  clear();
  fmt::print(out_, "{}: {}\n", label, outcome);
  std::fflush(out_);
}

void RunDisplay::clear() {
  if (!shown_) return;
  fmt::print(out_, "\r\x1b[K");
  std::fflush(out_);
  shown_ = false;
}

}  // namespace exosim::bench
