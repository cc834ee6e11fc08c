// Operations side by side: what differs between the columns is the machine, the kernel, or the
// workload. A further thing to compare, such as the structure of a page table, is a workload or a
// kernel of its own with operations of the same names.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "bench/report/sections.hpp"
#include "bench/report/table_cells.hpp"
#include "bench/report/workload_tables.hpp"

namespace exosim::bench {
namespace {

/// One column of a comparison: which setting's figures, and what it is called.
struct Side {
  size_t setting = 0;
  std::string label;
};

/// What settings differ in.
struct Dimension {
  const char* kind;  // of the tables
  const char* title;
  std::string Setting::*member;
};

TableCell ratio(const OperationRow& row, size_t first, size_t other) {
  const auto& before = row.settings[first].warm.built;
  const auto& after = row.settings[other].warm.built;
  if (!before || !after) return {kNone, {}};
  TableCell cell =
      ratio_cell(static_cast<double>(before->median), static_cast<double>(after->median));
  cell.run = after->run;
  return cell;
}

Table sides_table(const Figures& figures, const Dimension& dimension, const std::string& workload,
                  const std::vector<Side>& sides) {
  Table table{dimension.kind,
              fmt::format("{}-{}-{}", dimension.kind, workload, sides.front().setting),
              fmt::format("{}: {}, warm", workload, dimension.kind),
              {{"operation", "", false}},
              {}};
  for (const Side& side : sides) {
    table.columns.push_back({"µs", side.label});
    if (&side != &sides.front()) table.columns.push_back({"ratio of cycles", side.label});
  }
  for (const OperationRow* row : ends_of(rows_of(figures, workload))) {
    const auto measured = std::ranges::count_if(sides, [&](const Side& side) {
      return row->settings[side.setting].warm.built.has_value();
    });
    if (measured < 2) continue;
    std::vector<TableCell> cells = {{operation_text(*row), {}}};
    for (const Side& side : sides) {
      cells.push_back(microseconds_cell(*row, row->settings[side.setting].warm.built,
                                        figures.settings[side.setting]));
      if (&side != &sides.front())
        cells.push_back(ratio(*row, sides.front().setting, side.setting));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

/// Settings that differ in the member alone, by the first of them.
std::map<size_t, std::vector<Side>> groups_of(const Figures& figures, const Dimension& dimension) {
  std::map<size_t, std::vector<Side>> groups;
  for (const Setting& setting : figures.settings) {
    const auto first = std::ranges::find_if(figures.settings, [&](const Setting& other) {
      Setting alike = other;
      alike.*dimension.member = setting.*dimension.member;
      return alike == setting;
    });
    groups[first->index].push_back({setting.index, setting.*dimension.member});
  }
  return groups;
}

Section dimension_section(const Figures& figures, const Dimension& dimension) {
  Section section{fmt::format("compare-{}", dimension.kind), dimension.title, {}};
  for (const auto& [first, sides] : groups_of(figures, dimension)) {
    if (sides.size() < 2) continue;
    for (const std::string& workload : figures.workloads) {
      Table table = sides_table(figures, dimension, workload, sides);
      if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
    }
  }
  if (!section.blocks.empty())
    section.blocks.emplace(section.blocks.begin(),
                           Paragraph{"Microseconds, and how many times the cycles of the first."});
  return section;
}

/// Rows of different workloads, by the operation and whether it is the kernel's.
using Shared = std::map<std::pair<std::string, bool>, std::map<std::string, const OperationRow*>>;

Shared shared_rows(const Figures& figures) {
  Shared rows;
  for (const OperationRow& row : figures.rows)
    rows[{row.operation, row.image == "kernel"}].emplace(row.workload, &row);
  std::erase_if(rows, [](const auto& entry) { return entry.second.size() < 2; });
  return rows;
}

/// Workloads that share some, in order.
std::vector<std::string> sharing(const Figures& figures, const Shared& shared, size_t at) {
  std::vector<std::string> workloads;
  for (const std::string& workload : figures.workloads)
    if (std::ranges::any_of(shared, [&](const auto& entry) {
          const auto found = entry.second.find(workload);
          return found != entry.second.end() && found->second->settings[at].warm.built;
        }))
      workloads.push_back(workload);
  return workloads;
}

Table workloads_table(const Figures& figures, const Shared& shared, const Setting& setting,
                      const std::vector<std::string>& workloads) {
  Table table{"workloads",
              fmt::format("workloads-{}", setting.index),
              fmt::format("The same operation in several workloads on {}, warm: median cycles",
                          figures.label(setting)),
              {{"operation", "", false}},
              {}};
  for (const std::string& workload : workloads) table.columns.push_back({workload, ""});
  for (const auto& [key, rows] : shared) {
    std::vector<TableCell> cells = {{key.first + (key.second ? " (kernel)" : ""), {}}};
    for (const std::string& workload : workloads) {
      const auto row = rows.find(workload);
      cells.push_back(
          row == rows.end()
              ? TableCell{kNone, {}}
              : cycles_cell(*row->second, row->second->settings[setting.index].warm.built));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Section workloads_section(const Figures& figures) {
  Section section{"compare-workloads", "Operations that several workloads have", {}};
  const Shared shared = shared_rows(figures);
  std::vector<Table> tables;
  std::vector<std::string> machines;
  for (const Setting& setting : figures.settings) {
    const auto workloads = sharing(figures, shared, setting.index);
    if (workloads.size() < 2) continue;
    tables.push_back(workloads_table(figures, shared, setting, workloads));
    machines.push_back(figures.label(setting));
  }
  if (tables.empty()) return section;
  std::vector<PointColumn> columns;
  for (size_t index = 0; index < tables.size(); ++index)
    for (size_t at = 1; at < tables[index].columns.size(); ++at)
      columns.push_back(
          {&tables[index], at, tables[index].columns[at].title, false, machines[index]});
  Plot plot = points_plot(columns, "cycles", "machine");
  plot.id = "plot-workloads";
  plot.title = "The same operation in several workloads, warm";
  plot.description =
      "For each operation that several workloads have, its median cycles in each of them, on a "
      "logarithmic axis. The tables have the same figures.";
  section.blocks.emplace_back(std::move(plot));
  for (Table& table : tables) section.blocks.emplace_back(std::move(table));
  return section;
}

}  // namespace

std::vector<Section> comparison_sections(const Figures& figures) {
  std::vector<Section> sections;
  sections.push_back(
      dimension_section(figures, {"machines", "The machines side by side", &Setting::machine}));
  sections.push_back(
      dimension_section(figures, {"kernels", "The kernels side by side", &Setting::kernel}));
  sections.push_back(workloads_section(figures));
  std::erase_if(sections, [](const Section& section) { return section.blocks.empty(); });
  return sections;
}

}  // namespace exosim::bench
