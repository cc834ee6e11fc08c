// The answer that all of this is for: which part of each operation's cycles is protection, which
// multiplexing, which management.
#include <fmt/format.h>

#include <algorithm>

#include "bench/report/looks.hpp"
#include "bench/report/sections.hpp"
#include "bench/report/table_cells.hpp"
#include "bench/report/workload_tables.hpp"

namespace exosim::bench {
namespace {

constexpr size_t kBarWidth = 20;
constexpr std::string_view kIdle = "idle";

/// "PPPPXXXXXXXXMMMMMMMA": a letter for each twentieth, rounded so that they are twenty.
std::string bar_text(const Measured& measured) {
  std::string bar;
  double sum = 0;
  for (const Look& look : domain_looks()) {
    const auto part = measured.domains.find(look.name);
    if (part != measured.domains.end()) sum += part->second;
    const double end = sum / measured.mean * static_cast<double>(kBarWidth);
    while (static_cast<double>(bar.size()) + 0.5 < end) bar += look.letter;
  }
  return bar;
}

std::vector<Setting> measured_settings(const Figures& figures, const Rows& rows) {
  std::vector<Setting> settings = figures.settings;
  std::erase_if(settings, [&rows](const Setting& setting) {
    return std::ranges::none_of(rows, [&setting](const OperationRow* row) {
      return row->settings[setting.index].warm.built.has_value();
    });
  });
  return settings;
}

bool is_ever_idle(const Rows& rows) {
  return std::ranges::any_of(rows, [](const OperationRow* row) {
    return std::ranges::any_of(row->settings, [](const WarmAndCold& both) {
      return both.warm.built && both.warm.built->domains.contains(kIdle);
    });
  });
}

/// No column for time that nobody has lost.
std::vector<std::string_view> domains_of(const Rows& rows) {
  std::vector<std::string_view> domains;
  for (const Look& look : domain_looks())
    if (look.name != kIdle || is_ever_idle(rows)) domains.push_back(look.name);
  return domains;
}

Table headline_table(const Figures& figures, const std::string& workload, const Rows& rows,
                     const std::vector<Setting>& settings) {
  Table table{"headline",
              "headline-" + workload,
              fmt::format("{}: percent of each operation's cycles, warm", workload),
              {{"operation", "", false}},
              {}};
  const std::vector<std::string_view> domains = domains_of(rows);
  for (const std::string_view domain : domains)
    for (const Setting& setting : settings)
      table.columns.push_back({figures.label(setting), std::string(domain)});
  const std::string first = figures.label(settings.front());
  table.columns.push_back({first, "parts", false, true});
  for (const OperationRow* row : rows) {
    std::vector<TableCell> cells = {{operation_text(*row), {}}};
    for (const std::string_view domain : domains)
      for (const Setting& setting : settings)
        cells.push_back(share_cell(row->settings[setting.index].warm.built, domain));
    const auto& built = row->settings[settings.front().index].warm.built;
    cells.push_back({built && built->mean > 0 ? bar_text(*built) : kNone, {}});
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string letters_text() {
  std::string text = "Where the parts stand as a bar, a letter is a twentieth of the cycles: ";
  for (const Look& look : domain_looks())
    text +=
        fmt::format("{}{} {}", &look == domain_looks().data() ? "" : ", ", look.letter, look.name);
  return text + ".";
}

}  // namespace

Section headline_section(const Figures& figures) {
  Section section{"headline", "Protection, multiplexing, management", {}};
  section.blocks.emplace_back(Paragraph{
      "Protection keeps everyone from what is not theirs; multiplexing shares the hardware without "
      "understanding it; management is policy and abstraction; the rest is the application's own "
      "work, and idle time."});
  section.blocks.emplace_back(Paragraph{letters_text(), true});
  for (const std::string& workload : figures.workloads) {
    const Rows rows = ends_of(rows_of(figures, workload));
    const std::vector<Setting> settings = measured_settings(figures, rows);
    const std::vector<PartsTable> parts = parts_tables(figures, workload, rows, domains_kind());
    if (!parts.empty()) section.blocks.emplace_back(parts_plot(parts, workload, domains_kind()));
    if (!settings.empty())
      section.blocks.emplace_back(headline_table(figures, workload, rows, settings));
  }
  return section;
}

}  // namespace exosim::bench
