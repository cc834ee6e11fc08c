// The gate's report as JUnit XML, which continuous integration servers show.
#pragma once

#include <string>

#include "bench/gate/gate_report.hpp"

namespace exosim::bench {

/// One test suite for each point, with a test for its run and one for each operation.
std::string junit_text(const GateReport& report);

}  // namespace exosim::bench
