// See sources_of_change.hpp.
#include "bench/gate/sources_of_change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "bench/gate/report_text.hpp"

namespace exosim::bench {
namespace {

/// The line is of the first function that has one with a place.
const FunctionChange* function_of(const Explanation& why, const LineChange* line) {
  for (const FunctionChange& function : why.functions)
    for (const LineChange& each : function.lines)
      if (&each == line) return &function;
  return why.main_function();
}

SourceOfChange source_of(const PointVerdict& point, const OperationVerdict& operation,
                         const FunctionChange& function, const LineChange* line) {
  SourceOfChange source{.file = function.file, .line = function.line};
  source.function = function.name;
  source.image = function.image;
  source.change = function.change;
  source.causes = causes_text(function.causes);
  if (line) {
    source.file = line->file;
    source.line = line->line;
    source.text = line->text;
    source.change = line->change;
    if (line->change != Change::kStalled) source.causes = causes_text(line->causes);
  }
  source.first =
      fmt::format("{}, {}: {}", point.label, operation.name, operation.differences.front());
  return source;
}

}  // namespace

std::vector<SourceOfChange> sources_of_change(const GateReport& report) {
  std::vector<SourceOfChange> sources;
  std::map<std::tuple<std::string, std::string, std::string, unsigned>, size_t> numbers;
  for (const PointVerdict& point : report.points)
    for (const OperationVerdict& operation : point.operations) {
      const LineChange* line = operation.why.main_line();
      const FunctionChange* function = function_of(operation.why, line);
      if (operation.as_expected() || !function) continue;
      const SourceOfChange source = source_of(point, operation, *function, line);
      const auto [number, is_new] = numbers.try_emplace(
          {source.image, source.function, source.file, source.line}, sources.size());
      if (is_new) sources.push_back(source);
      ++sources[number->second].operations;
    }
  std::ranges::stable_sort(sources, std::greater(), &SourceOfChange::operations);
  return sources;
}

std::string source_text(const SourceOfChange& source) {
  const bool is_gone = source.change == Change::kGone;
  std::string what = source.change == Change::kNew       ? "is new"
                     : is_gone && source.text.empty()    ? "a line is gone here"
                     : is_gone                           ? "is no longer executed"
                     : source.change == Change::kStalled ? "is where the function waits now"
                                                         : "costs another number of cycles";
  if (!source.text.empty()) what = fmt::format("`{}` {}", source.text, what);
  const std::string place =
      source.file.empty() ? source.image : fmt::format("{}:{}", source.file, source.line);
  return fmt::format("{}, in {}: {} ({}); {} operation{}", place, source.function, what,
                     source.causes, source.operations, source.operations == 1 ? "" : "s");
}

}  // namespace exosim::bench
