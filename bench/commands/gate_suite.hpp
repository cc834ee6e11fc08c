// What check and bless have in common: the runs of a suite beside what is expected of them.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "bench/commands/running.hpp"
#include "bench/commands/suite_command.hpp"
#include "bench/gate/expected_file.hpp"
#include "bench/gate/gate_report.hpp"
#include "bench/gate/source_texts.hpp"
#include "bench/options/command_line.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

inline constexpr OptionRow kGateOutputOption{
    "output,o", "DIR",
    "folder of the results (default: NAME.results for NAME.yaml, in the working folder)"};
inline constexpr OptionRow kSourcesOption{
    "sources", "DIR", "folder that source files are named from (default: the working folder)"};
inline constexpr OptionRow kAllOption{"all", "", "show all differences (default: 20)"};

/// The files of a suite, by path; nullopt: there is none yet.
using ExpectedFiles = std::map<std::filesystem::path, std::optional<ExpectedFile>>;

/// What came of a suite, and what it is compared with.
struct GateRun {
  LoadedSuite suite;
  SuiteOutcome outcome;
  std::vector<std::optional<RunFigures>> figures;  // of each point; nullopt: no result
  ExpectedFiles files;
  SourceTexts sources;
};

/// expected.json of a point's workload: in its folder, else beside the suite.
std::filesystem::path expected_path(const LoadedSuite& suite, const Point& point);

/// Runs the suite. With `must_exist`, each expected.json has to be there.
Result<GateRun> run_gate(const CommandLine& line, bool must_exist);

GateReport report_of(GateRun& run);

}  // namespace exosim::bench
