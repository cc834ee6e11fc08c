// The gate's report as Markdown: the summary of a pull request.
#pragma once

#include <string>

#include "bench/gate/gate_report.hpp"

namespace exosim::bench {

/// A heading, where the differences come from, and a table of them.
std::string markdown_text(const GateReport& report);

}  // namespace exosim::bench
