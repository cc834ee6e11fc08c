// The resolved configuration as YAML.
#pragma once

#include <string>

#include "sim/machine/config/load_config.hpp"

namespace exosim {

/// Every setting in canonical units, without `extends`. Loading it gives the same machine.
std::string print_config(const LoadedConfig& config);

/// The same with a comment behind each value: what its file says of it and where that is, or the
/// --set, or "default".
std::string print_config_with_sources(const LoadedConfig& config);

/// 64-bit FNV-1a of print_config(), 16 hexadecimal digits: equal iff the machines are, in practice.
std::string config_digest(const LoadedConfig& config);

}  // namespace exosim
