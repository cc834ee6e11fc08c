// Figures in lines and columns.
#include "sim/observe/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "sim/observe/decimal.hpp"

namespace exosim {
namespace {

/// Rows of cells, the first row a heading. Columns are as wide as their widest cell; the first
/// `left` columns are aligned to the left, the others to the right.
std::string table_text(const std::vector<std::vector<std::string>>& rows, size_t left) {
  std::vector<size_t> widths(rows.front().size());
  for (const auto& row : rows)
    for (size_t column = 0; column < row.size(); ++column)
      widths[column] = std::max(widths[column], row[column].size());
  std::string text;
  for (const auto& row : rows) {
    for (size_t column = 0; column < row.size(); ++column) {
      const bool to_left = column < left;
      text += fmt::format("  {:{}}{}", to_left ? row[column] : "",
                          to_left ? widths[column] : widths[column] - row[column].size(),
                          to_left ? "" : row[column]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  }
  return text;
}

std::string clock_text(uint64_t hz) {
  if (hz % 10'000 != 0) return fmt::format("{} Hz", hz);
  std::string megahertz = quotient_text(hz, 1'000'000, 2);
  megahertz.erase(megahertz.find_last_not_of('0') + 1);
  if (megahertz.ends_with('.')) megahertz.pop_back();
  return megahertz + " MHz";
}

std::string ended_text(const RunSummary& run) {
  std::string reason = run.exit_reason;
  std::ranges::replace(reason, '_', ' ');
  // Only a guest that exits has a status.
  if (run.exit_reason == "exit") return fmt::format("exit, status {}", run.exit_status);
  return run.exit_detail.empty() ? reason : reason + ": " + run.exit_detail;
}

std::string run_text(const RunSummary& run) {
  const std::string cpi =
      run.instructions == 0 ? "-" : quotient_text(run.cycles, run.instructions, 3);
  std::string text = "run\n";
  const auto line = [&](std::string_view what, const std::string& value) {
    fmt::format_to(std::back_inserter(text), "  {:<24}{}\n", what, value);
  };
  line("ended", ended_text(run));
  line("instructions", std::to_string(run.instructions));
  line("cycles", std::to_string(run.cycles));
  line("cycles per instruction", cpi);
  line("simulated time", fmt::format("{} s at {}", quotient_text(run.cycles, run.clock_hz, 9),
                                     clock_text(run.clock_hz)));
  return text;
}

std::string domains_text(const DomainTotals& totals, uint64_t cycles) {
  std::vector<std::vector<std::string>> rows{{"domain", "cycles", "%"}};
  for (size_t index = 0; index < totals.size(); ++index)
    rows.push_back({std::string(kDomainNames[index]), std::to_string(totals[index]),
                    // Cycles beyond 2^57 would take longer to simulate than there is time.
                    cycles == 0 ? "-" : quotient_text(totals[index] * 100, cycles, 1)});
  return "\ndomains\n" + table_text(rows, 1);
}

std::vector<std::string> operation_cells(const OperationRow& row) {
  const auto figure = [&](uint64_t value) {
    return row.count == 0 ? std::string("-") : std::to_string(value);
  };
  return {row.name,
          row.image,
          std::to_string(row.count),
          figure(row.cycles.min),
          figure(row.cycles.median),
          figure(row.cycles.p99),
          figure(row.cycles.max),
          figure(row.instructions.median)};
}

std::string operations_text(const std::vector<OperationRow>& operations) {
  if (operations.empty()) return {};
  std::vector<std::vector<std::string>> rows{
      {"operation", "image", "count", "min", "median", "p99", "max", "instructions"}};
  std::string remarks;
  for (const OperationRow& row : operations) {
    rows.push_back(operation_cells(row));
    if (row.unfinished + row.unmatched != 0)
      remarks += fmt::format("  {} ({}): {} unfinished, {} unmatched\n", row.name, row.image,
                             row.unfinished, row.unmatched);
  }
  return "\noperations (cycles; median instructions)\n" + table_text(rows, 2) + remarks;
}

}  // namespace

std::string report_text(const Statistics& statistics) {
  return run_text(statistics.run) + domains_text(statistics.domains, statistics.run.cycles) +
         operations_text(statistics.operations);
}

}  // namespace exosim
