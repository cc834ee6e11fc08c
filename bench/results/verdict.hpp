// Whether a run is what the suite expects of it.
#pragma once

#include <optional>
#include <string>

#include "bench/results/point_result.hpp"
#include "bench/suite/suite.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

/// An expectation with its console's bytes read.
struct Expected {
  Expectation expect;
  std::optional<std::string> console;
};

/// What is not as expected, in words; nullopt if all is.
std::optional<std::string> unexpected(const Expected& expected, const PointResult& result);

}  // namespace exosim::bench
