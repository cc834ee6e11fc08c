// The report as a whole: the headline, what has changed, each workload, comparisons, commands.
#include <fmt/format.h>

#include "bench/report/looks.hpp"
#include "bench/report/sections.hpp"
#include "bench/suite/point.hpp"

namespace exosim::bench {
namespace {

/// What did not run to its end, or not to that which programs mean by one.
std::vector<std::string> warnings_of(const ResultSet& set) {
  std::vector<std::string> warnings;
  if (!set.missing.empty())
    warnings.push_back(fmt::format(
        "Without result, and so without figures: {}. The same exosim-bench run tries them again.",
        fmt::join(set.missing, "; ")));
  std::vector<std::string> ends;
  for (size_t index = 0; index < set.points.size(); ++index) {
    const auto& run = set.points[index].result.stats["run"];
    const std::string reason = run["exit_reason"].get<std::string>();
    const auto status = run["exit_status"].get<int64_t>();
    if (reason == "exit" && status == 0) continue;
    ends.push_back(fmt::format("run {}, {} ({}, status {})", index + 1, set.points[index].label(),
                               in_words(reason), status));
  }
  if (!ends.empty())
    warnings.push_back(
        fmt::format("Runs that did not end with status 0: {}.", fmt::join(ends, "; ")));
  return warnings;
}

std::vector<std::string> lead_of(const ResultSet& set, const Figures& figures) {
  std::vector<std::string> lead;
  if (!set.description.empty()) lead.push_back(set.description + ".");
  std::string machines;
  for (const Setting& setting : figures.settings)
    machines += fmt::format("{}{} ({:g} MHz)", machines.empty() ? "" : "; ", figures.label(setting),
                            setting.clock_hz / 1e6);
  lead.push_back("Machines: " + machines + ".");
  for (std::string& warning : warnings_of(set)) lead.push_back(std::move(warning));
  lead.push_back(
      "An operation lasts from its BEGIN to its END, whatever runs in between. Warm: it begins "
      "with what was left in caches and TLB; cold: with both empty. Figures of one run are "
      "medians, and means where they are divided into parts. The same inputs give the same "
      "figures; headings of columns, or the figures themselves, lead to the command that "
      "reproduces them.");
  return lead;
}

}  // namespace

Document report_document(const ResultSet& set, const std::optional<ResultSet>& before) {
  const Figures figures = figures_of(set);
  Document document{"exosim-bench: " + set.name, lead_of(set, figures), {}, {}};
  document.sections.push_back(headline_section(figures));
  if (before) document.sections.push_back(against_section(set, *before));
  for (const std::string& workload : figures.workloads)
    document.sections.push_back(workload_section(figures, workload));
  for (Section& section : comparison_sections(figures))
    document.sections.push_back(std::move(section));
  for (const ReportPoint& point : set.points)
    document.runs.push_back({point.label(), shell_line(point.command)});
  if (before)
    for (const ReportPoint& point : before->points)
      document.runs.push_back({"before: " + point.label(), shell_line(point.command)});
  return document;
}

}  // namespace exosim::bench
