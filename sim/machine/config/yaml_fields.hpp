// Reading the keys of one YAML mapping, with a message at the place of whatever is wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/machine/config/yaml_tree.hpp"

namespace exosim {

/// A text and where it was written.
struct Placed {
  std::string text;
  Place place;
};

/// One mapping. Each function adds to the errors what it refuses, and then returns as if the key
/// were not there.
class YamlFields {
 public:
  /// `path` names the mapping in messages ("workloads"; empty for the file itself). Refuses what is
  /// no mapping, and keys that are not among `keys`.
  YamlFields(const YamlNode& node, std::string path, std::span<const std::string_view> keys,
             std::vector<Error>& errors);

  /// The value of a key, whatever it is; null if there is none. An empty one is refused.
  const YamlNode* find(std::string_view key);
  bool has(std::string_view key) const { return node_.find(key) != nullptr; }

  /// One line of text.
  std::optional<Placed> text(std::string_view key);
  /// The same where a key must be there.
  std::optional<Placed> required_text(std::string_view key);
  /// A number, where k, M and G stand for powers of 1000.
  std::optional<uint64_t> count(std::string_view key, uint64_t least, uint64_t greatest);
  /// true or false.
  std::optional<bool> flag(std::string_view key);
  /// A list of texts, at least one, none twice unless `repeatable`.
  std::vector<Placed> texts(std::string_view key, bool repeatable = false);
  /// The same of the list's members that are given.
  std::vector<Placed> texts(std::string_view key, const YamlNode& list, bool repeatable);

  void fail(const Place& place, std::string message);
  /// "workloads.set", for messages.
  std::string path_of(std::string_view key) const;
  const YamlNode& node() const { return node_; }
  std::vector<Error>& errors() { return errors_; }

 private:
  std::optional<Placed> text_of(std::string_view key, const YamlNode& node);

  const YamlNode& node_;
  std::string path_;
  std::vector<Error>& errors_;
};

}  // namespace exosim
