// See text_table.hpp.
#include "sim/observe/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace exosim {

std::string table_text(const std::vector<std::vector<std::string>>& rows, size_t left) {
  std::vector<size_t> widths(rows.front().size());
  for (const auto& row : rows)
    for (size_t column = 0; column < row.size(); ++column)
      widths[column] = std::max(widths[column], row[column].size());
  std::string text;
  for (const auto& row : rows) {
    for (size_t column = 0; column < row.size(); ++column) {
      const bool to_left = column < left;
      text += fmt::format("  {:{}}{}", to_left ? row[column] : "",
                          to_left ? widths[column] : widths[column] - row[column].size(),
                          to_left ? "" : row[column]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  }
  return text;
}

std::string cause_text(size_t cause) {
  std::string text(kCycleCauseNames[cause]);
  std::ranges::replace(text, '_', ' ');
  return text;
}

CauseHeading cause_heading(size_t cause) {
  const std::string_view name = kCycleCauseNames[cause];
  const size_t gap = name.find('_');
  if (gap == name.npos) return {{}, name};
  return {name.substr(0, gap), name.substr(gap + 1)};
}

std::vector<size_t> causes_in(const CauseTotals& totals) {
  std::vector<size_t> causes;
  for (size_t cause = 0; cause < kCycleCauses; ++cause)
    if (totals.cycles[cause] != 0) causes.push_back(cause);
  return causes;
}

}  // namespace exosim
