// The gate's report as workflow commands of GitHub Actions: annotations at source lines.
#pragma once

#include <string>

#include "bench/gate/gate_report.hpp"

namespace exosim::bench {

/// One line for each place that differences come from, and for each point that went wrong; empty if
/// all is as expected.
std::string github_annotations(const GateReport& report);

}  // namespace exosim::bench
