// See tap.hpp.
#include "bench/gate/tap.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bench/gate/report_text.hpp"
#include "bench/suite/point.hpp"

namespace exosim::bench {
namespace {

/// In a description, # begins a directive and a newline ends it.
std::string description(std::string text) {
  std::ranges::replace(text, '#', ' ');
  std::ranges::replace(text, '\n', ' ');
  return text;
}

class TapText {
 public:
  explicit TapText(const GateReport& report) {
    text_ = fmt::format("TAP version 13\n1..{}\n", report.operations() + report.points.size());
    for (const PointVerdict& point : report.points) add_point(point);
  }
  std::string take() { return std::move(text_); }

 private:
  void add_point(const PointVerdict& point) {
    add_test(point.label + ": run", point.wrong, {}, point.command);
    for (const OperationVerdict& operation : point.operations)
      add_test(point.label + ": " + operation.name,
               fmt::format("{}", fmt::join(operation.differences, "; ")),
               explanation_lines(operation.why, {}), point.command);
  }

  void add_test(const std::string& name, const std::string& wrong,
                const std::vector<std::string>& why, const std::string& command) {
    text_ +=
        fmt::format("{} {} - {}\n", wrong.empty() ? "ok" : "not ok", ++number_, description(name));
    if (wrong.empty()) return;
    // Texts as JSON has them are texts in YAML, too.
    text_ +=
        fmt::format("  ---\n  message: {}\n  command: {}\n", json_text(wrong), json_text(command));
    if (!why.empty()) text_ += "  why:\n";
    for (const std::string& line : why) text_ += fmt::format("    - {}\n", json_text(line));
    text_ += "  ...\n";
  }

  std::string text_;
  size_t number_ = 0;
};

}  // namespace

std::string tap_text(const GateReport& report) { return TapText(report).take(); }

}  // namespace exosim::bench
