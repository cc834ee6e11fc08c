// What the cycles of operations are for (domains), and what the processor did in them (causes).
#include <fmt/format.h>

#include <algorithm>

#include "bench/report/table_cells.hpp"
#include "bench/report/workload_tables.hpp"

namespace exosim::bench {
namespace {

const std::optional<Measured>& built_of(const OperationRow& row, size_t at, bool cold) {
  return (cold ? row.settings[at].cold : row.settings[at].warm).built;
}

/// The looks of the parts that occur in some row.
std::vector<Look> looks_in(const Rows& rows, size_t at, bool cold, const PartKind& kind) {
  std::vector<Look> used;
  for (const Look& look : kind.looks)
    if (std::ranges::any_of(rows, [&](const OperationRow* row) {
          const auto& built = built_of(*row, at, cold);
          return built && ((*built).*kind.parts).contains(look.name);
        }))
      used.push_back(look);
  return used;
}

PartsTable parts_table(const Figures& figures, const Setting& setting, bool cold,
                       const std::string& workload, const Rows& rows, const PartKind& kind) {
  const std::vector<Look> looks = looks_in(rows, setting.index, cold, kind);
  const std::string label = figures.label(setting);
  const char* caches = cold ? "cold" : "warm";
  PartsTable parts{{kind.kind,
                    fmt::format("{}-{}-{}-{}", kind.kind, workload, setting.index, caches),
                    fmt::format("{} on {}, {}: mean cycles of each operation, by {}", workload,
                                label, caches, kind.word),
                    {{"operation", "", false}, {"cycles", ""}},
                    {},
                    true},
                   label,
                   cold};
  for (const Look& look : looks) parts.table.columns.push_back({in_words(look.name), ""});
  for (const OperationRow* row : rows) {
    const auto& built = built_of(*row, setting.index, cold);
    if (!built) continue;
    std::vector<TableCell> cells = {{operation_text(*row), {}}, mean_cell(*row, *built)};
    for (const Look& look : looks)
      cells.push_back(part_cell(*row, *built, (*built).*kind.parts, look.name));
    parts.table.rows.push_back(std::move(cells));
  }
  return parts;
}

}  // namespace

PartKind domains_kind() { return {"domains", "domain", &Measured::domains, domain_looks()}; }
PartKind causes_kind() { return {"causes", "cause", &Measured::causes, cause_looks()}; }

std::vector<PartsTable> parts_tables(const Figures& figures, const std::string& workload,
                                     const Rows& rows, const PartKind& kind) {
  std::vector<PartsTable> tables;
  for (const Setting& setting : figures.settings)
    for (const bool cold : {false, true}) {
      PartsTable parts = parts_table(figures, setting, cold, workload, rows, kind);
      if (!parts.table.rows.empty()) tables.push_back(std::move(parts));
    }
  return tables;
}

Plot parts_plot(const std::vector<PartsTable>& tables, const std::string& workload,
                const PartKind& kind) {
  std::vector<Drawn> drawn;
  for (const PartsTable& parts : tables)
    drawn.push_back({&parts.table, parts.machine, parts.cold ? "cold" : "warm"});
  Plot plot = stacked_plot(drawn, kind.looks);
  const bool domains = kind.parts == &Measured::domains;
  plot.id = fmt::format("plot-{}-{}", kind.kind, workload);
  plot.title = workload + (domains ? ": what the cycles of each operation are for"
                                   : ": what the processor did, or waited for");
  plot.description = fmt::format(
      "A bar for each operation, divided into {}. Behind it are the cycles. The tables by {} have "
      "the same figures.",
      domains ? "protection, multiplexing, management, application and idle"
              : "execution and the causes of stalls",
      kind.word);
  return plot;
}

}  // namespace exosim::bench
