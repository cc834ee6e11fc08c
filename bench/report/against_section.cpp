// Two sets of results of the same suite: before a change and after it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "bench/report/looks.hpp"
#include "bench/report/plots.hpp"
#include "bench/report/sections.hpp"
#include "bench/report/table_cells.hpp"

namespace exosim::bench {
namespace {

const OperationRow* same_row(const Figures& figures, const OperationRow& row) {
  const auto found = std::ranges::find_if(figures.rows, [&](const OperationRow& other) {
    return other.workload == row.workload && other.image == row.image &&
           other.operation == row.operation;
  });
  return found == figures.rows.end() ? nullptr : &*found;
}

const WarmAndCold* same_figures(const Figures& figures, const OperationRow& row,
                                const Setting& setting) {
  const OperationRow* other = same_row(figures, row);
  const auto at = std::ranges::find(figures.settings, setting);
  if (!other || at == figures.settings.end()) return nullptr;
  return &other->settings[static_cast<size_t>(at - figures.settings.begin())];
}

/// What one set has and the other has not.
bool is_there(const WarmAndCold* figures) {
  return figures && (figures->warm.built || figures->cold.built);
}

bool differ(const std::optional<Measured>& before, const std::optional<Measured>& now) {
  if (!before || !now) return before.has_value() != now.has_value();
  return before->median != now->median || before->min != now->min || before->max != now->max ||
         before->mean != now->mean || before->domains != now->domains ||
         before->causes != now->causes;
}

/// "data cache +12, execute -3": the parts whose mean differs by at least half a cycle; the domains
/// and causes of the statistics in words.
std::string moved_text(const std::optional<Measured>& before, const std::optional<Measured>& now,
                       Parts Measured::*parts) {
  if (!before || !now) return kNone;
  Parts moved = (*now).*parts;
  for (const auto& [name, cycles] : (*before).*parts) moved[name] -= cycles;
  std::string text;
  for (const auto& [name, cycles] : moved) {
    const double whole = std::round(cycles);
    if (whole == 0) continue;
    text += fmt::format("{}{} {:+.0f}", text.empty() ? "" : ", ", in_words(name), whole);
  }
  return text.empty() ? "less than half a cycle" : text;
}

class Against {
 public:
  Against(const ResultSet& now, const ResultSet& before)
      : now_(now), before_(before), figures_(figures_of(now)), old_(figures_of(before)) {}

  Section run() {
    Section section{"against", "Against " + before_.folder, {}};
    section.blocks.emplace_back(Paragraph{inputs_text()});
    std::vector<Table> tables;
    std::vector<Drawn> drawn;
    tables.reserve(2 * figures_.settings.size());  // they are pointed to
    for (const Setting& setting : figures_.settings)
      for (const bool cold : {false, true}) {
        Table table = changed_table(setting, cold);
        if (table.rows.empty()) continue;
        tables.push_back(std::move(table));
        if (has_changes(tables.back()))
          drawn.push_back({&tables.back(), figures_.label(setting), cold ? "cold" : "warm"});
      }
    section.blocks.emplace_back(Paragraph{fmt::format(
        "{} figures of operations are the same to the cycle, {} differ.", same_, changed_)});
    if (const std::string only = only_text(); !only.empty())
      section.blocks.emplace_back(Paragraph{only});
    if (!drawn.empty()) section.blocks.emplace_back(plot(drawn));
    for (Table& table : tables) section.blocks.emplace_back(std::move(table));
    return section;
  }

 private:
  static constexpr size_t kChangeColumn = 3;

  /// In medians; others have the same and differ in other samples.
  static bool has_changes(const Table& table) {
    return std::ranges::any_of(
        table.rows, [](const auto& row) { return row[kChangeColumn].text.ends_with('%'); });
  }

  static Plot plot(const std::vector<Drawn>& drawn) {
    Plot plot = change_plot(drawn, kChangeColumn);
    plot.id = "plot-changes";
    plot.title = "What has changed";
    plot.description =
        "For each operation that takes other time than before, by how much, in percent of what it "
        "took. The tables have the same figures.";
    return plot;
  }

  Table changed_table(const Setting& setting, bool cold) {
    const char* caches = cold ? "cold" : "warm";
    Table table{
        "changes",
        fmt::format("changes-{}-{}", setting.index, caches),
        fmt::format("What has changed on {}, {}: median cycles", figures_.label(setting), caches),
        {{"operation", "", false},
         {"before", ""},
         {"now", ""},
         {"change", ""},
         {"by domain", "mean cycles", false},
         {"by cause", "mean cycles", false}},
        {}};
    for (const OperationRow& row : figures_.rows) {
      const WarmAndCold* old = same_figures(old_, row, setting);
      const WarmAndCold& both = row.settings[setting.index];
      if (!is_there(old) || !is_there(&both)) continue;
      add_change(table, row, cold ? old->cold.built : old->warm.built,
                 cold ? both.cold.built : both.warm.built);
    }
    return table;
  }

  void add_change(Table& table, const OperationRow& row, const std::optional<Measured>& before,
                  const std::optional<Measured>& now) {
    if (!before && !now) return;
    if (!differ(before, now)) {
      ++same_;
      return;
    }
    ++changed_;
    TableCell old = cycles_cell(row, before);
    if (old.run) *old.run += now_.points.size();  // report_document() has them behind these
    const auto median = [](const auto& each) { return static_cast<double>(each->median); };
    const std::string change = before && now ? change_text(median(before), median(now)) : kNone;
    table.rows.push_back({{row.workload + ": " + operation_text(row), {}},
                          old,
                          cycles_cell(row, now),
                          {change, {}},
                          {moved_text(before, now, &Measured::domains), {}},
                          {moved_text(before, now, &Measured::causes), {}}});
  }

  /// Operations that only one of the sets has.
  std::string only_text() const {
    std::string text = only_in(figures_, old_, "Only now: ");
    const std::string gone = only_in(old_, figures_, "Only before: ");
    return text + (text.empty() || gone.empty() ? "" : " ") + gone;
  }

  static std::string only_in(const Figures& here, const Figures& there, const char* lead) {
    std::set<std::string> names;
    for (const OperationRow& row : here.rows)
      for (size_t at = 0; at < here.settings.size(); ++at)
        if (is_there(&row.settings[at]) && !is_there(same_figures(there, row, here.settings[at])))
          names.insert(fmt::format("{} in {} on {}", operation_text(row), row.workload,
                                   here.label(here.settings[at])));
    return names.empty() ? "" : fmt::format("{}{}.", lead, fmt::join(names, "; "));
  }

  /// Which files are others than before.
  std::string inputs_text() const {
    const auto hashes = [](const ResultSet& set) {
      std::map<std::string, std::set<std::string>> of;
      for (const ReportPoint& point : set.points)
        for (const auto& [name, hash] : point.inputs) of[name].insert(hash);
      return of;
    };
    const auto now = hashes(now_);
    auto before = hashes(before_);
    std::vector<std::string> other;
    for (const auto& [name, hash] : now)
      if (before[name] != hash) other.push_back(name);
    if (other.empty()) return "All inputs are the same as before.";
    return fmt::format("Inputs that are not the same as before: {}.", fmt::join(other, ", "));
  }

  const ResultSet& now_;
  const ResultSet& before_;
  const Figures figures_;
  const Figures old_;
  size_t same_ = 0;
  size_t changed_ = 0;
};

}  // namespace

Section against_section(const ResultSet& now, const ResultSet& before) {
  return Against(now, before).run();
}

}  // namespace exosim::bench
