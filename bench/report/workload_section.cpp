// A workload: what its operations cost, what for, and why.
#include <fmt/format.h>

#include <algorithm>

#include "bench/report/published.hpp"
#include "bench/report/sections.hpp"
#include "bench/report/workload_tables.hpp"

namespace exosim::bench {
namespace {

bool any_mixed(const Rows& rows) {
  return std::ranges::any_of(rows, [](const OperationRow* row) {
    return std::ranges::any_of(row->settings, [](const WarmAndCold& both) {
      return (both.warm.built && both.warm.built->is_mixed) ||
             (both.cold.built && both.cold.built->is_mixed);
    });
  });
}

bool has_published(const Rows& rows) {
  return std::ranges::any_of(rows, [](const OperationRow* row) {
    return row->published && !row->published->by_machine.empty();
  });
}

std::string marks_text() {
  std::string text = "Marks of published figures: ";
  for (const Mark& mark : kMarks)
    text += fmt::format("{}{}: {}", &mark == kMarks ? "" : "; ", mark.letter, mark.meaning);
  return text + ".";
}

void add_parts(Section& section, std::vector<PartsTable> tables) {
  for (PartsTable& parts : tables) section.blocks.emplace_back(std::move(parts.table));
}

}  // namespace

Rows rows_of(const Figures& figures, const std::string& workload) {
  Rows rows;
  for (const OperationRow& row : figures.rows)
    if (row.workload == workload) rows.push_back(&row);
  return rows;
}

Rows ends_of(const Rows& rows) {
  Rows ends = rows;
  std::erase_if(ends, [](const OperationRow* row) { return row->is_inner; });
  return ends;
}

Section workload_section(const Figures& figures, const std::string& workload) {
  Section section{"workload-" + workload, "Workload " + workload, {}};
  const Rows all_rows = rows_of(figures, workload);
  if (all_rows.empty()) {
    section.blocks.emplace_back(Paragraph{"No operation was completed."});
    return section;
  }
  const Rows rows = ends_of(all_rows);
  std::vector<TimesTable> times = times_tables(figures, workload, rows);
  section.blocks.emplace_back(times_plot(times, workload));
  for (TimesTable& each : times) section.blocks.emplace_back(std::move(each.table));
  if (has_published(rows)) section.blocks.emplace_back(Paragraph{marks_text()});
  for (Block& block : series_blocks(figures, workload, all_rows))
    section.blocks.push_back(std::move(block));
  std::vector<PartsTable> causes = parts_tables(figures, workload, rows, causes_kind());
  section.blocks.emplace_back(parts_plot(causes, workload, causes_kind()));
  add_parts(section, std::move(causes));
  add_parts(section, parts_tables(figures, workload, rows, domains_kind()));
  if (any_mixed(rows))
    section.blocks.emplace_back(Paragraph{
        "* The means are over all completed times of the run, of which some began warm and some "
        "cold; the medians above are of the one kind or the other."});
  return section;
}

}  // namespace exosim::bench
