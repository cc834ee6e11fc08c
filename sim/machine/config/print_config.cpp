// Dotted paths to nested YAML.
#include "sim/machine/config/print_config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/algorithm/string/split.hpp>
#include <nlohmann/json.hpp>
#include <vector>

#include "sim/machine/config/inheritance.hpp"

namespace exosim {

namespace {

/// Plain where nothing can be read otherwise, else in double quotes and escaped as in JSON, which
/// YAML understands.
std::string yaml_text(const std::string& text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_safe = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-' || c == '/';
  };
  const bool is_null = boost::iequals(text, "null");
  const bool plain =
      !text.empty() && is_letter(text[0]) && std::ranges::all_of(text, is_safe) && !is_null;
  return plain ? text : nlohmann::json(text).dump();
}

std::string yaml_value(const Setting& setting) {
  const bool is_text = setting.kind == KeyKind::kText || setting.kind == KeyKind::kChoice;
  return is_text ? yaml_text(setting.value) : setting.value;
}

/// "what the file says [r3000.yaml:5:10]"
std::string source_text(const Setting& setting) {
  const std::string& source = setting.source;
  if (source == kDefaultSource || source.starts_with(kSetSource)) return source;
  const std::string place = source.substr(source.rfind('/') + 1);  // 0 if there is no folder
  return setting.comment.empty() ? place : fmt::format("{} [{}]", setting.comment, place);
}

std::string print_lines(const LoadedConfig& config, bool with_sources) {
  std::string yaml;
  std::vector<std::string> open;  // the mappings we are in
  for (const Setting& setting : config.settings) {
    std::vector<std::string> names;
    boost::split(names, setting.path, [](char c) { return c == '.'; });
    const std::string leaf = names.back();
    names.pop_back();
    const auto common = std::ranges::mismatch(names, open).in1 - names.begin();
    for (auto depth = static_cast<size_t>(common); depth < names.size(); ++depth) {
      yaml += fmt::format("{:{}}{}:\n", "", 2 * depth, yaml_text(names[depth]));
    }
    yaml += fmt::format("{:{}}{}: {}", "", 2 * names.size(), leaf, yaml_value(setting));
    yaml += with_sources ? fmt::format("  # {}\n", source_text(setting)) : "\n";
    open = std::move(names);
  }
  return yaml;
}

}  // namespace

std::string print_config(const LoadedConfig& config) { return print_lines(config, false); }

std::string print_config_with_sources(const LoadedConfig& config) {
  return print_lines(config, true);
}

std::string config_digest(const LoadedConfig& config) {
  constexpr uint64_t kOffsetBasis = 0xcbf29ce484222325;  // both: FNV's definition, RFC 9923
  constexpr uint64_t kPrime = 0x00000100000001b3;
  uint64_t digest = kOffsetBasis;
  for (const char byte : print_config(config)) {
    digest = (digest ^ static_cast<unsigned char>(byte)) * kPrime;
  }
  return fmt::format("{:016x}", digest);
}

}  // namespace exosim
