// The file results.sqlite: the figures of all points, for queries (docs/bench.md has the tables).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench/results/point_result.hpp"
#include "bench/results/sqlite.hpp"
#include "bench/suite/point.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

/// Written point by point, in the order of the suite. The same results give the same bytes.
class Database {
 public:
  explicit Database(const std::filesystem::path& path);

  /// `result` may be null, if there is none; `unexpected` is empty if all is as expected.
  void add(const Point& point, const PointResult* result, const std::string& unexpected);
  Result<std::monostate> close() { return sql_.close(); }

 private:
  void add_operation(const nlohmann::ordered_json& row);
  void add_samples(const nlohmann::ordered_json& samples);
  void add_entry(const nlohmann::ordered_json& entry);

  SqlWriter sql_;
  int64_t point_ = 0;      // the last one's id
  int64_t operation_ = 0;  // the last one's id
  std::map<std::pair<std::string, std::string>, int64_t>
      operations_;  // the point's, by name, image
};

}  // namespace exosim::bench
