// What operations cost: published, warm, cold, spread.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "bench/report/table_cells.hpp"
#include "bench/report/workload_tables.hpp"

namespace exosim::bench {
namespace {

/// Which columns a table of times has something in.
struct TimeColumns {
  bool published = false;
  bool cold = false;
  bool placements = false;
};

TimeColumns columns_of(const Figures& figures, size_t at, const Rows& rows) {
  TimeColumns columns;
  const std::string& machine = figures.settings[at].machine;
  for (const OperationRow* row : rows) {
    const WarmAndCold& both = row->settings[at];
    columns.published |= row->published && row->published->by_machine.contains(machine);
    columns.cold |= both.cold.built.has_value();
    columns.placements |= !both.warm.placed.empty() || !both.cold.placed.empty();
  }
  return columns;
}

void add_columns(Table& table, const std::string& group, const TimeColumns& has) {
  table.columns.push_back({"µs", group});
  if (has.published && group == "warm") table.columns.push_back({"÷ published", group});
  table.columns.push_back({"cycles", group});
  table.columns.push_back({"least–greatest", group});
  if (has.placements) table.columns.push_back({"placements", group});
}

const PublishedFigure* published_of(const OperationRow& row, const std::string& machine) {
  if (!row.published) return nullptr;
  const auto found = row.published->by_machine.find(machine);
  return found == row.published->by_machine.end() ? nullptr : &found->second;
}

TableCell against_published(const OperationRow& row, const Setting& setting) {
  const PublishedFigure* theirs = published_of(row, setting.machine);
  const auto& ours = row.settings[setting.index].warm.built;
  if (!theirs || !ours) return {kNone, {}};
  const double cycles = static_cast<double>(ours->median) / row.share();
  TableCell cell =
      ratio_cell(std::strtod(theirs->microseconds.c_str(), nullptr), setting.microseconds(cycles));
  cell.run = ours->run;
  return cell;
}

void add_cells(std::vector<TableCell>& cells, const OperationRow& row, const Setting& setting,
               const TimeColumns& has, bool cold) {
  const WarmAndCold& both = row.settings[setting.index];
  const Measurements& measured = cold ? both.cold : both.warm;
  cells.push_back(microseconds_cell(row, measured.built, setting));
  if (has.published && !cold) cells.push_back(against_published(row, setting));
  cells.push_back(cycles_cell(row, measured.built));
  cells.push_back(samples_cell(row, measured.built));
  if (has.placements) cells.push_back(placements_cell(row, measured.placed));
}

TimesTable times_table(const Figures& figures, const Setting& setting, const std::string& workload,
                       const Rows& rows) {
  const std::string label = figures.label(setting);
  const TimeColumns has = columns_of(figures, setting.index, rows);
  TimesTable times{{"times",
                    fmt::format("times-{}-{}", workload, setting.index),
                    fmt::format("{} on {}: the median of each operation", workload, label),
                    {{"operation", "", false}},
                    {}},
                   label,
                   {},
                   0};
  Table& table = times.table;
  if (has.published) {
    times.published = table.columns.size();
    table.columns.push_back({"published µs", ""});
  }
  times.warm = table.columns.size();
  add_columns(table, "warm", has);
  if (has.cold) add_columns(table, "cold", has);
  for (const OperationRow* row : rows) {
    const WarmAndCold& both = row->settings[setting.index];
    if (!both.warm.built && !both.cold.built) continue;
    std::vector<TableCell> cells = {{operation_text(*row), {}}};
    const PublishedFigure* theirs = published_of(*row, setting.machine);
    if (has.published)
      cells.push_back({theirs ? theirs->microseconds + " " + theirs->mark : kNone, {}});
    add_cells(cells, *row, setting, has, false);
    if (has.cold) add_cells(cells, *row, setting, has, true);
    table.rows.push_back(std::move(cells));
  }
  return times;
}

}  // namespace

std::vector<TimesTable> times_tables(const Figures& figures, const std::string& workload,
                                     const Rows& rows) {
  std::vector<TimesTable> tables;
  for (const Setting& setting : figures.settings) {
    TimesTable times = times_table(figures, setting, workload, rows);
    if (!times.table.rows.empty()) tables.push_back(std::move(times));
  }
  return tables;
}

Plot times_plot(const std::vector<TimesTable>& tables, const std::string& workload) {
  std::vector<PointColumn> columns;
  for (const TimesTable& times : tables) {
    columns.push_back({&times.table, times.warm, times.machine, false, {}});
    if (times.published)
      columns.push_back({&times.table, *times.published, times.machine, true, {}});
  }
  Plot plot = points_plot(columns, "microseconds", "");
  plot.id = "plot-times-" + workload;
  plot.title = workload + ": how long each operation takes, warm";
  plot.description =
      "For each operation its median time, warm, on each machine, in microseconds on a logarithmic "
      "axis; hollow: as published. The tables have the same figures.";
  return plot;
}

}  // namespace exosim::bench
