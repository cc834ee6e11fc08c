// Plots of tables, as vega-lite specifications.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/report/document.hpp"
#include "bench/report/looks.hpp"

namespace exosim::bench {

/// A table that a plot draws, and what its figures are of.
struct Drawn {
  const Table* table = nullptr;
  std::string machine;  // and what else the reader can choose from
  std::string caches;   // "warm" or "cold"
};

/// A bar for each operation, filled to 100 % with its parts, and its cycles behind it. Machine, and
/// warm or cold, are chosen by the reader. The tables' columns are "cycles" and the parts.
Plot stacked_plot(std::span<const Drawn> tables, std::span<const Look> looks);

/// A column of a table as points in a plot.
struct PointColumn {
  const Table* table = nullptr;
  size_t column = 0;
  std::string what;           // "dec5000-125": has a colour and a shape
  bool is_published = false;  // hollow
  std::string choice;         // what the reader chooses it by; empty: always shown
};
/// For each operation a point in each column, on a logarithmic axis. `choice_label` stands before
/// the choice, if there is one.
Plot points_plot(std::span<const PointColumn> columns, const std::string& unit,
                 const std::string& choice_label);

/// Lines over numbers, of an operation that the reader chooses. The tables' columns from the
/// second on are the numbers; `last` is behind the last of them.
Plot lines_plot(std::span<const Drawn> tables, size_t last);

/// A bar for each operation that takes other time than before. `column` is the change in percent.
Plot change_plot(std::span<const Drawn> tables, size_t column);

}  // namespace exosim::bench
