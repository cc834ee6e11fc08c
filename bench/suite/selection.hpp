// A part of a suite's points, chosen by words of their labels: "kernel_calls dec3100, hello".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/suite/point.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

/// The points whose label has all words of one of the choices, which commas separate; in their
/// order. Refuses a word that no label has, naming the nearest, and what chooses nothing.
Result<std::vector<Point>> selected(const std::vector<Point>& points, std::string_view choices);

}  // namespace exosim::bench
