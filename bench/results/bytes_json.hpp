// Bytes in JSON: as text where they are UTF-8, else in base64.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "sim/base/result.hpp"

namespace exosim::bench {

/// {"encoding": "utf-8", "data": "as it is"} or {"encoding": "base64", "data": "/wA="}.
nlohmann::ordered_json bytes_to_json(std::string_view bytes);
/// The bytes again; refuses what bytes_to_json() does not make.
Result<std::string> bytes_from_json(const nlohmann::ordered_json& json);

}  // namespace exosim::bench
