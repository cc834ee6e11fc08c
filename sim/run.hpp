// One run of a machine, from the command line to the exit status.
#pragma once

#include <string>
#include <system_error>

#include "sim/base/result.hpp"
#include "sim/machine/config/load_config.hpp"
#include "sim/options/options.hpp"

namespace exosim {

/// For messages. An error of writing is ignored: nothing could be said of it.
void print_to_stderr(const std::string& text);

/// What to do when standard output takes no more: an exit status if nobody reads it (there is no
/// one to tell), else the message.
Result<int> output_lost(std::error_code error);

/// The configuration that the options name, with their --set applied.
Result<LoadedConfig> configuration(const Options& options);

/// Boots, runs and reports: the guest's output and the report on standard output, the host's speed
/// on standard error. Returns the exit status, or what was wrong with the inputs. A run whose
/// output cannot be written ends at once.
Result<int> run(const Options& options);

}  // namespace exosim
