// One run of a machine, from the command line to the exit status.
#pragma once

#include <string>

#include "sim/base/result.hpp"
#include "sim/machine/config/load_config.hpp"
#include "sim/options/options.hpp"

namespace exosim {

/// For messages. An error of writing is ignored: nothing could be said of it.
void print_to_stderr(const std::string& text);

/// The configuration that the options name, with their --set applied.
Result<LoadedConfig> configuration(const Options& options);

/// Boots, runs and reports: the guest's output and the report on standard output, the host's speed
/// on standard error. Returns the exit status, or what was wrong with the inputs.
Result<int> run(const Options& options);

}  // namespace exosim
