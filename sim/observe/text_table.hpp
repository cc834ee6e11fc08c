// Figures in columns, for people.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/observe/cycle_causes.hpp"

namespace exosim {

/// Rows of cells, the headings first. Columns are as wide as their widest cell; the first `left`
/// columns are aligned to the left, the others to the right.
std::string table_text(const std::vector<std::vector<std::string>>& rows, size_t left);

/// "data cache", by the index in CauseTotals.
std::string cause_text(size_t cause);

/// A column's heading on two lines: "data" above "cache"; nothing above "float".
struct CauseHeading {
  std::string_view above;
  std::string_view below;
};
CauseHeading cause_heading(size_t cause);

/// The causes that have a cycle, in order.
std::vector<size_t> causes_in(const CauseTotals& totals);

}  // namespace exosim
