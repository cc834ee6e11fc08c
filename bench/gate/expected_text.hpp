// Writes expected.json so that a difference of two versions can be read: one line for each figure
// of an operation, one for each function.
#pragma once

#include <string>

#include "bench/gate/figures.hpp"

namespace exosim::bench {

/// Runs are given in the order of the file; finish() is the end.
class ExpectedText {
 public:
  ExpectedText();
  void run(const std::string& workload, const std::string& where, const std::string& state,
           const RunFigures& figures);
  std::string finish();

 private:
  void operation(const OperationFigures& operation, bool is_first);

  std::string text_;
  std::string workload_;
  std::string where_;
};

}  // namespace exosim::bench
