// Tables of one workload on one setting, and the plots of them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bench/report/document.hpp"
#include "bench/report/figures.hpp"
#include "bench/report/plots.hpp"

namespace exosim::bench {

using Rows = std::vector<const OperationRow*>;

/// The rows of a workload, in order.
Rows rows_of(const Figures& figures, const std::string& workload);
/// Without those inside a series.
Rows ends_of(const Rows& rows);

/// Published, ours warm and cold, spread.
struct TimesTable {
  Table table;
  std::string machine;
  std::optional<size_t> published;  // column
  size_t warm = 0;                  // column of the microseconds
};
/// For each setting that has some.
std::vector<TimesTable> times_tables(const Figures& figures, const std::string& workload,
                                     const Rows& rows);
/// The machines side by side.
Plot times_plot(const std::vector<TimesTable>& tables, const std::string& workload);

/// What mean cycles are divided into.
struct PartKind {
  const char* kind;  // of the tables
  const char* word;
  Parts Measured::*parts;
  std::span<const Look> looks;
};
PartKind domains_kind();
PartKind causes_kind();

/// Mean cycles, in parts.
struct PartsTable {
  Table table;
  std::string machine;
  bool cold = false;
};
/// For each setting, warm and cold, that has some.
std::vector<PartsTable> parts_tables(const Figures& figures, const std::string& workload,
                                     const Rows& rows, const PartKind& kind);
Plot parts_plot(const std::vector<PartsTable>& tables, const std::string& workload,
                const PartKind& kind);

/// Medians of the workload's series, a column for each number; blocks in order, with a plot.
std::vector<Block> series_blocks(const Figures& figures, const std::string& workload,
                                 const Rows& rows);

}  // namespace exosim::bench
