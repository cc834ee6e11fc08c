// See document.hpp.
#include "bench/report/document.hpp"

namespace exosim::bench {

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
  document.lead.clear();
  document.runs.clear();
  for (Section& section : document.sections) {
    std::erase_if(section.blocks, [kind](const Block& block) {
      const Table* table = std::get_if<Table>(&block);
      return !table || table->kind != kind;
    });
    for (Block& block : section.blocks)
      for (auto& row : std::get<Table>(block).rows)
        for (TableCell& cell : row) cell.run.reset();
  }
  std::erase_if(document.sections, [](const Section& section) { return section.blocks.empty(); });
  return document;
}

}  // namespace exosim::bench
