// What domains, causes and columns of figures look like, so that colour alone tells nothing: a
// letter in bars of text, and in plots a colour of Okabe and Ito's palette (Color Universal Design,
// 2008), which readers with any colour vision tell apart, with a pattern or a shape.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/report/document.hpp"

namespace exosim::bench {

struct Look {
  std::string_view name;  // as in the statistics
  std::string_view letter;
  std::string_view colour;
  std::string_view pattern;  // SVG drawn over the colour in a square of 8 by 8; may be empty
};

/// In the order in which reports show them.
std::span<const Look> domain_looks();
std::span<const Look> cause_looks();

/// "instruction cache": the name in words.
std::string in_words(std::string_view name);
/// What a plot fills with: "url(#look-instruction_cache)".
std::string fill_of(const Look& look);
LegendEntry legend_of(const Look& look);
/// The definitions that fill_of() refers to, as an SVG element that is not seen.
std::string looks_svg();
/// CSS: on paper only the colours, and letters. A browser prints each patterned bar as an image of
/// its own, and a page with hundreds of them takes minutes and 100 MB.
std::string looks_print_style();

/// A point in a plot.
struct PointLook {
  std::string_view shape;  // as vega names it
  std::string_view colour;
};
/// Of the index-th of several; the first 36 differ from one another.
PointLook point_look(size_t index);
LegendEntry point_legend(size_t index, const std::string& name);
/// What is drawn as an outline.
LegendEntry hollow_legend(const std::string& name);

}  // namespace exosim::bench
