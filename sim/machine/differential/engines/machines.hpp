// The machines on which engines are compared: what the repository's configurations have between
// them, and smaller caches that miss more often.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/machine/config/machine_config.hpp"

namespace exosim::differential {

/// What a file of configs/ says.
MachineConfig machine_of(const std::filesystem::path& file);
/// The names of those files, but for the ideal machine.
std::vector<std::string> machine_names();
/// One of them with other caches, write buffer, memory times, refresh.
MachineConfig random_machine(const std::filesystem::path& configs, Random& random);

}  // namespace exosim::differential
