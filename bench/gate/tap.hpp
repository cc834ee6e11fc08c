// The gate's report in the Test Anything Protocol, version 13.
#pragma once

#include <string>

#include "bench/gate/gate_report.hpp"

namespace exosim::bench {

/// One test for each point's run and for each operation; what differs stands in a YAML block.
std::string tap_text(const GateReport& report);

}  // namespace exosim::bench
