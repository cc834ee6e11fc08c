// From the text of a value to what the machine is given, and back to the canonical text.
#pragma once

#include <string>

#include "sim/base/result.hpp"
#include "sim/machine/config/keys.hpp"
#include "sim/machine/config/yaml_tree.hpp"

namespace exosim {

/// Reads a value for the key and checks its range. The Error has no place; it says what was
/// expected and what was found.
Result<KeyValue> parse_value(const Key& key, const YamlNode& node);
/// The shortest text with a unit that parses to the same value; texts as they are, unquoted.
std::string canonical_text(const Key& key, const KeyValue& value);
/// "a frequency such as 25MHz", "one of: r2000, r3000".
std::string expected_form(const Key& key);

}  // namespace exosim
