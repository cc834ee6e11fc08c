// The file expected.json: the figures that a workload's runs must have (docs/ci.md).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <variant>

#include "bench/gate/figures.hpp"
#include "bench/suite/point.hpp"
#include "sim/base/result.hpp"

namespace exosim::bench {

/// Names a point within a file; in the order in which the file has them.
struct ExpectedKey {
  std::string workload;
  std::string where;  // "dec5000-125 aegis", "dec3100 aegis seed 7"
  bool cold = false;

  static ExpectedKey of(const Point& point);
  auto operator<=>(const ExpectedKey&) const = default;
};

class ExpectedFile {
 public:
  /// Refuses what is no such file, with the member that is wrong.
  static Result<ExpectedFile> parse(const std::string& text);
  /// The same from a file, and what there is to do if there is none.
  static Result<ExpectedFile> read(const std::filesystem::path& path);
  static Result<std::monostate> write(const std::filesystem::path& path, const ExpectedFile& file);

  /// The file's text: the same figures give the same bytes; one line for each function.
  std::string text() const;

  /// Null if the file has no figures of this point.
  const RunFigures* find(const ExpectedKey& key) const;
  void set(const ExpectedKey& key, RunFigures figures) { runs_[key] = std::move(figures); }
  size_t size() const { return runs_.size(); }

 private:
  std::map<ExpectedKey, RunFigures> runs_;
};

}  // namespace exosim::bench
