// Series of operations: one operation, measured with several numbers of something.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/report/figures.hpp"

namespace exosim::bench {

/// "TLB refill, 16" as "TLB refill" and 16; what has no number is whole, with 0.
struct NumberedName {
  std::string name;
  uint64_t number = 0;
  bool has_number = false;

  explicit NumberedName(std::string_view text);
};

/// Finds the series among the rows of all workloads, which stand by name and number.
void mark_series(std::vector<OperationRow>& rows);

}  // namespace exosim::bench
