// See commit_message.hpp.
#include "bench/gate/commit_message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "bench/gate/sources_of_change.hpp"

namespace exosim::bench {
namespace {

struct Row {
  std::string text;
  double share;  // of what it was before, by which it changed
};

/// The operations that changed by the largest share.
std::vector<Row> rows_of(const GateReport& report) {
  std::vector<Row> rows;
  for (const PointVerdict& point : report.points)
    for (const OperationVerdict& operation : point.operations) {
      const int64_t before = operation.before.median;
      if (operation.as_expected() || before == 0) continue;
      const auto change = static_cast<double>(std::abs(operation.now.median - before));
      rows.push_back(
          {fmt::format("{}, {}: {}", point.label, operation.name, operation.differences.front()),
           change / static_cast<double>(before)});
    }
  std::ranges::stable_sort(rows, std::greater(), &Row::share);
  return rows;
}

}  // namespace

std::string commit_message(const GateReport& report) {
  constexpr size_t kRows = 5;
  const auto rows = rows_of(report);
  if (report.as_expected()) return "nothing differs from what was expected\n";
  if (rows.empty()) return "nothing was expected of these before: say in the commit what is new\n";
  std::string text = "\nFor the commit message, with the reason:\n\n";
  for (const SourceOfChange& source : sources_of_change(report))
    if (text.size() < 1000) text += fmt::format("    {}\n", source_text(source));
  for (size_t row = 0; row < std::min(kRows, rows.size()); ++row)
    text += fmt::format("    {}\n", rows[row].text);
  if (rows.size() > kRows) text += fmt::format("    and {} more\n", rows.size() - kRows);
  return text;
}

}  // namespace exosim::bench
