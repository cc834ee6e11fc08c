// See document.hpp.
#include "bench/report/document.hpp"

#include <algorithm>

namespace exosim::bench {
namespace {

void forget_runs(Table& table) {
  for (auto& row : table.rows)
    for (TableCell& cell : row) cell.run.reset();
}

}  // namespace

std::optional<size_t> run_of_column(const Table& table, size_t column) {
  std::optional<size_t> run;
  for (const auto& row : table.rows) {
    const std::optional<size_t>& of_cell = row[column].run;
    if (run && of_cell && *of_cell != *run) return std::nullopt;
    if (of_cell) run = of_cell;
  }
  return run;
}

Document only_tables(Document document, std::string_view kind) {
  document.title.clear();
  document.lead.clear();
  document.runs.clear();
  for (Section& section : document.sections) {
    std::erase_if(section.blocks, [kind](const Block& block) {
      if (const Table* table = std::get_if<Table>(&block)) return table->kind != kind;
      const Paragraph* paragraph = std::get_if<Paragraph>(&block);
      return !paragraph || !paragraph->is_of_bars;
    });
    for (Block& block : section.blocks)
      if (Table* table = std::get_if<Table>(&block)) forget_runs(*table);
    section.title.clear();
  }
  std::erase_if(document.sections, [](const Section& section) {
    return std::ranges::none_of(
        section.blocks, [](const Block& block) { return std::holds_alternative<Table>(block); });
  });
  return document;
}

}  // namespace exosim::bench
