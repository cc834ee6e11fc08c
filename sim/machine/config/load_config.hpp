// From a configuration file and --set options to a machine, or to every reason why not.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/machine/config/config_files.hpp"
#include "sim/machine/config/keys.hpp"
#include "sim/machine/config/machine_config.hpp"

namespace exosim {

/// One resolved value and who gave it.
struct Setting {
  std::string path;  // "devices.timer.address"
  KeyKind kind;
  std::string value;         // canonical: the shortest exact form, texts unquoted
  std::string source;        // "configs/r3000.yaml:5:10", "--set ...", or "default"
  std::string comment = {};  // what the file says of it
};

inline constexpr std::string_view kDefaultSource = "default";

/// A checked configuration.
struct LoadedConfig {
  MachineConfig machine;
  /// In the order of the table of keys, then the devices by address. --print-config shows these.
  std::vector<Setting> settings;
};

/// Reads the file, what it extends, and the "key.path=value" of each --set, applied last. The Error
/// holds all that is wrong: `where` is the place of the first, text() has one line for each, each
/// with its place.
Result<LoadedConfig> load_config(const std::filesystem::path& path,
                                 std::span<const std::string> sets = {});
/// The same with other files and parts, for tests and fuzzing.
Result<LoadedConfig> load_config(const std::filesystem::path& path,
                                 std::span<const std::string> sets, const FileReader& read,
                                 const PartsCatalogue& parts);

}  // namespace exosim
