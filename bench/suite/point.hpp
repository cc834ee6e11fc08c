// One run of a suite: workload x machine x kernel x seed, warm or cold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace exosim::bench {

/// A file that decides what a run does.
struct InputFile {
  std::string role;            // "exosim", "configuration", "kernel", "image", "input",
                               // "annotations", "device"
  std::string name;            // without folders
  std::filesystem::path path;  // as exosim is told it
  std::string sha256;          // of its bytes; of a configuration, of what it resolves to
};

/// One run. Everything that decides its result is in it.
struct Point {
  std::string key;  // names its result: from the names, the portable command and the inputs
  std::string workload;
  std::string machine;  // "dec5000-125"
  std::string kernel;   // "aegis", or "none"
  uint64_t seed = 0;
  bool cold = false;
  size_t of_workload = 0;  // index in Suite::workloads
  /// What reproduces the run from the working folder; the first is exosim.
  std::vector<std::string> command;
  /// The same with the names of files alone: equal on every host.
  std::vector<std::string> portable;
  std::vector<InputFile> inputs;

  /// "primitives dec5000-125 aegis cold"; a seed other than 1 is said, too.
  std::string label() const;
};

/// JSON as it is written to files: what is not UTF-8 in it is replaced.
std::string json_text(const nlohmann::ordered_json& json, int indent = -1);

/// The head of a result's file: all that its key is made from.
nlohmann::ordered_json point_head(const Point& point);
/// 32 hexadecimal digits: of SHA-256 of the head.
std::string key_of_head(const nlohmann::ordered_json& head);

/// As a line for a shell.
std::string shell_line(const std::vector<std::string>& command);

}  // namespace exosim::bench
