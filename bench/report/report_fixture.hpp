// What the tests of the report share: sets of results made by hand.
#pragma once

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "bench/report/document.hpp"
#include "bench/report/result_set.hpp"

namespace exosim::bench::testing {

using nlohmann::ordered_json;

/// An operation of `samples` cycles each, of which `cold` began cold; the ledger is theirs
/// together.
inline ordered_json operation_row(const std::string& name, const std::string& image,
                                  std::vector<uint64_t> samples, const ordered_json& ledger,
                                  const std::vector<uint64_t>& cold = {}) {
  std::vector<uint64_t> flags = cold;
  flags.resize(samples.size());
  uint64_t total = 0;
  for (const uint64_t cycles : samples) total += cycles;
  const ordered_json row = {
      {"name", name},
      {"image", image},
      {"count", samples.size()},
      {"cold", std::ranges::count(flags, 1u)},
      {"cycles", {{"min", 0}, {"median", 0}, {"p99", 0}, {"max", 0}, {"total", total}}},
      {"ledger", ledger},
      {"samples", {{"cycles", samples}, {"cold", flags}}}};
  return row;
}

/// "page" on hello.elf: 100 cycles, 40 of them protection.
inline ordered_json page_row(uint64_t cycles = 100) {
  return operation_row("page", "hello.elf", {cycles, cycles},
                       {{"protection", {{"execute", 80}}},
                        {"application", {{"execute", 2 * cycles - 90}, {"data_cache", 10}}}});
}

struct PointOf {
  std::string workload = "hello";
  std::string machine = "fast";
  std::string kernel = "aegis";
  bool cold = false;
  unsigned placement = 0;
};

inline ReportPoint point_of(const PointOf& names, const std::vector<ordered_json>& operations) {
  ReportPoint point;
  point.workload = names.workload;
  point.machine = names.machine;
  point.kernel = names.kernel;
  point.seed = 1;
  point.cold = names.cold;
  point.placement = names.placement;
  point.command = {"exosim", "--config", names.machine + ".yaml", names.workload + ".elf"};
  point.inputs = {{"kernel " + names.kernel + ".elf", "0"}};
  point.clock_hz = names.machine == "fast" ? 25e6 : 12.5e6;
  point.result.stats["run"] = {{"exit_reason", "exit"}, {"exit_status", 0}};
  point.result.stats["operations"] = operations;
  return point;
}

inline ResultSet set_of(std::vector<ReportPoint> points) {
  ResultSet set;
  set.folder = "results";
  set.name = "suite";
  set.points = std::move(points);
  return set;
}

/// Both machines, warm and cold, with a series and the kernel's own operation.
inline ResultSet sample_set() {
  std::vector<ReportPoint> points;
  for (const char* machine : {"fast", "slow"})
    for (const bool cold : {false, true}) {
      const std::vector<uint64_t> flags(2, cold ? 1 : 0);
      std::vector<ordered_json> rows = {page_row(cold ? 300 : 100)};
      rows.front()["samples"]["cold"] = flags;
      rows.front()["cold"] = cold ? 2 : 0;
      if (!cold)
        for (const unsigned number : {16u, 2u, 4u, 1u})
          rows.push_back(operation_row("refill, " + std::to_string(number), "hello.elf",
                                       {10 * number},
                                       {{"multiplexing", {{"execute", 10 * number}}}}));
      if (!cold)
        rows.push_back(operation_row("end of slice", "aegis.elf", {7},
                                     {{"multiplexing", {{"execute", 5}, {"exception", 2}}}}));
      points.push_back(point_of({.machine = machine, .cold = cold}, rows));
    }
  return set_of(std::move(points));
}

inline const Table* find_table(const Document& document, const std::string& id) {
  for (const Section& section : document.sections)
    for (const Block& block : section.blocks)
      if (const Table* table = std::get_if<Table>(&block); table && table->id == id) return table;
  return nullptr;
}

inline std::vector<const Plot*> plots_of(const Document& document) {
  std::vector<const Plot*> plots;
  for (const Section& section : document.sections)
    for (const Block& block : section.blocks)
      if (const Plot* plot = std::get_if<Plot>(&block)) plots.push_back(plot);
  return plots;
}

/// The row of that name as texts; empty if there is none.
inline std::vector<std::string> row_of(const Table& table, const std::string& name) {
  std::vector<std::string> texts;
  for (const auto& row : table.rows)
    if (row.front().text == name)
      for (const TableCell& cell : row) texts.push_back(cell.text);
  return texts;
}

inline std::vector<std::string> titles_of(const Table& table) {
  std::vector<std::string> titles;
  for (const TableColumn& column : table.columns)
    titles.push_back(column.group.empty() ? column.title : column.group + " " + column.title);
  return titles;
}

}  // namespace exosim::bench::testing
