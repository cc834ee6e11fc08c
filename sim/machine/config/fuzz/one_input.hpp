// What both the fuzzer and the bounded run in the unit tests do with one mutated file.
#pragma once

#include <filesystem>
#include <string>

#include "sim/machine/config/load_config.hpp"
#include "sim/machine/config/print_config.hpp"

namespace exosim {

/// Loads `text` as a configuration that may extend "base.yaml" or itself; no other file is read.
/// Empty if the loader kept its promise: a machine that survives printing and loading again, or an
/// error with a place and a message. Otherwise what is wrong.
inline std::string broken_promise(const std::string& text) {
  const std::filesystem::path main = "main.yaml";
  const FileReader read = [&](const std::filesystem::path& path) -> Result<std::string> {
    if (path == main) return text;
    if (path == "base.yaml") return std::string("seed: 2\ncpu: {clock: 20MHz}\n");
    return Error{{}, "no such file"};
  };
  const Result<LoadedConfig> loaded = load_config(main, {}, read, PartsCatalogue{});
  if (!loaded) {
    if (loaded.error().message.empty()) return "an error without a message";
    if (loaded.error().where.empty()) return "an error without a place";
    return {};
  }
  const std::string printed = print_config(*loaded);
  const FileReader read_printed = [&](const std::filesystem::path&) -> Result<std::string> {
    return printed;
  };
  const Result<LoadedConfig> again = load_config(main, {}, read_printed, PartsCatalogue{});
  if (!again) return "what was printed does not load: " + again.error().text();
  return print_config(*again) == printed ? "" : "what was printed loads as something else";
}

}  // namespace exosim
