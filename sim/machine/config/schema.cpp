// JSON Schema from the rows. Object members keep their order, so the text is the same every time.
#include "sim/machine/config/schema.hpp"

#include <nlohmann/json.hpp>

#include <set>
#include <utility>

#include "sim/machine/config/key_tree.hpp"
#include "sim/machine/config/values.hpp"

namespace exosim {

namespace {

using Json = nlohmann::ordered_json;

/// As sim/base/quantity.hpp reads them.
std::string quantity_pattern(const char* units) {
  return std::string("^(0|[1-9][0-9]*)(\\.[0-9]+)?(") + units + ")$";
}

Json integer_schema(const Key& key) {
  Json schema = {{"type", "integer"}, {"minimum", key.low}, {"maximum", key.high}};
  if (key.multiple_of != 1) schema["multipleOf"] = key.multiple_of;
  if (!key.numbers.empty()) schema["enum"] = key.numbers;
  return schema;
}

/// A plain scalar such as 1.5 or true is text to us; a schema sees what YAML makes of it.
Json text_schema(const Key& key) {
  Json schema = {{"type", {"string", "number", "boolean"}}, {"pattern", "^[^\\t\\r\\n]*$"}};
  if (key.low > 0) schema["minLength"] = key.low;
  return schema;
}

Json form_schema(const Key& key) {
  switch (key.kind) {
    case KeyKind::kBytes:
      return {{"type", "string"}, {"pattern", quantity_pattern("B|KiB|MiB|GiB")}};
    case KeyKind::kHertz:
      return {{"type", "string"}, {"pattern", quantity_pattern("Hz|kHz|MHz|GHz")}};
    case KeyKind::kTime:
      return {{"type", "string"}, {"pattern", quantity_pattern("ps|ns|us|ms|s")}};
    case KeyKind::kFlag:
      return {{"type", "boolean"}};
    case KeyKind::kChoice:
      return {{"enum", key.choices}};
    case KeyKind::kText:
      return text_schema(key);
    default:
      return integer_schema(key);
  }
}

Json default_value(const Key& key) {
  const Result<KeyValue> value =
      parse_value(key, YamlNode::make(YamlNode::Kind::kScalar, {}, key.default_value));
  if (!value) return nullptr;
  if (key.kind == KeyKind::kNumber || key.kind == KeyKind::kAddress) return value->number;
  if (key.kind == KeyKind::kFlag) return value->number != 0;
  return canonical_text(key, *value);
}

Json key_schema(const Key& key) {
  Json schema = {{"description", key.doc}};
  schema.update(form_schema(key));
  if (!key.default_value.empty()) schema["default"] = default_value(key);
  return schema;
}

Json map_schema(const KeyTree& tree) {
  Json properties = Json::object();
  for (const KeyTree& child : tree.children) {
    properties[child.name] = child.key ? key_schema(*child.key) : map_schema(child);
  }
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", properties}};
}

/// "If the type is this one, then ..."
Json type_rule(const std::string& type, Json then) {
  const Json is_type = {{"required", {"type"}}, {"properties", {{"type", {{"const", type}}}}}};
  return {{"if", is_type}, {"then", std::move(then)}};
}

/// Only these keys, in these forms.
Json allowed_keys(const std::vector<Key>& keys) {
  Json names = Json::array();
  Json properties = Json::object();
  for (const Key& key : keys) {
    names.push_back(key.path);
    if (key.path != "type") properties[key.path] = key_schema(key);
  }
  return {{"propertyNames", {{"enum", names}}}, {"properties", properties}};
}

Json required_keys(const std::vector<Key>& keys) {
  Json names = Json::array();
  for (const Key& key : keys) {
    if (key.required) names.push_back(key.path);
  }
  return {{"required", names}};
}

/// Of an heir's device the type may stand in another file: then any device's keys are allowed.
/// Written where it is used: valijson 1.0 confuses propertyNames behind a $ref with what has them.
Json device_schema(const PartsCatalogue& parts) {
  std::set<std::string> names;
  Json rules = Json::array();
  for (const auto& [name, type] : parts.devices) {
    const std::vector<Key> keys = device_keys(parts, type);
    for (const Key& key : keys) names.insert(key.path);
    rules.push_back(type_rule(name, allowed_keys(keys)));
  }
  return {{"type", {"object", "null"}},
          {"description", "a device; null removes one that was inherited"},
          {"propertyNames", {{"enum", names}}},
          {"properties", {{"type", key_schema(device_type_key(parts))}}},
          {"allOf", rules}};
}

/// A file that extends none has to say everything itself.
Json complete_devices(const PartsCatalogue& parts) {
  Json rules = Json::array({{{"required", {"type"}}}});
  for (const auto& [name, type] : parts.devices) {
    rules.push_back(type_rule(name, required_keys(device_keys(parts, type))));
  }
  const Json device = {{"type", "object"}, {"allOf", rules}};
  return {{"properties", {{"devices", {{"additionalProperties", device}}}}}};
}

}  // namespace

std::string config_schema(const PartsCatalogue& parts) {
  const std::vector<Key> keys = machine_keys(parts);
  Json schema = {
      {"$schema", "http://json-schema.org/draft-07/schema#"},
      {"title", "exosim machine"},
      {"description", "A machine for exosim --config. Generated: exosim --print-schema"}};
  schema.update(map_schema(key_tree(keys)));
  Json& properties = schema["properties"];
  properties["extends"] = {{"description", "file to start from, relative to this one"},
                           {"type", {"string", "number", "boolean"}},
                           {"minLength", 1}};
  properties["devices"] = {{"description", "devices by name"},
                           {"type", "object"},
                           {"maxProperties", kMaxDevices},
                           {"propertyNames", {{"pattern", kDeviceNamePattern}}},
                           {"additionalProperties", device_schema(parts)}};
  schema["if"] = {{"required", {"extends"}}};
  schema["then"] = true;
  schema["else"] = complete_devices(parts);
  return schema.dump(2) + '\n';
}

}  // namespace exosim
