// A YAML text as a tree that remembers where everything was written. Scalars stay text: what they
// mean is decided by the table of keys, not by YAML's guesses (yaml-cpp reads 010 as 8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.hpp"

namespace exosim {

/// Where a piece of configuration was written.
struct Place {
  std::string source;   // a file, or the whole of an option
  unsigned line = 0;    // from 1; 0: the source is one line and its place needs no number
  unsigned column = 0;  // from 1, in bytes

  /// "file:line:column", or the source alone.
  std::string text() const;
};

struct YamlEntry;

/// A value. Aliases have been replaced by copies of what they stand for.
struct YamlNode {
  enum class Kind : uint8_t { kNull, kScalar, kMap, kList };

  Kind kind = Kind::kNull;
  Place place;
  std::string text;                // of a scalar
  bool quoted = false;             // a scalar in quotes or a block scalar
  std::vector<YamlEntry> entries;  // of a map, in order
  std::vector<YamlNode> members;   // of a list, in order

  /// An empty map, a null, a list; or a scalar with its text.
  static YamlNode make(Kind kind, Place place, std::string text = {}, bool quoted = false);

  bool is_map() const { return kind == Kind::kMap; }
  bool is_list() const { return kind == Kind::kList; }
  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_null() const { return kind == Kind::kNull; }
  /// The entry with this key; null if there is none, or this is not a map.
  const YamlEntry* find(std::string_view key) const;
  YamlEntry* find(std::string_view key);
  /// What it is, for a message: `"25"`, `a mapping`, `nothing`.
  std::string shown() const;
};

struct YamlEntry {
  std::string key;
  Place key_place;
  YamlNode value;
};

/// Bounds, so that no file can take the host's time, memory or stack.
inline constexpr size_t kMaxYamlBytes = 256 << 10;
inline constexpr size_t kMaxYamlNodes = 5'000;  // aliases counted as copies
inline constexpr size_t kMaxYamlScalarBytes = 4 << 10;
inline constexpr size_t kMaxYamlDepth = 32;

/// Reads one YAML document. Adds to `errors` what is wrong: bytes that are not UTF-8, syntax,
/// duplicate keys, tags, more than the bounds allow. nullopt if no tree can be made of it.
/// An empty text is a null node. `has_lines` false: places name the source only.
std::optional<YamlNode> parse_yaml(std::string_view text, const std::string& source, bool has_lines,
                                   std::vector<Error>& errors);

}  // namespace exosim
