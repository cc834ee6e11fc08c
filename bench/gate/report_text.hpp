// The gate's report in words.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/gate/gate_report.hpp"

namespace exosim::bench {

/// How much is said.
struct TextLimits {
  size_t operations = 20;  // in the whole report
  size_t functions = 5;    // of an operation
  size_t lines = 4;        // of a function
};

/// Why an operation differs, line by line, without indentation but of what belongs together.
std::vector<std::string> explanation_lines(const Explanation& why, const TextLimits& limits);

/// The whole report: first where most of the differences come from, then each, then their number.
/// Empty if all is as expected.
std::string report_text(const GateReport& report, const TextLimits& limits);

/// "execute +41, instruction_cache +17"
std::string causes_text(const CauseChange& causes);
/// "+58", "-0.25"
std::string cycles_text(double cycles);
/// One line: "exokernel/page.cpp:123 +4 execute, new: if (...)"
std::string line_text(const LineChange& line);

}  // namespace exosim::bench
