// --profile: of each operation, functions by cause and source line, as JSON. docs/profiles.md
#pragma once

#include <string>

#include "sim/observe/profile/operation_costs.hpp"

namespace exosim {

/// The whole file. No host data: same run, same bytes.
std::string operation_profile_json(const OperationCosts& costs, const Operations& operations);

}  // namespace exosim
