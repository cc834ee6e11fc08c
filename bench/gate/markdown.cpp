// See markdown.hpp.
#include "bench/gate/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bench/gate/report_text.hpp"
#include "bench/gate/sources_of_change.hpp"

namespace exosim::bench {
namespace {

constexpr size_t kRows = 100;  // GitHub refuses summaries of more than a megabyte

/// Inside a cell of a table.
std::string cell(const std::string& text) {
  std::string result;
  for (const char c : text)
    result += c == '|' ? "\\|" : c == '\n' ? " " : c == '<' ? "&lt;" : std::string(1, c);
  return result;
}

/// The function that explains most, in a word.
std::string reason(const OperationVerdict& operation) {
  const FunctionChange* function = operation.why.main_function();
  const LineChange* line = operation.why.main_line();
  if (!function) {
    std::string text;
    for (const auto& [domain, causes] : operation.why.ledger)
      text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", domain, causes_text(causes));
    return cell(text);
  }
  const std::string place = line ? "; " + line_text(*line) : "";
  return cell(fmt::format("{}: {}{}", function->name, causes_text(function->causes), place));
}

class MarkdownText {
 public:
  explicit MarkdownText(const GateReport& report) : report_(report) {}

  std::string run() {
    const size_t wrong = report_.wrong();
    text_ = fmt::format("## {}: {}\n\n{} operations in {} points.\n", report_.name,
                        wrong == 0   ? "all as expected"
                        : wrong == 1 ? "1 difference"
                                     : fmt::format("{} differences", wrong),
                        report_.operations(), report_.points.size());
    if (wrong == 0) return std::move(text_);
    for (const std::string& note : report_.notes) text_ += fmt::format("\nNote: {}.\n", cell(note));
    add_sources();
    add_runs();
    add_table();
    return std::move(text_);
  }

 private:
  void add_sources() {
    constexpr size_t kSources = 10;
    const auto sources = sources_of_change(report_);
    if (sources.empty()) return;
    text_ += "\nMost likely from:\n\n";
    for (size_t source = 0; source < std::min(kSources, sources.size()); ++source)
      text_ += fmt::format("- {}\n", source_text(sources[source]));
  }

  void add_runs() {
    bool is_first = true;
    for (const PointVerdict& point : report_.points) {
      if (point.wrong.empty()) continue;
      if (std::exchange(is_first, false)) text_ += "\n| run | what is wrong |\n|---|---|\n";
      text_ += fmt::format("| {} | {} |\n", cell(point.label), cell(point.wrong));
    }
  }

  void add_table() {
    size_t rows = 0;
    for (const PointVerdict& point : report_.points)
      for (const OperationVerdict& operation : point.operations) {
        if (operation.as_expected()) continue;
        if (rows++ == 0) text_ += "\n| run | operation | what | why |\n|---|---|---|---|\n";
        if (rows > kRows) continue;
        text_ += fmt::format("| {} | {} | {} | {} |\n", cell(point.label), cell(operation.name),
                             cell(fmt::format("{}", fmt::join(operation.differences, "; "))),
                             reason(operation));
      }
    if (rows > kRows) text_ += fmt::format("\nAnd {} more.\n", rows - kRows);
  }

  const GateReport& report_;
  std::string text_;
};

}  // namespace

std::string markdown_text(const GateReport& report) { return MarkdownText(report).run(); }

}  // namespace exosim::bench
