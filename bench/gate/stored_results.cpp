// See stored_results.hpp.
#include "bench/gate/stored_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>

#include "bench/gate/read_figures.hpp"
#include "bench/results/point_result.hpp"
#include "bench/suite/digest.hpp"
#include "bench/suite/point.hpp"
#include "sim/base/file.hpp"

namespace exosim::bench {

namespace fs = std::filesystem;

namespace {

using nlohmann::ordered_json;

constexpr uint64_t kMaxResultBytes = uint64_t{1} << 30;

Result<ordered_json> read_json(const fs::path& path) {
  const auto bytes = read_file(path, kMaxResultBytes);
  if (!bytes) return bytes.error();
  const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  auto json = ordered_json::parse(text, nullptr, false);
  if (!json.is_object()) return Error{path.string(), "is no JSON object"};
  return json;
}

Result<RunFigures> figures_of(const fs::path& path, const ordered_json& json,
                              SourceTexts& sources) {
  const auto schema = json.value("schema", ordered_json());
  const bool is_result = schema == "exosim-result";
  const ordered_json stats = is_result ? json.value("stats", ordered_json()) : json;
  if (!is_statistics(stats))
    return Error{path.string(), "is neither what --stats writes nor a result of exosim-bench run"};
  const ordered_json profile = is_result ? json.value("profile", ordered_json()) : ordered_json();
  auto figures = read_figures(stats, profile, sources);
  if (!figures) return Error{path.string(), figures.error().message};
  return figures;
}

Result<StoredRun> read_run(const fs::path& path, std::string label, SourceTexts& sources) {
  const auto json = read_json(path);
  if (!json) return json.error();
  auto figures = figures_of(path, *json, sources);
  if (!figures) return figures.error();
  return StoredRun{std::move(label), {}, std::move(*figures)};
}

std::string text_of(const ordered_json& json, const char* member) {
  const auto value = json.value(member, ordered_json());
  return value.is_string() ? value.get<std::string>() : std::string();
}

/// One of the points of suite.json.
Point point_of(const ordered_json& json) {
  Point point;
  point.key = text_of(json, "key");
  point.workload = text_of(json, "workload");
  point.machine = text_of(json, "machine");
  point.kernel = text_of(json, "kernel");
  point.seed = json.value("seed", uint64_t{1});
  point.cold = json.value("cold", false);
  for (const auto& word : json.value("command", ordered_json::array()))
    if (word.is_string()) point.command.push_back(word);
  return point;
}

/// Images that are not, today, what the point was run with: their names.
void add_rebuilt(const ordered_json& point, std::set<std::string>& rebuilt) {
  for (const auto& input : point.value("inputs", ordered_json::array())) {
    const std::string role = text_of(input, "role");
    if (role != "kernel" && role != "image") continue;
    const auto digest = sha256_of_file(text_of(input, "file"));
    if (!digest || *digest != text_of(input, "sha256")) rebuilt.insert(text_of(input, "name"));
  }
}

Result<StoredResults> read_folder(const fs::path& folder, SourceTexts& sources) {
  const fs::path path = folder / "suite.json";
  const auto suite = read_json(path);
  if (!suite) return suite.error();
  StoredResults results{folder.string(), {}, {}};
  try {
    for (const auto& json : suite->at("points")) {
      const Point point = point_of(json);
      add_rebuilt(json, results.rebuilt);
      const fs::path file = folder / "points" / (point.key + ".json");
      std::error_code ignored;
      if (!fs::exists(file, ignored)) continue;  // a run that failed or was interrupted
      auto run = read_run(file, point.label(), sources);
      if (!run) return run.error();
      run->command = shell_line(point.command);
      results.runs.push_back(std::move(*run));
    }
  } catch (const ordered_json::exception& exception) {
    return Error{path.string(), exception.what()};
  }
  return results;
}

const StoredRun* find(const StoredResults& results, const std::string& label) {
  const auto found = std::ranges::find(results.runs, label, &StoredRun::label);
  return found == results.runs.end() ? nullptr : &*found;
}

}  // namespace

Result<StoredResults> read_stored(const fs::path& path, SourceTexts& sources) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return read_folder(path, sources);
  auto run = read_run(path, {}, sources);
  if (!run) return run.error();
  return StoredResults{path.string(), {std::move(*run)}, {}};
}

GateReport compare_stored(const StoredResults& before, const StoredResults& now,
                          SourceTexts& sources) {
  GateReport report{before.name + " -> " + now.name, {}, {}};
  for (const StoredResults* results : {&before, &now})
    if (!results->rebuilt.empty())
      report.notes.push_back(fmt::format(
          "{} was run with images that are others now, or not there ({}): its source lines may "
          "have been others, too",
          results->name, fmt::join(results->rebuilt, ", ")));
  for (const StoredRun& run : now.runs) {
    const StoredRun* was = now.runs.size() == 1 && before.runs.size() == 1
                               ? &before.runs.front()
                               : find(before, run.label);
    const std::string label = run.label.empty() ? now.name : run.label;
    report.points.push_back({label, run.command, was ? "" : "is only in " + now.name, {}, {}});
    if (was) report.points.back().operations = judge(&was->figures, run.figures, {}, sources);
  }
  if (now.runs.size() == 1 && before.runs.size() == 1) return report;
  for (const StoredRun& run : before.runs)
    if (!find(now, run.label))
      report.points.push_back({run.label, run.command, "is only in " + before.name, {}, {}});
  return report;
}

}  // namespace exosim::bench
