// For tests: a YAML document as editors see it that check it against a JSON Schema.
#pragma once

#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <string>

namespace exosim::testing {

/// YAML 1.2's core schema for plain scalars.
inline nlohmann::json resolve_scalar(const std::string& text) {
  static const std::regex integer("[-+]?[0-9]+");
  static const std::regex hexadecimal("0x[0-9a-fA-F]+");
  static const std::regex real("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  if (std::regex_match(text, integer)) return std::stoll(text);
  if (std::regex_match(text, hexadecimal)) return std::stoull(text, nullptr, 16);
  if (std::regex_match(text, real)) return std::stod(text);
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  return text;
}

inline nlohmann::json as_editors_see(const YAML::Node& node) {
  using nlohmann::json;
  json result;
  if (node.IsMap()) {
    result = json::object();
    for (const auto& entry : node) result[entry.first.Scalar()] = as_editors_see(entry.second);
  } else if (node.IsSequence()) {
    result = json::array();
    for (const auto& member : node) result.push_back(as_editors_see(member));
  } else if (node.IsScalar()) {
    result = node.Tag() == "!" ? json(node.Scalar()) : resolve_scalar(node.Scalar());
  }
  return result;
}

}  // namespace exosim::testing
