// What a run came to: the file points/KEY.json (docs/bench.md, docs/bench-result.schema.json).
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/suite/point.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

/// Of a run that ended by itself. It is a function of the point: no host time, no paths.
struct PointResult {
  int exit_status = 0;             // of the process
  std::string console;             // the guest's bytes
  std::string messages;            // what exosim said on standard error
  nlohmann::ordered_json stats;    // what --stats wrote
  nlohmann::ordered_json profile;  // what --profile wrote
};

/// Whether it is what --stats writes, as far as the runner looks at it.
bool is_statistics(const nlohmann::ordered_json& stats);
/// Whether it is what --profile writes, as far as anybody looks at it.
bool is_profile(const nlohmann::ordered_json& profile);

/// The file's text; it ends with a newline.
std::string result_text(const Point& point, const PointResult& result);

/// Reads it again. Refuses what is not whole, or not of this point.
Result<PointResult> parse_result(const std::string& text, const std::string& key);

}  // namespace exosim::bench
