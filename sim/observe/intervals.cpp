// See intervals.hpp.
#include "sim/observe/intervals.hpp"

#include <utility>

namespace exosim {

Interval Intervals::current() const {
  return {.begin = before_.begin,
          .table = ledger_.totals().since(before_.table),
          .counters = counters_.totals().since(before_.counters)};
}

void Intervals::close() {
  if (rows_.size() == kMaxIntervals) merge();
  if (now_ / every_ > before_.begin / every_) {
    rows_.push_back(current());
    before_ = {.begin = now_, .table = ledger_.totals(), .counters = counters_.totals()};
  }
  next_ = (now_ / every_ + 1) * every_;
}

void Intervals::merge() {
  std::vector<Interval> merged;
  for (size_t index = 0; index < rows_.size(); index += 2) {
    merged.push_back(rows_[index]);
    merged.back().table += rows_[index + 1].table;
    merged.back().counters += rows_[index + 1].counters;
  }
  rows_ = std::move(merged);
  every_ *= 2;
}

std::vector<Interval> Intervals::rows() const {
  std::vector<Interval> rows = rows_;
  if (now_ > before_.begin) rows.push_back(current());
  return rows;
}

}  // namespace exosim
