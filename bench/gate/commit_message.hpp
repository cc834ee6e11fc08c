// What a commit that changes expected.json says of it.
#pragma once

#include <string>

#include "bench/gate/gate_report.hpp"

namespace exosim::bench {

/// Several lines; empty if nothing differs.
std::string commit_message(const GateReport& report);

}  // namespace exosim::bench
