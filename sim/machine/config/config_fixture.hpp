// What the tests of the configuration share: files that exist only in memory, and a device type
// with a parameter of every kind.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/machine/config/load_config.hpp"

namespace exosim {

/// Serves these texts, by name, and nothing else.
inline FileReader files_in_memory(std::map<std::string, std::string> files) {
  return [files = std::move(files)](const std::filesystem::path& path) -> Result<std::string> {
    const auto found = files.find(path.string());
    if (found == files.end()) return Error{{}, "no such file"};
    return found->second;
  };
}

/// "gadget" (a parameter of every kind) and "plug" (none, no interrupt); engines "ideal", "fine",
/// "r3000".
inline PartsCatalogue test_parts() {
  static const std::map<std::string, DeviceType, std::less<>> devices = {
      {"gadget",
       {.id = 1,
        .summary = "has everything",
        .size = 0x100,
        .has_interrupt = true,
        .params = {{"count", ParamUnit::kNumber, "3", "a number", 1, 10},
                   {"buffer", ParamUnit::kBytes, "4KiB", "a size"},
                   {"rate", ParamUnit::kHertz, "1MHz", "a frequency", 1, 1'000'000'000},
                   {"delay", ParamUnit::kTime, "10us", "a time"},
                   {"label", ParamUnit::kText, "", "a text"},
                   {"loud", ParamUnit::kFlag, "false", "a flag"},
                   {"serial", ParamUnit::kNumber, "", "a number that has to be given"}},
        .create = nullptr}},
      {"plug",
       {.id = 2,
        .summary = "has nothing",
        .size = 0x10,
        .has_interrupt = false,
        .params = {},
        .create = nullptr}}};
  static const std::map<std::string, TimingEngine, std::less<>> engines = {
      {"fine", {.summary = "fine", .create = nullptr}},
      {"ideal", {.summary = "ideal", .create = nullptr}},
      {"r3000", {.summary = "r3000", .create = nullptr}}};
  return {devices, engines};
}

/// Loads "main.yaml" of the files with the parts above.
inline Result<LoadedConfig> load(std::map<std::string, std::string> files,
                                 std::vector<std::string> sets = {}) {
  return load_config("main.yaml", sets, files_in_memory(std::move(files)), test_parts());
}

inline Result<LoadedConfig> load_text(std::string text, std::vector<std::string> sets = {}) {
  return load({{"main.yaml", std::move(text)}}, std::move(sets));
}

/// The lines of an error's text; empty if there is none.
inline std::string error_text(const Result<LoadedConfig>& result) {
  return result ? std::string() : result.error().text();
}

}  // namespace exosim
