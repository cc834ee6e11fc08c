// The text at the end of a run. Depends on the configuration and the images only: what the host
// took is the caller's to print, elsewhere.
#pragma once

#include <string>

#include "sim/observe/statistics.hpp"

namespace exosim {

/// Run figures, domains, causes and the tables of operations, in lines.
std::string report_text(const Statistics& statistics);

}  // namespace exosim
