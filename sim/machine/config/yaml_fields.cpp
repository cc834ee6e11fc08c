// See yaml_fields.hpp.
#include "sim/machine/config/yaml_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/base/quantity.hpp"
#include "sim/machine/config/messages.hpp"

namespace exosim {

YamlFields::YamlFields(const YamlNode& node, std::string path,
                       std::span<const std::string_view> keys, std::vector<Error>& errors)
    : node_(node), path_(std::move(path)), errors_(errors) {
  if (!node.is_map()) {
    fail(node.place, fmt::format("{}expected a mapping with keys such as {}, got {}",
                                 path_.empty() ? "" : path_ + ": ", keys.front(), node.shown()));
    return;
  }
  const std::vector<std::string> known(keys.begin(), keys.end());
  for (const YamlEntry& entry : node.entries) {
    if (std::ranges::find(known, entry.key) != known.end()) continue;
    const std::string what = path_.empty() ? "key" : "key of " + path_;
    fail(entry.key_place, unknown_name(what, entry.key, known));
  }
}

const YamlNode* YamlFields::find(std::string_view key) {
  const YamlEntry* entry = node_.find(key);
  if (!entry) return nullptr;
  if (!entry->value.is_null()) return &entry->value;
  fail(entry->key_place, fmt::format("{}: has no value", path_of(key)));
  return nullptr;
}

std::optional<Placed> YamlFields::text(std::string_view key) {
  const YamlNode* value = find(key);
  return value ? text_of(key, *value) : std::nullopt;
}

std::optional<Placed> YamlFields::required_text(std::string_view key) {
  if (node_.is_map() && !has(key)) fail(node_.place, fmt::format("{} is missing", path_of(key)));
  return text(key);
}

std::optional<uint64_t> YamlFields::count(std::string_view key, uint64_t least, uint64_t greatest) {
  const YamlNode* value = find(key);
  if (!value) return std::nullopt;
  const auto refuse = [&](const std::string& message) {
    fail(value->place, fmt::format("{}: {}", path_of(key), message));
    return std::nullopt;
  };
  if (!value->is_scalar() || value->quoted)
    return refuse(fmt::format("expected a number, got {}{}", value->shown(),
                              value->is_scalar() ? " in quotes, which is text" : ""));
  const Result<uint64_t> number = parse_count(value->text);
  if (!number) return refuse(number.error().message);
  if (*number < least || *number > greatest)
    return refuse(fmt::format("{} is out of range: {} to {}", value->shown(), least, greatest));
  return *number;
}

std::optional<bool> YamlFields::flag(std::string_view key) {
  const YamlNode* value = find(key);
  if (!value) return std::nullopt;
  if (value->is_scalar() && !value->quoted && (value->text == "true" || value->text == "false"))
    return value->text == "true";
  fail(value->place,
       fmt::format("{}: expected true or false, got {}", path_of(key), value->shown()));
  return std::nullopt;
}

std::vector<Placed> YamlFields::texts(std::string_view key, bool repeatable) {
  const YamlNode* list = find(key);
  return list ? texts(key, *list, repeatable) : std::vector<Placed>();
}

std::vector<Placed> YamlFields::texts(std::string_view key, const YamlNode& list, bool repeatable) {
  std::vector<Placed> texts;
  if (!list.is_list() || list.members.empty()) {
    fail(list.place, fmt::format("{}: expected a list of texts, as in [a, b], got {}", path_of(key),
                                 list.is_list() ? "an empty one" : list.shown()));
    return texts;
  }
  for (const YamlNode& member : list.members) {
    std::optional<Placed> text = text_of(key, member);
    if (!text) continue;
    const auto first = std::ranges::find(texts, text->text, &Placed::text);
    if (first != texts.end() && !repeatable) {
      fail(text->place, fmt::format("{}: {} is there already, at {}", path_of(key),
                                    shown_text(text->text), first->place.text()));
      continue;
    }
    texts.push_back(std::move(*text));
  }
  return texts;
}

void YamlFields::fail(const Place& place, std::string message) {
  errors_.push_back({place.text(), std::move(message)});
}

std::string YamlFields::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

std::optional<Placed> YamlFields::text_of(std::string_view key, const YamlNode& node) {
  if (node.is_scalar() && !node.text.empty() && node.text.find_first_of("\t\r\n") == node.text.npos)
    return Placed{node.text, node.place};
  fail(node.place,
       fmt::format("{}: expected one line of text, got {}", path_of(key), node.shown()));
  return std::nullopt;
}

}  // namespace exosim
