// From a suite to its runs: every file found, hashed and checked, every configuration resolved.
#pragma once

#include <filesystem>
#include <vector>

#include "bench/suite/places.hpp"
#include "bench/suite/point.hpp"
#include "bench/suite/suite.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

/// The runs in the order of the suite: for each workload, machine, kernel and seed the warm one,
/// then the cold one. The Error holds all that is wrong, with places in the suite: files that are
/// not there or not what they should be, keys that a configuration does not have, operations that
/// no image declares.
///
/// `suite_path` is where the suite was read: what it names by a path is relative to its folder, but
/// images, which are relative to the guest folder unless they begin with ./ or ../.
Result<std::vector<Point>> points_of(const Suite& suite, const std::filesystem::path& suite_path,
                                     const Places& places);

/// What a suite names by a path, seen from its folder.
std::filesystem::path beside_suite(const std::filesystem::path& suite_path,
                                   const std::string& name);

}  // namespace exosim::bench
