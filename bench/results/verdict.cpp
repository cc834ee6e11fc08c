// See verdict.hpp.
#include "bench/results/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/machine/config/messages.hpp"

namespace exosim::bench {
namespace {

std::string line_at(const std::string& text, size_t at) {
  const size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
  return shown_text(text.substr(begin, text.find('\n', at) - begin));
}

std::string end_text(const std::string& reason, std::optional<int64_t> status) {
  return status ? fmt::format("{}, status {}", reason, *status) : reason;
}

std::optional<std::string> wrong_end(const Expectation& expect, const PointResult& result) {
  const auto& run = result.stats["run"];
  const std::string reason = run.value("exit_reason", "");
  const int64_t status = run.value("exit_status", int64_t{-1});
  const bool is_status_wrong = expect.exit_status && status != *expect.exit_status;
  if (reason == expect.exit_reason && !is_status_wrong) return std::nullopt;
  const std::string detail = run.value("exit_detail", "");
  return fmt::format("ended with {}{}; expected {}", end_text(reason, status),
                     detail.empty() ? "" : fmt::format(" ({})", detail),
                     end_text(expect.exit_reason, expect.exit_status));
}

std::optional<std::string> wrong_console(const std::string& expected, const std::string& got) {
  if (expected == got) return std::nullopt;
  const auto difference = std::ranges::mismatch(expected, got);
  const auto at = static_cast<size_t>(difference.in1 - expected.begin());
  const auto line = std::count(expected.begin(), difference.in1, '\n') + 1;
  return fmt::format("the console differs at line {}: got {}, expected {}", line, line_at(got, at),
                     line_at(expected, at));
}

}  // namespace

std::optional<std::string> unexpected(const Expected& expected, const PointResult& result) {
  if (auto wrong = wrong_end(expected.expect, result)) return wrong;
  if (!expected.console) return std::nullopt;
  return wrong_console(*expected.console, result.console);
}

}  // namespace exosim::bench
