// The command line as a value.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/base/types.hpp"
#include "sim/machine/diagnosis/checks.hpp"
#include "sim/machine/diagnosis/guest_bugs.hpp"
#include "sim/machine/diagnosis/parity_fault.hpp"
#include "sim/observe/profile/profiles.hpp"

namespace exosim {

/// What the user asks for: a run, or information and no run.
enum class Action : uint8_t {
  kRun,
  kHelp,
  kVersion,
  kPrintConfig,
  kPrintSchema,
  kListDevices,
  kListGuestBugs,
  kListStats,
  kExplainExit,
};

/// The form of kListDevices, kListGuestBugs, kListStats and kExplainExit.
enum class DocFormat : uint8_t { kText, kMarkdown };

/// The parsed command line. File names stand as given; see resources.hpp for where they are found.
struct Options {
  Action action = Action::kRun;
  DocFormat format = DocFormat::kText;
  bool sources = false;  // kPrintConfig says where each value comes from

  std::vector<std::string> images;  // at least one for kRun; the first is the workload
  std::string config = "r3000.yaml";
  std::optional<std::string> kernel;  // instead of the configuration's
  std::vector<std::string> sets;      // "key.path=value", in order

  Cycles max_cycles = kNever;
  uint64_t max_instructions = ~uint64_t{0};
  GuestBugSet stop_on;
  CheckSet checks;
  std::vector<ParityFault> parity_faults;
  std::vector<std::string> annotations;  // files
  std::vector<std::string> cold;         // names of operations, commas between them
  std::string input;  // a file, "-" for standard input, empty for none (as HostTerminal::open)

  std::string stats;         // a file, "-" for standard output, empty for none
  bool samples = false;      // the figures have each sample of each operation
  bool counters = false;     // the figures have what the processor did, counted
  uint64_t stats_every = 0;  // cycles of an interval of the figures; 0: no intervals
  std::string trace;         // empty: none
  Cycles trace_from = {0};
  Cycles trace_to = kNever;
  std::vector<std::string> explain;  // names of functions, as find_functions() takes them
  ProfileFiles profiles;
  bool quiet = false;              // no report after the console's output
  std::string log_level = "warn";  // one of kLogLevelNames
};

inline constexpr std::string_view kVersion = "0.1.0";

/// Parses the arguments (without the program's name). Refuses, each with its own message: unknown
/// options (naming the nearest), missing and superfluous values, bad numbers, contradictions, no
/// image, outputs that would overwrite an input. Every Error is a bad input: exit status 2.
Result<Options> parse_options(std::span<const char* const> args);

/// One line, without a newline.
std::string usage_line();
/// What --help prints: usage, all options in groups with their defaults, examples.
std::string help_text();

}  // namespace exosim
