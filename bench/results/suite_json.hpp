// The file suite.json of a results folder (docs/bench.md, docs/bench-suite.schema.json).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bench/suite/point.hpp"
#include "bench/suite/suite.hpp"

namespace exosim::bench {

/// The suite resolved, and its points in order. Paths are as they were to the process that ran it.
std::string suite_json(const Suite& suite, const std::filesystem::path& suite_path,
                       const std::vector<Point>& points);

}  // namespace exosim::bench
