// Writes expected.json so that a difference of two versions can be read: one line for each run's
// figures of an operation, one for each function.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "bench/gate/figures.hpp"

namespace exosim::bench {

/// The runs of a workload, by name, in the order of the file.
using NamedRuns = std::vector<std::pair<std::string, const RunFigures*>>;

/// Workloads are given in the order of the file; finish() is the end.
class ExpectedText {
 public:
  ExpectedText();
  void workload(const std::string& name, const NamedRuns& runs);
  std::string finish();

 private:
  std::string text_;
  bool has_workload_ = false;
};

}  // namespace exosim::bench
