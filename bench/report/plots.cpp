// See plots.hpp. Filled bars name patterns of the page (looks.hpp); text takes the page's colour.
#include "bench/report/plots.hpp"

#include <algorithm>

namespace exosim::bench {
namespace {

using nlohmann::ordered_json;

constexpr const char* kSchema = "https://vega.github.io/schema/vega-lite/v6.json";
constexpr int kStep = 20;  // pixels for each operation

ordered_json base(const ordered_json& height) {
  return {{"$schema", kSchema},
          {"data", {{"name", "figures"}}},
          {"width", "container"},
          {"height", height}};
}

ordered_json field(const char* name, const char* type) { return {{"field", name}, {"type", type}}; }

ordered_json operation_axis() {
  return {{"field", "operation"},
          {"type", "nominal"},
          {"sort", nullptr},
          {"axis", {{"title", nullptr}}}};
}

/// Each once, in order.
template <class List, class Member>
std::vector<std::string> names_in(const List& list, Member member) {
  std::vector<std::string> names;
  for (const auto& each : list)
    if (std::ranges::find(names, each.*member) == names.end()) names.push_back(each.*member);
  return names;
}

/// A choice that the reader makes; the first one is made at first.
ordered_json choice(const char* name, const std::string& label,
                    const std::vector<std::string>& options) {
  return {{"name", name},
          {"value", options.front()},
          {"bind", {{"input", "select"}, {"options", options}, {"name", label + " "}}}};
}

size_t operations_in(std::span<const Drawn> tables) {
  size_t most = 0;
  for (const Drawn& drawn : tables) most = std::max(most, drawn.table->rows.size());
  return most;
}

/// The looks whose names are titles of columns.
std::vector<Look> looks_in(std::span<const Drawn> tables, std::span<const Look> looks) {
  std::vector<Look> used;
  for (const Look& look : looks)
    if (std::ranges::any_of(tables, [&](const Drawn& drawn) {
          return std::ranges::find(drawn.table->columns, in_words(look.name),
                                   &TableColumn::title) != drawn.table->columns.end();
        }))
      used.push_back(look);
  return used;
}

ordered_json fill_scale(std::span<const Look> looks) {
  auto domain = ordered_json::array();
  auto range = ordered_json::array();
  for (const Look& look : looks) {
    domain.push_back(in_words(look.name));
    range.push_back(fill_of(look));
  }
  return {{"domain", domain}, {"range", range}};
}

/// A record for each part of a row.
ordered_json part_transforms(std::span<const Look> looks) {
  auto names = ordered_json::array();
  auto letters = ordered_json::array();
  for (const Look& look : looks) {
    names.push_back(in_words(look.name));
    letters.push_back(look.letter);
  }
  const std::string rank = "indexof(" + names.dump() + ", datum.part)";
  return {{{"fold", names}, {"as", {"part", "of it"}}},
          {{"filter", "datum['of it'] > 0"}},
          {{"calculate", rank}, {"as", "rank"}},
          {{"calculate", letters.dump() + "[datum.rank]"}, {"as", "letter"}}};
}

ordered_json stacked_x() {
  ordered_json x = field("of it", "quantitative");
  x["stack"] = "normalize";
  x["axis"] = {{"title", "share of the cycles"}, {"format", ".0%"}, {"tickCount", 5}};
  return x;
}

ordered_json stack_layer(std::span<const Look> looks) {
  ordered_json layer;
  layer["transform"] = part_transforms(looks);
  layer["mark"] = {{"type", "bar"}, {"stroke", "#000"}, {"strokeWidth", 0.5}};
  ordered_json fill = field("part", "nominal");
  fill["scale"] = fill_scale(looks);
  fill["legend"] = nullptr;
  ordered_json cycles = field("of it", "quantitative");
  cycles["title"] = "cycles";
  cycles["format"] = ",.1f";
  layer["encoding"] = {
      {"x", stacked_x()},
      {"fill", fill},
      {"order", field("rank", "quantitative")},
      {"tooltip", {field("operation", "nominal"), field("part", "nominal"), cycles}}};
  return layer;
}

/// On paper, where there are no patterns, a letter in each part that is wide enough for one.
ordered_json letter_layer(std::span<const Look> looks) {
  ordered_json x = stacked_x();
  x["bandPosition"] = 0.5;
  const ordered_json text = {
      {"condition", {{"test", "datum['of it'] > 0.02 * datum.cycles"}, {"field", "letter"}}},
      {"value", ""}};
  return {{"name", "letters"},
          {"transform", part_transforms(looks)},
          {"mark", {{"type", "text"}, {"color", "#000"}, {"fontWeight", "bold"}, {"aria", false}}},
          {"encoding", {{"x", x}, {"order", field("rank", "quantitative")}, {"text", text}}}};
}

ordered_json total_layer() {
  return {{"mark", {{"type", "text"}, {"align", "left"}, {"dx", 4}, {"aria", false}}},
          {"encoding",
           {{"x", {{"datum", 1}, {"type", "quantitative"}}},
            {"text", {{"field", "cycles"}, {"type", "quantitative"}, {"format", ",.0f"}}}}}};
}

/// Colour and shape of each name.
void add_point_channels(ordered_json& encoding, const std::vector<std::string>& names) {
  ordered_json colours = ordered_json::array();
  ordered_json shapes = ordered_json::array();
  for (size_t index = 0; index < names.size(); ++index) {
    colours.push_back(point_look(index).colour);
    shapes.push_back(point_look(index).shape);
  }
  encoding["color"] = field("what", "nominal");
  encoding["shape"] = field("what", "nominal");
  encoding["color"]["scale"] = {{"domain", names}, {"range", colours}};
  encoding["shape"]["scale"] = {{"domain", names}, {"range", shapes}};
  encoding["color"]["legend"] = encoding["shape"]["legend"] = nullptr;
}

ordered_json point_layer(bool published) {
  return {{"transform", {{{"filter", published ? "datum.published" : "!datum.published"}}}},
          {"mark", {{"type", "point"}, {"filled", !published}, {"size", 60}, {"opacity", 1}}}};
}

std::vector<LegendEntry> point_legends(const std::vector<std::string>& names) {
  std::vector<LegendEntry> legend;
  for (size_t index = 0; index < names.size(); ++index)
    legend.push_back(point_legend(index, names[index]));
  return legend;
}

}  // namespace

Plot stacked_plot(std::span<const Drawn> tables, std::span<const Look> all_looks) {
  const std::vector<Look> looks = looks_in(tables, all_looks);
  Plot plot;
  plot.operations = operations_in(tables);
  for (const Drawn& drawn : tables) {
    PlotSource source{drawn.table->id, {}, {{"machine", drawn.machine}, {"caches", drawn.caches}}};
    for (size_t at = 1; at < drawn.table->columns.size(); ++at)
      source.numbers.emplace_back(drawn.table->columns[at].title, at);
    plot.sources.push_back(std::move(source));
  }
  for (const Look& look : looks) plot.legend.push_back(legend_of(look));
  plot.spec = base({{"step", kStep}});
  plot.spec["params"] = {choice("on", "machine", names_in(tables, &Drawn::machine)),
                         choice("begun", "caches", names_in(tables, &Drawn::caches))};
  plot.spec["transform"] = {{{"filter", "datum.machine === on && datum.caches === begun"}}};
  plot.spec["encoding"] = {{"y", operation_axis()}};
  plot.spec["layer"] = {stack_layer(looks), letter_layer(looks), total_layer()};
  return plot;
}

Plot points_plot(std::span<const PointColumn> columns, const std::string& unit,
                 const std::string& choice_label) {
  const std::vector<std::string> names = names_in(columns, &PointColumn::what);
  Plot plot;
  plot.legend = point_legends(names);
  bool has_published = false;
  for (const PointColumn& column : columns) {
    plot.operations = std::max(plot.operations, column.table->rows.size());
    plot.sources.push_back(
        {column.table->id,
         {{"value", column.column}},
         {{"what", column.what}, {"published", column.is_published}, {"choice", column.choice}}});
    has_published |= column.is_published;
  }
  plot.spec = base({{"step", kStep}});
  if (!choice_label.empty()) {
    plot.spec["params"] = ordered_json::array(
        {choice("chosen", choice_label, names_in(columns, &PointColumn::choice))});
    plot.spec["transform"] = {{{"filter", "datum.choice === chosen"}}};
  }
  ordered_json x = field("value", "quantitative");
  x["scale"] = {{"type", "log"}, {"nice", true}};
  x["axis"] = {{"title", unit}, {"tickCount", 4}};
  ordered_json value = field("value", "quantitative");
  value["title"] = unit;
  plot.spec["encoding"] = {
      {"y", operation_axis()},
      {"x", x},
      {"tooltip", {field("operation", "nominal"), field("what", "nominal"), value}}};
  plot.spec["encoding"]["y"]["axis"]["grid"] = true;
  add_point_channels(plot.spec["encoding"], names);
  plot.spec["layer"] = ordered_json::array({point_layer(false)});
  if (!has_published) return plot;
  plot.spec["layer"].push_back(point_layer(true));
  plot.legend.push_back(hollow_legend("hollow: published"));
  return plot;
}

Plot lines_plot(std::span<const Drawn> tables, size_t last) {
  const std::vector<std::string> machines = names_in(tables, &Drawn::machine);
  Plot plot;
  plot.legend = point_legends(machines);
  auto numbers = ordered_json::array();
  for (size_t at = 1; at < last; ++at) numbers.push_back(tables.front().table->columns[at].title);
  for (const Drawn& drawn : tables) {
    PlotSource source{drawn.table->id, {}, {{"what", drawn.machine}}};
    for (size_t at = 1; at < last; ++at)
      source.numbers.emplace_back(drawn.table->columns[at].title, at);
    plot.sources.push_back(std::move(source));
  }
  std::vector<std::string> operations;
  for (const auto& row : tables.front().table->rows) operations.push_back(row.front().text);
  plot.spec = base(220);
  plot.spec["params"] = ordered_json::array({choice("chosen", "operation", operations)});
  plot.spec["transform"] = {{{"filter", "datum.operation === chosen"}},
                            {{"fold", numbers}, {"as", {"number", "cycles"}}},
                            {{"filter", "datum.cycles !== null"}}};
  ordered_json x = field("number", "ordinal");
  x["sort"] = numbers;
  x["axis"] = {{"title", "number"}, {"labelAngle", 0}};
  ordered_json y = field("cycles", "quantitative");
  y["axis"] = {{"title", "cycles"}, {"tickCount", 5}};
  plot.spec["mark"] = {{"type", "line"}, {"point", {{"size", 60}, {"filled", true}}}};
  plot.spec["encoding"] = {
      {"x", x},
      {"y", y},
      {"tooltip",
       {field("what", "nominal"), field("number", "nominal"), field("cycles", "quantitative")}}};
  add_point_channels(plot.spec["encoding"], machines);
  return plot;
}

Plot change_plot(std::span<const Drawn> tables, size_t column) {
  Plot plot;
  plot.operations = operations_in(tables);
  for (const Drawn& drawn : tables)
    plot.sources.push_back({drawn.table->id,
                            {{"change", column}},
                            {{"machine", drawn.machine}, {"caches", drawn.caches}}});
  plot.spec = base({{"step", kStep}});
  plot.spec["params"] = {choice("on", "machine", names_in(tables, &Drawn::machine)),
                         choice("begun", "caches", names_in(tables, &Drawn::caches))};
  plot.spec["transform"] = {{{"filter", "datum.machine === on && datum.caches === begun"}}};
  plot.spec["mark"] = {{"type", "bar"}, {"stroke", "#000"}, {"strokeWidth", 0.5}};
  ordered_json x = field("change", "quantitative");
  x["axis"] = {{"title", "change, percent"}, {"tickCount", 8}};
  plot.spec["encoding"] = {
      {"y", operation_axis()},
      {"x", x},
      {"fill",
       {{"condition", {{"test", "datum.change > 0"}, {"value", "url(#look-data_cache)"}}},
        {"value", "url(#look-micro_tlb)"}}},
      {"tooltip", {field("operation", "nominal"), field("change", "quantitative")}}};
  return plot;
}

}  // namespace exosim::bench
