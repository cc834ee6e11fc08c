// What a run was, in figures: the JSON of --stats (docs/stats.md, docs/stats.schema.json).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/observe/counters.hpp"
#include "sim/observe/exceptions.hpp"
#include "sim/observe/interrupt_latency.hpp"
#include "sim/observe/intervals.hpp"
#include "sim/observe/ledger/ledger.hpp"
#include "sim/observe/ledger/operations.hpp"

namespace exosim {

/// The run as a whole.
struct RunSummary {
  uint64_t instructions = 0;  // retired
  uint64_t cycles = 0;
  uint64_t clock_hz = 1;  // > 0
  uint32_t exit_status = 0;
  /// "exit", "guest_panic", "guest_bug", "cycle_limit", "instruction_limit" or "deadlock".
  std::string exit_reason;
  std::string exit_detail;  // may be empty
};

/// All that is reported of a run. Depends on the configuration and the images only.
struct Statistics {
  RunSummary run;
  std::vector<OperationRow> operations;
  CycleTable totals;
  std::vector<LedgerEntry> ledger;
  ExceptionTotals exceptions;
  InterruptLatencies interrupts;
  std::optional<CounterTotals> counters;  // where they were asked for
  uint64_t interval_cycles = 0;           // 0: no intervals
  std::vector<Interval> intervals;
  std::optional<std::string> config_digest;
};

/// Which figures do not add up to the clock: a bug of the simulator. Empty if all do.
std::string imbalance(const Statistics& statistics);

/// JSON with a line end; the order of members is fixed.
std::string statistics_json(const Statistics& statistics);

/// Writes statistics_json() to a file. The error says why it could not.
Result<std::monostate> write_statistics(const Statistics& statistics,
                                        const std::filesystem::path& path);

}  // namespace exosim
