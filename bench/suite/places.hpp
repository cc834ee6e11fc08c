// Where exosim, its configurations and the guest images are.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "sim/base/result.hpp"

namespace exosim::bench {

/// What a suite's names are looked up in.
struct Places {
  std::filesystem::path program;  // the folder of the running program
  std::filesystem::path exosim;   // the simulator
  std::filesystem::path guest;    // guest images
};

/// Beside the running program, in a build tree or as installed, but for what is given.
Result<Places> find_places(const std::optional<std::string>& exosim,
                           const std::optional<std::string>& guest);

/// As a command names a file: relative to the working folder if it is in there, else whole.
std::string shown_path(const std::filesystem::path& path);

}  // namespace exosim::bench
