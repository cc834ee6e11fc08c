// What the gate found: of each point, each operation.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/gate/explain.hpp"
#include "bench/gate/figures.hpp"
#include "bench/gate/source_texts.hpp"
#include "bench/suite/suite.hpp"

namespace exosim::bench {

struct OperationVerdict {
  std::string image;
  std::string name;
  Spread before;  // cycles; 0 if nothing was expected
  Spread now;
  std::vector<std::string> differences;  // empty: as expected
  Explanation why;

  bool as_expected() const { return differences.empty(); }
};

struct PointVerdict {
  std::string label;
  std::string command;  // that reproduces the run; may be empty
  std::string wrong;    // what the suite expects otherwise, or why there is no result
  std::string messages;
  std::vector<OperationVerdict> operations;

  bool as_expected() const;
};

struct GateReport {
  std::string name;  // of the suite
  std::vector<PointVerdict> points;
  std::vector<std::string> notes = {};  // of the report itself: that its source lines may be others

  bool as_expected() const;
  size_t operations() const;
  /// Operations, and points of which something else is wrong.
  size_t wrong() const;
};

/// `expected` may be null: then each operation is one that nothing is known of.
std::vector<OperationVerdict> judge(const RunFigures* expected, const RunFigures& now,
                                    const std::vector<OperationRule>& rules, SourceTexts& sources);

}  // namespace exosim::bench
