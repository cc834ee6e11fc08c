// See series.hpp.
#include "bench/report/series.hpp"

#include <algorithm>
#include <charconv>
#include <span>

namespace exosim::bench {

NumberedName::NumberedName(std::string_view text) : name(text) {
  constexpr std::string_view kComma = ", ";
  const size_t at = text.rfind(kComma);
  if (at == text.npos || at == 0) return;
  const std::string_view digits = text.substr(at + kComma.size());
  const auto [stop, status] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  has_number = status == std::errc() && stop == digits.data() + digits.size();
  if (has_number)
    name = text.substr(0, at);
  else
    number = 0;
}

namespace {

bool are_of_one(const OperationRow& a, const OperationRow& b) {
  return a.workload == b.workload && a.image == b.image && a.series == b.series;
}

void mark(std::span<OperationRow> same) {
  constexpr size_t kLeast = 3;
  for (OperationRow& row : same)
    if (same.size() < kLeast)
      row.series.clear();
    else
      row.is_inner = &row != &same.front() && &row != &same.back();
}

}  // namespace

void mark_series(std::vector<OperationRow>& rows) {
  for (OperationRow& row : rows) {
    const NumberedName name(row.operation);
    if (!name.has_number) continue;
    row.series = name.name;
    row.number = name.number;
  }
  for (size_t at = 0; at < rows.size();) {
    size_t end = at + 1;
    while (end < rows.size() && are_of_one(rows[at], rows[end])) ++end;
    if (!rows[at].series.empty()) mark(std::span(rows).subspan(at, end - at));
    at = end;
  }
}

}  // namespace exosim::bench
