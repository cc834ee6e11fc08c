// Pieces of the HTML page.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bench/report/document.hpp"

namespace exosim::bench {

/// Text that means only itself, in an element or an attribute.
std::string html_escaped(std::string_view text);
/// The text as a link to the command of a run.
std::string html_linked(const std::string& text, const std::optional<size_t>& run);
/// The table with its caption, in a box that scrolls; folded away if it is long or a detail.
/// Columns that a plot draws are there only if there are no plots.
std::string html_table(const Table& table, bool has_plots);

/// Longer tables and plots are folded away at first.
inline constexpr size_t kUnfoldedRows = 80;

}  // namespace exosim::bench
