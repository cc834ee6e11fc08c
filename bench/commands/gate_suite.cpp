// See gate_suite.hpp.
#include "bench/commands/gate_suite.hpp"

#include <fmt/format.h>

#include <system_error>

#include "bench/gate/read_figures.hpp"
#include "bench/gate/source_notes.hpp"
#include "bench/gate/source_texts.hpp"
#include "bench/suite/points.hpp"

namespace exosim::bench {

namespace fs = std::filesystem;

namespace {

Result<ExpectedFiles> read_files(const LoadedSuite& suite, bool must_exist) {
  ExpectedFiles files;
  for (const Point& point : suite.points) {
    const fs::path path = expected_path(suite, point);
    if (files.contains(path)) continue;
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
      if (must_exist)
        return Error{path.string(),
                     fmt::format("there is no such file, which says what {} has to cost; "
                                 "exosim-bench bless {} writes it",
                                 point.workload, shown_path(suite.path))};
      files.emplace(path, std::nullopt);
      continue;
    }
    auto file = ExpectedFile::read(path);
    if (!file) return file.error();
    files.emplace(path, std::move(*file));
  }
  return files;
}

Result<std::monostate> read_results(const SuiteOutcome& outcome, const ResultsFolder& folder,
                                    GateRun& run) {
  using How = PointOutcome::How;
  for (size_t index = 0; index < run.suite.points.size(); ++index) {
    run.figures.emplace_back();
    const How how = outcome.points[index].how;
    if (how != How::kRan && how != How::kCached) continue;
    const auto result = folder.read(run.suite.points[index]);
    if (!result) continue;
    auto figures = read_figures(result->stats, result->profile, run.sources);
    if (!figures)
      return Error{folder.point_file(run.suite.points[index]).string(), figures.error().message};
    run.figures.back() = std::move(*figures);
  }
  return std::monostate{};
}

}  // namespace

fs::path expected_path(const LoadedSuite& suite, const Point& point) {
  const auto& folder = suite.suite.workloads[point.of_workload].folder;
  return shown_path(beside_suite(suite.path, (folder ? folder->text + "/" : "") + "expected.json"));
}

Result<GateRun> run_gate(const CommandLine& line, bool must_exist) {
  const auto options = run_options(line);
  if (!options) return options.error();
  auto suite = load_suite(line);
  if (!suite) return suite.error();
  const auto expected = read_expectations(suite->suite, suite->path);
  if (!expected) return expected.error();
  auto files = read_files(*suite, must_exist);
  if (!files) return files.error();
  const fs::path output = line.value("output").value_or(suite->path.stem().string() + ".results");
  GateRun run{std::move(*suite),
              {},
              {},
              std::move(*files),
              SourceTexts(line.value("sources").value_or("."))};
  auto outcome = run_into(output, run.suite, *expected, *options, line.has("verbose"),
                          [&](const SuiteOutcome& done, const ResultsFolder& folder) {
                            return read_results(done, folder, run);
                          });
  if (!outcome) return outcome.error();
  run.outcome = std::move(*outcome);
  return run;
}

GateReport report_of(GateRun& run) {
  GateReport report{run.suite.path.stem().string(), {}};
  for (size_t index = 0; index < run.suite.points.size(); ++index) {
    const Point& point = run.suite.points[index];
    const PointOutcome& outcome = run.outcome.points[index];
    PointVerdict verdict{
        point.label(), shell_line(point.command), outcome.wrong, outcome.messages, {}};
    if (run.figures[index]) {
      const auto& file = run.files.at(expected_path(run.suite, point));
      verdict.operations =
          judge(file ? file->find(ExpectedKey::of(point)) : nullptr, *run.figures[index],
                run.suite.suite.workloads[point.of_workload].operations, run.sources);
    } else if (verdict.wrong.empty()) {
      verdict.wrong = "was not run";
    }
    report.points.push_back(std::move(verdict));
  }
  ImageFiles images;
  for (const Point& point : run.suite.points)
    for (const InputFile& input : point.inputs)
      if (input.role == "kernel" || input.role == "image") images.emplace(input.name, input.path);
  report.notes = newer_sources(report, images, run.sources);
  return report;
}

}  // namespace exosim::bench
