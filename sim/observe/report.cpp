// Figures in lines and columns.
#include "sim/observe/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <vector>

#include "sim/observe/decimal.hpp"
#include "sim/observe/text_table.hpp"

namespace exosim {
namespace {

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

/// Left out where no interrupt was taken.
std::string interrupts_text(const InterruptLatencies& latencies) {
  if (!latencies.longest) return {};
  const InterruptWait& wait = *latencies.longest;
  std::string text = fmt::format("  {:<24}at most {} cycles", "interrupt latency", wait.cycles);
  if (!wait.mostly_in.function.empty())
    text += fmt::format(", mostly in {} ({})", wait.mostly_in.function, wait.mostly_in.image);
  return text + fmt::format("; {} taken\n", latencies.count);
}

std::string domains_text(const DomainTotals& totals, uint64_t cycles) {
  std::vector<std::vector<std::string>> rows{{"domain", "cycles", "%"}};
  for (size_t index = 0; index < totals.size(); ++index)
    rows.push_back({std::string(kDomainNames[index]), std::to_string(totals[index]),
                    // Cycles beyond 2^57 would take longer to simulate than there is time.
                    cycles == 0 ? "-" : quotient_text(totals[index] * 100, cycles, 1)});
  return "\ndomains\n" + table_text(rows, 1);
}

std::string causes_text(const CauseTotals& totals, const RunSummary& run) {
  if (totals.sum() == 0) return {};
  std::vector<std::vector<std::string>> rows{{"cause", "cycles", "%", "per instruction"}};
  for (const size_t cause : causes_in(totals)) {
    const uint64_t cycles = totals.cycles[cause];
    rows.push_back({cause_text(cause), std::to_string(cycles),
                    quotient_text(cycles * 100, totals.sum(), 1),
                    run.instructions == 0 ? "-" : quotient_text(cycles, run.instructions, 3)});
  }
  return "\ncauses\n" + table_text(rows, 1);
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

/// How many of the samples began cold: a column where any did.
void add_cold_column(std::vector<std::vector<std::string>>& rows,
                     const std::vector<OperationRow>& operations) {
  constexpr auto kBehindCount = 3;
  if (std::ranges::none_of(operations, [](const OperationRow& row) { return row.cold != 0; }))
    return;
  rows[0].insert(rows[0].begin() + kBehindCount, "cold");
  for (size_t index = 0; index < operations.size(); ++index) {
    std::vector<std::string>& cells = rows[index + 1];
    cells.insert(cells.begin() + kBehindCount, std::to_string(operations[index].cold));
  }
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
  add_cold_column(rows, operations);
  return "\noperations (cycles; median instructions)\n" + table_text(rows, 2) + remarks;
}

void add(DomainTotals& totals, const DomainTotals& more) {
  for (size_t domain = 0; domain < kDomains; ++domain) totals[domain] += more[domain];
}

std::string mean_text(uint64_t total, uint64_t count) {
  return total == 0 ? "-" : quotient_text(total, count, 1);
}

std::string operation_domains_text(const std::vector<OperationRow>& operations) {
  std::vector<std::vector<std::string>> rows{{"operation", "image", "cycles"}};
  for (const std::string_view domain : kDomainNames) rows[0].emplace_back(domain);
  for (const OperationRow& row : operations) {
    if (row.count == 0) continue;
    std::vector<std::string>& cells = rows.emplace_back();
    cells = {row.name, row.image, quotient_text(row.cycles.total, row.count, 1)};
    for (const uint64_t cycles : row.table.domains()) cells.push_back(mean_text(cycles, row.count));
  }
  return rows.size() == 1 ? "" : "\noperations by domain (means)\n" + table_text(rows, 2);
}

std::vector<std::string> owner_cells(const std::string& name, const DomainTotals& domains) {
  const uint64_t cycles = std::accumulate(domains.begin(), domains.end(), uint64_t{0});
  std::vector<std::string> cells{name, std::to_string(cycles)};
  for (const uint64_t each : domains) cells.push_back(std::to_string(each));
  return cells;
}

/// Left out where one owner has all cycles. Of many, the last are shown together.
std::string owners_text(const std::vector<LedgerEntry>& ledger) {
  constexpr size_t kShown = 16;
  std::map<uint32_t, std::pair<std::string, DomainTotals>> owners;
  for (const LedgerEntry& entry : ledger) {
    auto& [name, domains] = owners[entry.owner_number];
    name = entry.owner;
    add(domains, entry.table.domains());
  }
  if (owners.size() < 2) return {};
  std::vector<std::vector<std::string>> rows{{"owner", "cycles"}};
  for (const std::string_view domain : kDomainNames) rows[0].emplace_back(domain);
  DomainTotals rest{};
  for (const auto& [number, owner] : owners) {
    if (rows.size() <= kShown || owners.size() == kShown + 1)
      rows.push_back(owner_cells(owner.first, owner.second));
    else
      add(rest, owner.second);
  }
  const size_t shown = rows.size() - 1;
  if (shown < owners.size())
    rows.push_back(owner_cells(fmt::format("{} more", owners.size() - shown), rest));
  return "\nowners\n" + table_text(rows, 1);
}

/// Left out where nothing stalls: all cycles of all operations are then those of their steps.
std::string operation_causes_text(const std::vector<OperationRow>& operations) {
  CauseTotals totals;
  for (const OperationRow& row : operations) totals += row.table.causes();
  const std::vector<size_t> causes = causes_in(totals);
  if (totals.cycles[kExecute] == totals.sum()) return {};
  std::vector<std::vector<std::string>> rows{{"", "", ""}, {"operation", "image", "cycles"}};
  for (const size_t cause : causes) {
    rows[0].emplace_back(cause_heading(cause).above);
    rows[1].emplace_back(cause_heading(cause).below);
  }
  for (const OperationRow& row : operations) {
    if (row.count == 0) continue;
    std::vector<std::string>& cells = rows.emplace_back();
    const CauseTotals by_cause = row.table.causes();
    cells = {row.name, row.image, quotient_text(row.cycles.total, row.count, 1)};
    for (const size_t cause : causes) cells.push_back(mean_text(by_cause.cycles[cause], row.count));
  }
  return "\noperations by cause (means)\n" + table_text(rows, 2);
}

}  // namespace

std::string report_text(const Statistics& statistics) {
  return run_text(statistics.run) + interrupts_text(statistics.interrupts) +
         domains_text(statistics.totals.domains(), statistics.run.cycles) +
         owners_text(statistics.ledger) + causes_text(statistics.totals.causes(), statistics.run) +
         operations_text(statistics.operations) + operation_domains_text(statistics.operations) +
         operation_causes_text(statistics.operations);
}

}  // namespace exosim
