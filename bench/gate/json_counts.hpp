// Counts in the JSON files that the gate reads.
#pragma once

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "bench/gate/figures.hpp"

namespace exosim::bench {

/// A whole number from 0 on; throws ordered_json::type_error if it is none. Greater ones than any
/// run comes to are cut, so that arithmetic on them cannot overflow.
inline int64_t count_of(const nlohmann::ordered_json& json) {
  constexpr uint64_t kMost = 1'000'000'000'000'000;
  return static_cast<int64_t>(std::min(json.get_ref<const uint64_t&>(), kMost));
}

/// {"min": 1, "median": 2, "max": 3, "total": 6}
inline Spread spread_of(const nlohmann::ordered_json& json) {
  return {count_of(json.at("min")), count_of(json.at("median")), count_of(json.at("max")),
          count_of(json.at("total"))};
}

/// {cause: cycles}
inline CauseCycles causes_of(const nlohmann::ordered_json& json) {
  CauseCycles causes;
  for (const auto& [cause, cycles] : json.items())
    if (const int64_t number = count_of(cycles); number != 0) causes[cause] = number;
  return causes;
}

}  // namespace exosim::bench
