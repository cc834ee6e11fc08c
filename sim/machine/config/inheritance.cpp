// `extends` and --set. Keys are not checked here, only how trees lie over one another.
#include "sim/machine/config/inheritance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/algorithm/string/split.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "sim/machine/config/messages.hpp"

namespace exosim {

namespace fs = std::filesystem;

namespace {

constexpr size_t kMaxAncestors = 16;
constexpr std::string_view kDevices = "devices";

bool changes_type(const YamlNode& base, const YamlNode& heir) {
  const YamlEntry* before = base.find("type");
  const YamlEntry* after = heir.find("type");
  return before && after && before->value.text != after->value.text;
}

class Merger {
 public:
  Merger(const FileReader& read, std::vector<Error>& errors) : read_(read), errors_(errors) {}

  MergedConfig result() && { return std::move(merged_); }

  /// `extends` is where a file names this one; null for the file given by the user.
  void add_file(const fs::path& path, const Place* extends) {
    Result<std::string> text = read_(path);
    if (!text && extends) {
      fail({extends->text(), fmt::format("cannot extend {}, named relative to this file: {}",
                                         shown_text(path.string()), text.error().message)});
    } else if (!text) {
      fail({path.string(), text.error().message});
    } else if (std::optional<YamlNode> tree = parse_top(*text, path.string())) {
      merged_.comments.insert_or_assign(path.string(), Comments(*text));
      chain_.push_back(path);
      if (const YamlEntry* base = tree->find("extends")) add_base(path, base->value);
      chain_.pop_back();
      std::erase_if(tree->entries, [](const YamlEntry& entry) { return entry.key == "extends"; });
      lay_over(std::move(*tree));
    }
  }

  void add_set(const std::string& set) {
    const std::string shown = shown_text(set);
    const std::string source = std::string(kSetSource) + shown.substr(1, shown.size() - 2);
    const size_t equals = set.find('=');
    if (equals == set.npos || equals == 0) {
      fail({source, "expected key.path=value, as in --set cpu.clock=33MHz"});
      return;
    }
    std::optional<YamlNode> value =
        parse_yaml(std::string_view(set).substr(equals + 1), source, false, errors_);
    if (!value) {
      merged_.complete = false;
      return;
    }
    lay_over_at(set.substr(0, equals), std::move(*value), source);
  }

 private:
  void fail(Error error) {
    merged_.complete = false;
    errors_.push_back(std::move(error));
  }

  std::optional<YamlNode> parse_top(const std::string& text, const std::string& source) {
    std::optional<YamlNode> tree = parse_yaml(text, source, true, errors_);
    if (!tree) {
      merged_.complete = false;
      return std::nullopt;
    }
    if (tree->is_map()) return tree;
    fail({tree->place.text(),
          tree->is_null() ? "empty: expected keys such as cpu, memory, devices"
                          : fmt::format("expected a mapping of keys, got {}", tree->shown())});
    return std::nullopt;
  }

  void add_base(const fs::path& heir, const YamlNode& extends) {
    if (!extends.is_scalar() || extends.text.empty()) {
      fail({extends.place.text(),
            fmt::format("extends: expected a file name, got {}", extends.shown())});
      return;
    }
    const fs::path base = (heir.parent_path() / extends.text).lexically_normal();
    if (std::optional<std::string> circle = circle_through(base)) {
      fail({extends.place.text(), fmt::format("extends goes in a circle: {}", *circle)});
    } else if (chain_.size() > kMaxAncestors) {
      fail({extends.place.text(),
            fmt::format("more than {} files extend one another", kMaxAncestors)});
    } else {
      add_file(base, &extends.place);
    }
  }

  /// "a.yaml -> b.yaml -> a.yaml" if the path is already being read.
  std::optional<std::string> circle_through(const fs::path& path) const {
    const auto same = [&](const fs::path& other) { return other.lexically_normal() == path; };
    const auto first = std::ranges::find_if(chain_, same);
    if (first == chain_.end()) return std::nullopt;
    std::string circle;
    for (auto it = first; it != chain_.end(); ++it) {
      circle += it->lexically_normal().string() + " -> ";
    }
    return circle + path.string();
  }

  void lay_over(YamlNode heir) {
    if (!merged_.root.is_map()) {
      merged_.root = YamlNode::make(YamlNode::Kind::kMap, heir.place);
    }
    lay_over(merged_.root, std::move(heir), "");
  }

  void lay_over(YamlNode& base, YamlNode heir, std::string_view map_name) {
    const bool are_devices = map_name == kDevices;
    for (YamlEntry& entry : heir.entries) {
      YamlEntry* old = base.find(entry.key);
      if (are_devices && entry.value.is_null()) {
        remove_device(base, entry);
      } else if (!old) {
        add_new(base, std::move(entry), map_name);
      } else if (old->value.is_map() && entry.value.is_map() &&
                 !(are_devices && changes_type(old->value, entry.value))) {
        lay_over(old->value, std::move(entry.value), below(map_name, entry.key));
      } else {
        *old = std::move(entry);
      }
    }
  }

  /// A new mapping is laid over an empty one, so that a null device in it is seen.
  void add_new(YamlNode& base, YamlEntry entry, std::string_view map_name) {
    if (map_name.empty() && entry.key == kDevices && entry.value.is_map()) {
      YamlNode devices = YamlNode::make(YamlNode::Kind::kMap, entry.value.place);
      lay_over(devices, std::move(entry.value), kDevices);
      entry.value = std::move(devices);
    }
    base.entries.push_back(std::move(entry));
  }

  /// Only the top level's names matter to the rules; anything deeper has none.
  static std::string_view below(std::string_view map_name, const std::string& key) {
    return map_name.empty() && key == kDevices ? kDevices : std::string_view("other");
  }

  void remove_device(YamlNode& devices, const YamlEntry& entry) {
    if (devices.find(entry.key)) {
      std::erase_if(devices.entries, [&](const YamlEntry& e) { return e.key == entry.key; });
    } else if (merged_.complete) {
      std::vector<std::string> names;
      for (const YamlEntry& device : devices.entries) names.push_back(device.key);
      errors_.push_back({entry.value.place.text(),
                         "nothing to remove: " + unknown_name("device", entry.key, names)});
    }
  }

  void lay_over_at(const std::string& path, YamlNode value, const std::string& source) {
    std::vector<std::string> keys;
    boost::split(keys, path, [](char c) { return c == '.'; });
    if (keys[0] == "extends") {
      errors_.push_back({source, "extends belongs in a file; give that file with --config"});
      return;
    }
    if (keys.size() > kMaxYamlDepth) {
      errors_.push_back({source, fmt::format("nested deeper than {} levels", kMaxYamlDepth)});
      return;
    }
    const Place place{source};
    std::ranges::reverse(keys);  // built from the inside out
    for (std::string& key : keys) {
      YamlNode map = YamlNode::make(YamlNode::Kind::kMap, place);
      map.entries.push_back({std::move(key), place, std::move(value)});
      value = std::move(map);
    }
    lay_over(std::move(value));
  }

  const FileReader& read_;
  std::vector<Error>& errors_;
  std::vector<fs::path> chain_;
  MergedConfig merged_;
};

}  // namespace

MergedConfig merge_config(const fs::path& path, std::span<const std::string> sets,
                          const FileReader& read, std::vector<Error>& errors) {
  Merger merger(read, errors);
  merger.add_file(path, nullptr);
  for (const std::string& set : sets) merger.add_set(set);
  return std::move(merger).result();
}

}  // namespace exosim
