// The JSON of --stats.
#include "sim/observe/statistics.hpp"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "sim/observe/decimal.hpp"
#include "sim/observe/text_file.hpp"

namespace exosim {
namespace {

using Json = nlohmann::ordered_json;

constexpr unsigned kCpiDigits = 6;
constexpr unsigned kSecondsDigits = 9;

/// The double nearest to the rounded quotient; null if there is nothing to divide by.
Json quotient(uint64_t numerator, uint64_t denominator, unsigned digits) {
  if (denominator == 0) return nullptr;
  const std::string text = quotient_text(numerator, denominator, digits);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Json run_json(const RunSummary& run) {
  return {{"instructions", run.instructions},
          {"cycles", run.cycles},
          {"cpi", quotient(run.cycles, run.instructions, kCpiDigits)},
          {"clock_hz", run.clock_hz},
          {"simulated_seconds", quotient(run.cycles, run.clock_hz, kSecondsDigits)},
          {"exit_status", run.exit_status},
          {"exit_reason", run.exit_reason},
          {"exit_detail", run.exit_detail}};
}

Json name_json(const std::string& name) { return name.empty() ? Json(nullptr) : Json(name); }

Json summary_json(const Summary& summary) {
  return {{"min", summary.min},
          {"median", summary.median},
          {"p99", summary.p99},
          {"max", summary.max},
          {"total", summary.total}};
}

Json causes_json(const CauseTotals& totals) {
  Json json = Json::object();
  for (size_t cause = 0; cause < kCycleCauses; ++cause)
    json[std::string(kCycleCauseNames[cause])] = totals.cycles[cause];
  return json;
}

/// Without those that did not occur.
Json occurring_causes_json(const CauseTotals& totals) {
  Json json = Json::object();
  for (size_t cause = 0; cause < kCycleCauses; ++cause)
    if (totals.cycles[cause] != 0)
      json[std::string(kCycleCauseNames[cause])] = totals.cycles[cause];
  return json;
}

/// Without what did not occur.
Json table_json(const CycleTable& table) {
  Json json = Json::object();
  for (size_t domain = 0; domain < kDomains; ++domain)
    if (Json causes = occurring_causes_json(table.by_domain[domain]); !causes.empty())
      json[std::string(kDomainNames[domain])] = std::move(causes);
  return json;
}

Json samples_json(const std::vector<OperationSample>& samples) {
  Json cycles = Json::array();
  Json cold = Json::array();
  for (const OperationSample& sample : samples) {
    cycles.push_back(sample.cycles);
    cold.push_back(sample.cold ? 1 : 0);
  }
  return {{"cycles", std::move(cycles)}, {"cold", std::move(cold)}};
}

Json operation_json(const OperationRow& row) {
  const bool has = row.count != 0;
  Json json = {{"name", row.name},
               {"image", row.image},
               {"count", row.count},
               {"cold", row.cold},
               {"cycles", has ? summary_json(row.cycles) : Json(nullptr)},
               {"instructions", has ? summary_json(row.instructions) : Json(nullptr)},
               {"causes", has ? causes_json(row.table.causes()) : Json(nullptr)},
               {"ledger", has ? table_json(row.table) : Json(nullptr)},
               {"unfinished", row.unfinished},
               {"unmatched", row.unmatched}};
  if (!row.samples.empty()) json["samples"] = samples_json(row.samples);
  return json;
}

/// One object for each operation, owner and domain.
Json ledger_json(const std::vector<LedgerEntry>& entries) {
  Json json = Json::array();
  for (const LedgerEntry& entry : entries) {
    for (size_t domain = 0; domain < kDomains; ++domain) {
      const CauseTotals& causes = entry.table.by_domain[domain];
      if (causes.sum() == 0) continue;
      json.push_back({{"operation", name_json(entry.operation)},
                      {"image", name_json(entry.image)},
                      {"owner", entry.owner},
                      {"domain", kDomainNames[domain]},
                      {"cycles", causes.sum()},
                      {"causes", occurring_causes_json(causes)}});
    }
  }
  return json;
}

Json domains_json(const DomainTotals& totals) {
  Json json = Json::object();
  for (size_t index = 0; index < totals.size(); ++index)
    json[std::string(kDomainNames[index])] = totals[index];
  return json;
}

Json exceptions_json(const ExceptionTotals& totals) {
  Json json = Json::object();
  for (size_t code = 0; code < totals.by_code.size(); ++code)
    json[std::string(kExceptionNames[code])] = totals.by_code[code];
  json["utlb_refill"] = totals.utlb_refills;
  return json;
}

Json wait_json(const std::optional<InterruptWait>& found) {
  if (!found) return nullptr;
  const InterruptWait& wait = *found;
  return {{"cycles", wait.cycles},
          {"since", wait.since},
          {"pc", fmt::format("{:#010x}", wait.pc.value)},
          {"image", name_json(wait.began_in.image)},
          {"function", name_json(wait.began_in.function)},
          {"mostly_in",
           {{"image", name_json(wait.mostly_in.image)},
            {"function", name_json(wait.mostly_in.function)},
            {"cycles", wait.mostly_cycles}}}};
}

Json interrupts_json(const InterruptLatencies& latencies) {
  return {{"count", latencies.count},
          {"cycles", latencies.count == 0 ? Json(nullptr) : summary_json(latencies.cycles)},
          {"longest", wait_json(latencies.longest)},
          {"unserved", latencies.unserved},
          {"longest_unserved", wait_json(latencies.longest_unserved)}};
}

Json counters_json(const CounterTotals& totals) {
  Json json = Json::object();
  for (size_t index = 0; index < kCounters; ++index)
    json[std::string(counter_table()[index].name)] = totals.counts[index];
  return json;
}

Json intervals_json(const Statistics& statistics) {
  Json rows = Json::array();
  for (const Interval& interval : statistics.intervals)
    rows.push_back({{"begin", interval.begin},
                    {"cycles", interval.table.sum()},
                    {"instructions", interval.counters.instructions()},
                    {"domains", domains_json(interval.table.domains())},
                    {"causes", causes_json(interval.table.causes())},
                    {"counters", counters_json(interval.counters)}});
  return {{"every", statistics.interval_cycles}, {"rows", std::move(rows)}};
}

std::string sum_fault(std::string_view what, uint64_t sum, uint64_t cycles) {
  if (sum == cycles) return {};
  return fmt::format("the cycles by {} add up to {}, not {}", what, sum, cycles);
}

/// Classes and intervals must add up to the run.
std::string counter_fault(const Statistics& statistics) {
  if (!statistics.counters) return {};
  const uint64_t classes = statistics.counters->instructions();
  if (classes != statistics.run.instructions)
    return fmt::format("the instructions by class add up to {}, not {}", classes,
                       statistics.run.instructions);
  if (statistics.interval_cycles == 0) return {};
  CycleTable table;
  CounterTotals counters;
  for (const Interval& interval : statistics.intervals) {
    table += interval.table;
    counters += interval.counters;
  }
  const bool is_whole = table == statistics.totals && counters == *statistics.counters;
  return is_whole ? "" : "the intervals do not add up to the run";
}

}  // namespace

std::string imbalance(const Statistics& statistics) {
  const uint64_t cycles = statistics.run.cycles;
  std::string fault = sum_fault("domain and cause", statistics.totals.sum(), cycles);
  CycleTable cells;
  for (const LedgerEntry& entry : statistics.ledger) cells += entry.table;
  if (fault.empty() && cells != statistics.totals)
    fault = "the cells of the ledger do not add up to its totals";
  for (const OperationRow& row : statistics.operations)
    if (fault.empty())
      fault =
          sum_fault(fmt::format("cause of \"{}\"", row.name), row.table.sum(), row.cycles.total);
  if (fault.empty()) fault = counter_fault(statistics);
  return fault;
}

std::string statistics_json(const Statistics& statistics) {
  Json operations = Json::array();
  for (const OperationRow& row : statistics.operations) operations.push_back(operation_json(row));
  Json json = {{"schema", "exosim-stats"},
               {"version", 1},
               {"run", run_json(statistics.run)},
               {"operations", std::move(operations)},
               {"domains", domains_json(statistics.totals.domains())},
               {"causes", causes_json(statistics.totals.causes())},
               {"ledger", ledger_json(statistics.ledger)},
               {"exceptions", exceptions_json(statistics.exceptions)},
               {"interrupt_latency", interrupts_json(statistics.interrupts)}};
  if (statistics.counters) json["counters"] = counters_json(*statistics.counters);
  if (statistics.interval_cycles != 0) json["intervals"] = intervals_json(statistics);
  if (statistics.config_digest) json["config_digest"] = *statistics.config_digest;
  // Names come from guest files and need not be UTF-8.
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + '\n';
}

Result<std::monostate> write_statistics(const Statistics& statistics,
                                        const std::filesystem::path& path) {
  auto file = TextFile::create(path);
  if (!file) return file.error();
  file->write(statistics_json(statistics));
  return file->close();
}

}  // namespace exosim
