// Where configuration texts come from: the file system, or a set of texts (tests, fuzzing).
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "sim/base/result.hpp"

namespace exosim {

/// Gives the bytes of a file; the Error has no place. Asked only for the file itself and for what
/// its `extends` name.
using FileReader = std::function<Result<std::string>(const std::filesystem::path&)>;

/// Reads a regular file of at most kMaxYamlBytes. A missing file's message names the nearest file
/// in its folder.
Result<std::string> read_config_file(const std::filesystem::path& path);

}  // namespace exosim
