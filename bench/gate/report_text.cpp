// See report_text.hpp.
#include "bench/gate/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/gate/sources_of_change.hpp"

namespace exosim::bench {
namespace {

std::string more(size_t shown, size_t all, const char* what) {
  return fmt::format("and {} more {}", all - shown, what);
}

std::string number_text(double number) {
  std::string text = fmt::format("{:.2f}", number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string calls_text(const FunctionChange& function) {
  if (function.change == Change::kGone) return ", no longer executed";
  std::string text = function.change == Change::kNew ? ", not executed before" : "";
  if (function.calls_before != function.calls_now && function.change != Change::kNew)
    text += fmt::format(", called {} times instead of {}", number_text(function.calls_now),
                        number_text(function.calls_before));
  return text;
}

std::string place_text(const FunctionChange& function) {
  const std::string place =
      function.file.empty() ? "" : fmt::format(", {}:{}", function.file, function.line);
  return fmt::format("{} ({}{})", function.name, function.image, place);
}

void add_function(const FunctionChange& function, const TextLimits& limits,
                  std::vector<std::string>& lines) {
  lines.push_back(fmt::format(
      "{}: {}{}{}", place_text(function), cycles_text(sum_of(function.causes)),
      function.causes.empty() ? "" : ", " + causes_text(function.causes), calls_text(function)));
  const size_t shown = std::min(limits.lines, function.lines.size());
  for (size_t line = 0; line < shown; ++line)
    lines.push_back("  " + line_text(function.lines[line]));
  if (shown < function.lines.size())
    lines.push_back("  " + more(shown, function.lines.size(), "lines"));
}

/// More or fewer cycles of other causes than `execute`, of which the caches are the largest.
bool is_of_placement(const Explanation& why) {
  CauseChange all;
  for (const auto& [domain, causes] : why.ledger)
    for (const auto& [cause, cycles] : causes) all[cause] += cycles;
  if (all.contains("execute") || !all.contains("instruction_cache")) return false;
  const double misses = std::abs(all["instruction_cache"]);
  return std::ranges::all_of(
      all, [misses](const auto& cause) { return std::abs(cause.second) <= misses; });
}

class ReportText {
 public:
  ReportText(const GateReport& report, const TextLimits& limits)
      : report_(report), limits_(limits) {}

  std::string run() {
    if (report_.as_expected()) return {};
    for (const std::string& note : report_.notes) text_ += fmt::format("note: {}\n", note);
    if (!report_.notes.empty()) text_ += '\n';
    add_sources();
    for (const PointVerdict& point : report_.points)
      if (!point.as_expected()) add_point(point);
    if (hidden_ != 0) text_ += fmt::format("and {} more operations; --all shows them\n\n", hidden_);
    return std::move(text_);
  }

 private:
  void add_sources() {
    constexpr size_t kSources = 5;
    const auto sources = sources_of_change(report_);
    if (sources.empty()) return;
    text_ += "Most likely from:\n";
    for (size_t source = 0; source < std::min(kSources, sources.size()); ++source)
      text_ += fmt::format("  {}\n", source_text(sources[source]));
    if (sources.size() > kSources)
      text_ += fmt::format("  {}\n", more(kSources, sources.size(), "places"));
    text_ += '\n';
  }

  void add_point(const PointVerdict& point) {
    std::string part;
    if (!point.wrong.empty()) part += fmt::format("  {}\n", point.wrong);
    for (const OperationVerdict& operation : point.operations)
      if (!operation.as_expected()) add_operation(operation, part);
    if (!part.empty()) text_ += fmt::format("{}\n{}\n", point.label, part);
  }

  void add_operation(const OperationVerdict& operation, std::string& part) {
    if (shown_++ >= limits_.operations) {
      ++hidden_;
      return;
    }
    part += fmt::format("  {}: {}\n", operation.name, fmt::join(operation.differences, "; "));
    for (const std::string& line : explanation_lines(operation.why, limits_))
      part += fmt::format("    {}\n", line);
  }

  const GateReport& report_;
  const TextLimits& limits_;
  std::string text_;
  size_t shown_ = 0;
  size_t hidden_ = 0;
};

}  // namespace

std::string cycles_text(double cycles) { return (cycles >= 0 ? "+" : "") + number_text(cycles); }

std::string causes_text(const CauseChange& causes) {
  std::vector<std::pair<std::string, double>> sorted(causes.begin(), causes.end());
  std::ranges::stable_sort(sorted, std::greater(),
                           [](const auto& cause) { return std::abs(cause.second); });
  std::string text;
  for (const auto& [cause, cycles] : sorted)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", cause, cycles_text(cycles));
  return text;
}

std::string line_text(const LineChange& line) {
  const std::string place =
      line.file.empty() ? "a line" : fmt::format("{}:{}", line.file, line.line);
  std::string causes = causes_text(line.causes);
  if (line.change == Change::kStalled) std::erase(causes, '+');  // no difference
  if (line.change == Change::kGone && line.text.empty())
    return fmt::format("{}: {}, a line is gone here", place, causes);
  const char* change = line.change == Change::kNew       ? ", new"
                       : line.change == Change::kGone    ? ", no longer executed"
                       : line.change == Change::kStalled ? " now"
                                                         : "";
  return fmt::format("{}: {}{}{}", place, causes, change,
                     line.text.empty() ? "" : ": `" + line.text + "`");
}

std::vector<std::string> explanation_lines(const Explanation& why, const TextLimits& limits) {
  std::vector<std::string> lines;
  for (const auto& [domain, causes] : why.ledger)
    lines.push_back(
        fmt::format("{} {}: {}", domain, cycles_text(sum_of(causes)), causes_text(causes)));
  if (is_of_placement(why))
    lines.push_back(
        "the same instructions as before: what has moved takes their lines of the cache");
  const size_t shown = std::min(limits.functions, why.functions.size());
  for (size_t function = 0; function < shown; ++function)
    add_function(why.functions[function], limits, lines);
  if (shown < why.functions.size()) lines.push_back(more(shown, why.functions.size(), "functions"));
  return lines;
}

std::string report_text(const GateReport& report, const TextLimits& limits) {
  return ReportText(report, limits).run();
}

}  // namespace exosim::bench
