// The merged tree against the table of keys.
#pragma once

#include <vector>

#include "sim/base/result.hpp"
#include "sim/machine/config/inheritance.hpp"
#include "sim/machine/config/load_config.hpp"

namespace exosim {

/// Reads every value, fills in defaults, and checks what concerns several values (devices that
/// overlap). Adds to `errors` all that is wrong; the result is meaningful if nothing was added.
LoadedConfig check_config(const MergedConfig& merged, const PartsCatalogue& parts,
                          std::vector<Error>& errors);

}  // namespace exosim
