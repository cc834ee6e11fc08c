// What a configuration combines that no such processor had.
#pragma once

#include <optional>
#include <string>

#include "sim/machine/config/machine_config.hpp"

namespace exosim {

/// One line that names the keys and says what the processor has; nullopt if all is as it was.
std::optional<std::string> model_warning(const MachineConfig& config);

}  // namespace exosim
