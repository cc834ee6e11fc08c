// What the commands that run a suite have in common.
#pragma once

#include <filesystem>
#include <functional>
#include <variant>
#include <vector>

#include "bench/commands/suite_command.hpp"
#include "bench/options/command_line.hpp"
#include "bench/results/results_folder.hpp"
#include "bench/results/verdict.hpp"
#include "bench/run/suite_run.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

inline constexpr OptionRow kJobsOption{"jobs,j", "N",
                                       "runs at a time (default: one for each processor)"};
inline constexpr OptionRow kTimeoutOption{
    "timeout", "SECONDS", "end a run that takes longer on the host (default: 600; 0: never)"};
inline constexpr OptionRow kForceOption{"force", "", "run again what has a result already"};
inline constexpr OptionRow kVerboseOption{"verbose", "",
                                          "print a line for each run that has ended"};

/// From the options above.
Result<RunOptions> run_options(const CommandLine& line);

/// Looks at the results while the folder is this process's own.
using UseResults =
    std::function<Result<std::monostate>(const SuiteOutcome& outcome, const ResultsFolder& folder)>;

/// Runs the points, writes the folder's files, calls `use`. The folder is free again in the end.
Result<SuiteOutcome> run_into(const std::filesystem::path& output, const LoadedSuite& suite,
                              const std::vector<Expected>& expected, const RunOptions& options,
                              bool verbose, const UseResults& use);

/// Ends this process as if the signal had not been waited for: the caller sees that it was ended by
/// it.
int end_by_signal(int number);

}  // namespace exosim::bench
