// A folder of results as the report reads it: what there is of the points of its suite, whole, or a
// message.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "bench/report/published.hpp"
#include "bench/results/point_result.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

/// One run. The placement (cmake/place.py) is told from the names of kernel and workload:
/// "aegis.placement3" is aegis, placement 3.
struct ReportPoint {
  std::string workload;
  std::string machine;
  std::string kernel;
  uint64_t seed = 0;
  bool cold = false;
  unsigned placement = 0;  // 0: as built
  std::vector<std::string> command;
  std::vector<std::pair<std::string, std::string>> inputs;  // "kernel aegis.elf" and its hash
  double clock_hz = 0;
  PointResult result;

  std::string label() const;
};

/// The figures of a file beside a workload; without a workload, beside all.
struct PublishedFile {
  std::optional<std::string> workload;
  std::vector<PublishedOperation> operations;
};

struct ResultSet {
  std::string folder;  // as it was given
  std::string name;    // of the suite
  std::string description;
  std::vector<ReportPoint> points;                           // in the order of the suite
  std::vector<std::string> missing;                          // labels of points without result
  std::string published_file;                                // that the suite names; may be empty
  std::vector<std::pair<std::string, std::string>> folders;  // of workloads that have one
  std::vector<PublishedFile> published;
};

/// Reads suite.json and the results of its points: a run may have failed, but not all of them.
/// Refuses what is damaged, or of another version.
Result<ResultSet> read_result_set(const std::filesystem::path& folder);

/// Reads the published figures that the suite names, or those of `file` instead.
Result<std::monostate> add_published(ResultSet& set, const std::optional<std::string>& file);

/// "aegis.placement3" as "aegis" and 3.
std::pair<std::string, unsigned> split_placement(const std::string& name);

}  // namespace exosim::bench
