// The forms in which check and diff say what they found.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "bench/gate/gate_report.hpp"
#include "bench/gate/report_text.hpp"
#include "bench/options/command_line.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

inline constexpr OptionRow kJunitOption{"junit", "FILE", "write a JUnit XML report"};
inline constexpr OptionRow kTapOption{"tap", "FILE", "write a TAP version 13 report"};
inline constexpr OptionRow kMarkdownOption{"markdown", "FILE", "write a summary as Markdown"};
inline constexpr OptionRow kGithubOption{"github", "", "print annotations for GitHub Actions"};

struct GateOutputs {
  std::optional<std::string> junit;
  std::optional<std::string> tap;
  std::optional<std::string> markdown;
  bool github = false;
  TextLimits limits;
};

/// Refuses files that cannot be written.
Result<GateOutputs> gate_outputs(const CommandLine& line);

/// Prints the report, and writes the files.
Result<std::monostate> write_outputs(const GateReport& report, const GateOutputs& outputs);

}  // namespace exosim::bench
