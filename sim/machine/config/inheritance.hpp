// One tree from a file, the files that it extends, and the --set options: the last word wins.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/machine/config/comments.hpp"
#include "sim/machine/config/config_files.hpp"
#include "sim/machine/config/yaml_tree.hpp"

namespace exosim {

/// What was set follows: the place of a value given by --set.
inline constexpr std::string_view kSetSource = "--set ";

/// The merged tree; every node keeps the place where it was written.
struct MergedConfig {
  YamlNode root;
  std::map<std::string, Comments> comments;  // of each file, by the name that its places have
  /// False if some part could not be read: what seems to be missing may have stood there.
  bool complete = true;
};

/// Reads `path` and, before it, what its `extends` names (relative to the naming file), merges
/// mappings key by key, and applies each "key.path=value". `devices.<name>: null` removes a device
/// that was inherited; a device whose `type` changes starts afresh. Adds what is wrong to `errors`.
MergedConfig merge_config(const std::filesystem::path& path, std::span<const std::string> sets,
                          const FileReader& read, std::vector<Error>& errors);

}  // namespace exosim
