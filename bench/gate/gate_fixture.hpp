// What the tests of the gate share: statistics and a profile of one operation, as exosim writes
// them, and what changes in them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/gate/gate_report.hpp"
#include "bench/gate/read_figures.hpp"
#include "bench/suite/suite_fixture.hpp"

namespace exosim::bench::testing {

using nlohmann::ordered_json;

/// page.cpp as it is before anything is changed.
inline const std::vector<std::string> kPageLines = {"int page_alloc(int env) {",
                                                    "  int page = take_free();",
                                                    "  if (page < 0) return -1;",
                                                    "  owner[page] = env;",
                                                    "  return page;",
                                                    "}"};

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

inline ordered_json line(unsigned number, int64_t execute, int64_t icache = 0) {
  ordered_json causes = {{"execute", execute}};
  if (icache != 0) causes["instruction_cache"] = icache;
  return {{"file", "page.cpp"}, {"line", number}, {"executions", 10}, {"causes", causes}};
}

inline ordered_json sum_causes(const ordered_json& lines) {
  ordered_json causes = ordered_json::object();
  for (const auto& line : lines)
    for (const auto& [cause, cycles] : line["causes"].items())
      causes[cause] = causes.value(cause, int64_t{0}) + cycles.get<int64_t>();
  return causes;
}

/// 10 times "page allocate", in the function page_alloc, whose lines these are.
inline ordered_json profile_of(const ordered_json& lines) {
  return {
      {"schema", "exosim-profile"},
      {"version", 1},
      {"functions",
       {{{"image", "aegis.elf"}, {"name", "page_alloc"}, {"file", "page.cpp"}, {"line", 1}}}},
      {"operations",
       {{{"name", "page allocate"},
         {"image", "hello.elf"},
         {"count", 10},
         {"functions",
          {{{"function", 0}, {"calls", 10}, {"causes", sum_causes(lines)}, {"lines", lines}}}}}}}};
}

/// The statistics that go with it.
inline ordered_json stats_of(const ordered_json& lines) {
  const ordered_json causes = sum_causes(lines);
  int64_t total = 0;
  for (const auto& [cause, cycles] : causes.items()) total += cycles.get<int64_t>();
  const auto spread = [](int64_t sum) {
    return ordered_json{{"min", sum / 10},
                        {"median", sum / 10},
                        {"p99", sum / 10},
                        {"max", sum / 10},
                        {"total", sum}};
  };
  ordered_json stats = ordered_json::parse(kStats);
  auto& row = stats["operations"][0];
  row["name"] = "page allocate";
  row["count"] = 10;
  row["cycles"] = spread(total);
  row["instructions"] = spread(causes.value("execute", int64_t{0}));
  row["causes"] = causes;
  row["ledger"] = {{"protection", causes}};
  row["samples"] = nullptr;
  stats["ledger"][0]["operation"] = "page allocate";
  return stats;
}

inline const ordered_json kBefore = {line(1, 40), line(2, 100), line(3, 20), line(4, 30),
                                     line(5, 20)};

inline RunFigures figures_of(const ordered_json& lines, SourceTexts& sources) {
  // As read from files.
  return *read_figures(ordered_json::parse(stats_of(lines).dump()),
                       ordered_json::parse(profile_of(lines).dump()), sources);
}

/// Its sources, as they were and as they are.
class GateFolder : public TemporaryFolder {
 public:
  GateFolder() { write("page.cpp", joined(kPageLines)); }
  SourceTexts sources() const { return SourceTexts(path()); }
  RunFigures before() const {
    SourceTexts texts(sources());
    return figures_of(kBefore, texts);
  }
  /// With another page.cpp.
  RunFigures now(const std::vector<std::string>& page, const ordered_json& lines) const {
    write("page.cpp", joined(page));
    SourceTexts texts(sources());
    return figures_of(lines, texts);
  }
};

/// An extra check, behind line 1: 58 cycles more each time.
inline RunFigures with_check(const GateFolder& folder) {
  std::vector<std::string> page = kPageLines;
  page.insert(page.begin() + 1, "  if (!may_allocate(env)) return -2;");
  return folder.now(
      page, {line(1, 40), line(2, 580), line(3, 100), line(4, 20), line(5, 30), line(6, 20)});
}

inline GateReport report_of(const GateFolder& folder, const RunFigures& before,
                            const RunFigures& now) {
  SourceTexts texts(folder.sources());
  return {"suite",
          {{"work dec3100 aegis warm", "exosim work.elf", "", "", judge(&before, now, {}, texts)}}};
}

}  // namespace exosim::bench::testing
