// Formatting and throttling of the progress line.
#include "sim/options/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace exosim {

namespace {

constexpr double kInterval = 0.5;  // s between two updates

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double mega(double count) { return count / 1e6; }

/// The part of the tighter limit that is used up, in per cent; nullopt without a limit.
std::optional<double> percent_of_limit(const RunProgress& progress) {
  std::optional<double> percent;
  const auto consider = [&](uint64_t done, uint64_t limit) {
    if (limit == ~uint64_t{0} || limit == 0) return;
    const double used = 100.0 * static_cast<double>(done) / static_cast<double>(limit);
    percent = std::max(percent.value_or(0), std::min(used, 100.0));
  };
  consider(progress.cycles.count, progress.max_cycles.count);
  consider(progress.instructions, progress.max_instructions);
  return percent;
}

}  // namespace

std::string progress_text(const RunProgress& progress, double seconds) {
  const auto instructions = static_cast<double>(progress.instructions);
  std::string text =
      fmt::format("{:.1f} Mcycles  {:.1f} Minstr  {:.1f} Minstr/s",
                  mega(static_cast<double>(progress.cycles.count)), mega(instructions),
                  seconds > 0 ? mega(instructions / seconds) : 0.0);
  if (const std::optional<double> percent = percent_of_limit(progress)) {
    text += fmt::format("  (limit {:.0f} %)", *percent);
  }
  return text;
}

ProgressLine::ProgressLine()
    : ProgressLine(isatty(STDERR_FILENO) != 0 ? stderr : nullptr, steady_seconds) {}

ProgressLine::ProgressLine(std::FILE* out, HostClock clock)
    : out_(out), clock_(std::move(clock)), start_(clock_()), shown_at_(start_) {}

void ProgressLine::update(const RunProgress& progress) {
  if (!out_) return;
  const double now = clock_();
  if (now - shown_at_ < kInterval) return;
  shown_at_ = now;
  const std::string text = progress_text(progress, now - start_);
  fmt::print(out_, "\r{:<{}}", text, shown_width_);
  std::fflush(out_);
  shown_width_ = std::max(shown_width_, text.size());
}

void ProgressLine::clear() {
  if (!out_ || shown_width_ == 0) return;
  fmt::print(out_, "\r{:{}}\r", "", shown_width_);
  std::fflush(out_);
  shown_width_ = 0;
}

}  // namespace exosim
