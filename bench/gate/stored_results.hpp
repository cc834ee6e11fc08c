// Results that were written before, as files, for a comparison of two of them.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bench/gate/figures.hpp"
#include "bench/gate/gate_report.hpp"
#include "bench/gate/source_texts.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

struct StoredRun {
  std::string label;    // as Point::label(); empty: a file, which is compared with any other
  std::string command;  // that reproduces it; may be empty
  RunFigures figures;
};

struct StoredResults {
  std::string name;
  std::vector<StoredRun> runs;
  std::set<std::string> rebuilt;  // images that are others today than in the runs, or not there
};

/// A folder of results, points/KEY.json in it, or a file that `exosim --stats` has written.
Result<StoredResults> read_stored(const std::filesystem::path& path, SourceTexts& sources);

/// What differs from the one to the other. Points that only one has are said, too.
GateReport compare_stored(const StoredResults& before, const StoredResults& now,
                          SourceTexts& sources);

}  // namespace exosim::bench
