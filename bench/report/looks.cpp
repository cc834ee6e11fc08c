// The tables of looks.
#include "bench/report/looks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace exosim::bench {
namespace {

constexpr std::string_view kPlain;
constexpr std::string_view kRising = R"(<path d="M-2 2l4-4M0 8l8-8M6 10l4-4"/>)";
constexpr std::string_view kFalling = R"(<path d="M-2 6l4 4M0 0l8 8M6-2l4 4"/>)";
constexpr std::string_view kLevel = R"(<path d="M0 2h8M0 6h8"/>)";
constexpr std::string_view kUpright = R"(<path d="M2 0v8M6 0v8"/>)";
constexpr std::string_view kDots = R"(<path d="M2 1v2M1 2h2M6 5v2M5 6h2"/>)";
constexpr std::string_view kGrid = R"(<path d="M0 4h8M4 0v8"/>)";

constexpr std::array<Look, 5> kDomains = {{
    {"protection", "P", "#d55e00", kRising},
    {"multiplexing", "X", "#56b4e9", kLevel},
    {"management", "M", "#009e73", kDots},
    {"application", "A", "#f0e442", kPlain},
    {"idle", "I", "#bbbbbb", kUpright},
}};

constexpr std::array<Look, 11> kCauses = {{
    {"execute", "e", "#f0e442", kPlain},
    {"instruction_cache", "i", "#0072b2", kLevel},
    {"micro_tlb", "t", "#56b4e9", kUpright},
    {"data_cache", "d", "#d55e00", kRising},
    {"uncached", "u", "#cc79a7", kDots},
    {"partial_store", "p", "#cc79a7", kGrid},
    {"write_buffer", "w", "#009e73", kFalling},
    {"bus_contention", "b", "#009e73", kGrid},
    {"multiply_divide", "m", "#bbbbbb", kLevel},
    {"float", "f", "#bbbbbb", kGrid},
    {"exception", "x", "#e69f00", kDots},
}};

void add_pattern(std::string& svg, const Look& look) {
  svg += fmt::format(
      "<pattern id=\"look-{}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
      "<rect width=\"8\" height=\"8\" fill=\"{}\"/><g stroke=\"#000\" fill=\"none\">{}</g>"
      "</pattern>\n",
      look.name, look.colour, look.pattern);
}

/// A shape and how it is drawn in a square of 16 by 16.
struct Shape {
  std::string_view name;
  std::string_view path;
};

constexpr std::array<Shape, 6> kShapes = {{
    {"circle", "M8 3a5 5 0 1 0 .1 0z"},
    {"square", "M4 4h8v8h-8z"},
    {"diamond", "M8 1.5l5 6.5-5 6.5-5-6.5z"},
    {"triangle-up", "M8 3l6 10h-12z"},
    {"cross", "M6 2h4v4h4v4h-4v4h-4v-4h-4v-4h4z"},
    {"triangle-down", "M8 13l6-10h-12z"},
}};
constexpr std::array<std::string_view, 6> kColours = {"#0072b2", "#d55e00", "#009e73",
                                                      "#cc79a7", "#e69f00", "#56b4e9"};

}  // namespace

std::span<const Look> domain_looks() { return kDomains; }
std::span<const Look> cause_looks() { return kCauses; }

std::string in_words(std::string_view name) {
  std::string words(name);
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string fill_of(const Look& look) { return fmt::format("url(#look-{})", look.name); }

LegendEntry legend_of(const Look& look) {
  return {
      in_words(look.name),
      fmt::format("<rect x=\"1\" y=\"1\" width=\"14\" height=\"14\" stroke=\"#000\" fill=\"{}\"/>",
                  fill_of(look)),
      std::string(look.letter)};
}

PointLook point_look(size_t index) {
  return {kShapes[index % kShapes.size()].name,
          kColours[(index + index / kShapes.size()) % kColours.size()]};
}

LegendEntry point_legend(size_t index, const std::string& name) {
  return {name, fmt::format("<path fill=\"{}\" d=\"{}\"/>", point_look(index).colour,
                            kShapes[index % kShapes.size()].path)};
}

LegendEntry hollow_legend(const std::string& name) {
  return {name,
          fmt::format("<path fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" d=\"{}\"/>",
                      kShapes.front().path)};
}

std::string looks_svg() {
  std::string svg = "<svg class=\"looks\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\n";
  for (const Look& look : kDomains) add_pattern(svg, look);
  for (const Look& look : kCauses) add_pattern(svg, look);
  return svg + "</defs></svg>\n";
}

std::string looks_print_style() {
  std::string style;
  const auto add = [&style](const Look& look) {
    style += fmt::format("[fill=\"{}\"]{{fill:{}}}\n", fill_of(look), look.colour);
  };
  std::ranges::for_each(kDomains, add);
  std::ranges::for_each(kCauses, add);
  return "@media print{\n" + style + "}\n";
}

}  // namespace exosim::bench
