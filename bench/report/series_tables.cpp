// Operations that were measured with several numbers of something: how their cycles grow.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "bench/report/table_cells.hpp"
#include "bench/report/workload_tables.hpp"

namespace exosim::bench {
namespace {

bool are_of_one(const OperationRow* a, const OperationRow* b) {
  return a->image == b->image && a->series == b->series;
}

std::string series_text(const OperationRow& row) {
  return row.image == row.workload ? row.series : fmt::format("{} ({})", row.series, row.image);
}

TableCell growth_cell(const OperationRow& first, const OperationRow& last, size_t at) {
  const auto& least = first.settings[at].warm.built;
  const auto& greatest = last.settings[at].warm.built;
  if (!least || !greatest) return {kNone, {}};
  TableCell cell = ratio_cell(static_cast<double>(least->median) / first.share(),
                              static_cast<double>(greatest->median) / last.share());
  cell.run = greatest->run;
  return cell;
}

Table series_table(const Figures& figures, const Setting& setting, const std::string& workload,
                   const Rows& rows, const std::set<uint64_t>& numbers) {
  Table table{"series",
              fmt::format("series-{}-{}", workload, setting.index),
              fmt::format("{} on {}, warm: median cycles with several numbers", workload,
                          figures.label(setting)),
              {{"operation", "", false}},
              {}};
  for (const uint64_t number : numbers) table.columns.push_back({fmt::format("{}", number), ""});
  table.columns.push_back({"last ÷ first", ""});
  for (auto at = rows.begin(); at != rows.end();) {
    const auto end =
        std::find_if_not(at, rows.end(), [&](auto* row) { return are_of_one(row, *at); });
    std::vector<TableCell> cells = {{series_text(**at), {}}};
    for (const uint64_t number : numbers) {
      const auto found = std::find_if(at, end, [&](auto* row) { return row->number == number; });
      cells.push_back(found == end
                          ? TableCell{kNone, {}}
                          : cycles_cell(**found, (*found)->settings[setting.index].warm.built));
    }
    cells.push_back(growth_cell(**at, **std::prev(end), setting.index));
    table.rows.push_back(std::move(cells));
    at = end;
  }
  return table;
}

Plot series_plot(const std::vector<Drawn>& drawn, const std::string& workload, size_t numbers) {
  Plot plot = lines_plot(drawn, 1 + numbers);
  plot.id = "plot-series-" + workload;
  plot.title = workload + ": how cycles grow with the number";
  plot.description =
      "For an operation that the reader chooses, its median cycles, warm, over the number in its "
      "name, a line for each machine. The tables have the same figures.";
  return plot;
}

}  // namespace

std::vector<Block> series_blocks(const Figures& figures, const std::string& workload,
                                 const Rows& all_rows) {
  Rows rows;
  std::set<uint64_t> numbers;
  for (const OperationRow* row : all_rows)
    if (!row->series.empty()) {
      rows.push_back(row);
      numbers.insert(row->number);
    }
  if (rows.empty()) return {};
  std::vector<Table> tables;
  std::vector<std::string> machines;
  for (const Setting& setting : figures.settings) {
    const bool is_measured = std::ranges::any_of(
        rows, [&](auto* row) { return row->settings[setting.index].warm.built.has_value(); });
    if (!is_measured) continue;
    tables.push_back(series_table(figures, setting, workload, rows, numbers));
    machines.push_back(figures.label(setting));
  }
  if (tables.empty()) return {};
  std::vector<Drawn> drawn;
  for (size_t at = 0; at < tables.size(); ++at)
    drawn.push_back({&tables[at], machines[at], "warm"});
  std::vector<Block> blocks;
  blocks.emplace_back(Paragraph{fmt::format(
      "Operations whose names end in a number, such as “{}”, are one operation with several "
      "numbers of something. Here are all of them; elsewhere are the least and the greatest.",
      rows.front()->operation)});
  blocks.emplace_back(series_plot(drawn, workload, numbers.size()));
  for (Table& table : tables) blocks.emplace_back(std::move(table));
  return blocks;
}

}  // namespace exosim::bench
