// exosim-bench diff: two folders of results, or two results.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "bench/commands/command.hpp"
#include "bench/commands/gate_output.hpp"
#include "bench/commands/gate_suite.hpp"
#include "bench/gate/stored_results.hpp"

namespace exosim::bench {
namespace {

constexpr OptionRow kOptions[] = {
    kSourcesOption, kAllOption, kJunitOption, kTapOption, kMarkdownOption, kGithubOption,
};

constexpr std::string_view kDetails =
    "A and B are folders that exosim-bench run has written, whose points are compared by their\n"
    "names; or files: points/KEY.json of such a folder, or what exosim --stats writes. What "
    "differs\n"
    "from A to B is said with its reason. The exit status is 0 if nothing differs, 1 if something\n"
    "does, 2 if A or B cannot be read.\n";

Result<int> diff(const CommandLine& line) {
  if (line.arguments.size() != 2) return Error{{}, "two results are needed: diff A B"};
  const auto outputs = gate_outputs(line);
  if (!outputs) return outputs.error();
  SourceTexts sources(line.value("sources").value_or("."));
  const auto before = read_stored(line.arguments[0], sources);
  if (!before) return before.error();
  const auto now = read_stored(line.arguments[1], sources);
  if (!now) return now.error();
  const auto report = compare_stored(*before, *now, sources);
  if (const auto written = write_outputs(report, *outputs); !written) return written.error();
  return report.as_expected() ? kAllAsExpected : kNotAsExpected;
}

}  // namespace

const Command kDiffCommand = {
    "diff",   "A B [options]", "Compares two folders of results, or two results",
    kDetails, kOptions,        diff};

}  // namespace exosim::bench
