// See expected_text.hpp.
#include "bench/gate/expected_text.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "bench/gate/cause_letters.hpp"
#include "bench/gate/expected_ways.hpp"
#include "bench/suite/point.hpp"

namespace exosim::bench {
namespace {

using nlohmann::ordered_json;
using ImageAndName = std::pair<std::string, std::string>;

/// By the number of the run.
using OperationRuns = std::map<size_t, const OperationFigures*>;

std::string quoted(const std::string& text) { return json_text(text); }

/// [min, median, max, total], or the one number that all of them took.
ordered_json spread_json(const Spread& spread, int64_t count) {
  if (spread.min == spread.max && spread.total == spread.min * count) return spread.min;
  return {spread.min, spread.median, spread.max, spread.total};
}

std::string run_line(const OperationFigures& operation) {
  auto ledger = ordered_json::object();
  for (const auto& [domain, causes] : operation.ledger)
    ledger[domain] = CauseLetters::standard().encode(causes);
  return json_text(
      ordered_json::array({operation.count, spread_json(operation.cycles, operation.count),
                           spread_json(operation.instructions, operation.count), ledger}));
}

/// Members of an object or an array, one on each line.
std::string listed(const std::vector<std::string>& members, const char* indent) {
  std::string text;
  for (const std::string& member : members)
    text += fmt::format("{}\n{}{}", text.empty() ? "" : ",", indent, member);
  return text;
}

std::vector<std::string> function_lines(const OperationRuns& runs) {
  std::map<ImageAndName, FunctionRuns> functions;
  for (const auto& [number, operation] : runs)
    for (const FunctionFigures& function : operation->functions)
      functions[{function.image, function.name}].emplace(number, &function);
  std::vector<std::string> lines;
  for (const auto& [name, in_runs] : functions) {
    auto row = ordered_json::array({name.second, name.first});
    for (const std::string& way : ways_of(in_runs)) row.push_back(way);
    lines.push_back(json_text(row));
  }
  return lines;
}

std::string operation_text(const ImageAndName& name, const OperationRuns& runs,
                           const NamedRuns& names) {
  std::vector<std::string> lines;
  for (const auto& [number, operation] : runs)
    lines.push_back(quoted(names[number].first) + ": " + run_line(*operation));
  const std::vector<std::string> functions = function_lines(runs);
  std::string text = fmt::format("{{\"operation\": {}, \"image\": {},\n  \"runs\": {{{}}}",
                                 quoted(name.second), quoted(name.first), listed(lines, "   "));
  if (!functions.empty()) text += fmt::format(",\n  \"functions\": [{}]", listed(functions, "   "));
  return text + '}';
}

}  // namespace

ExpectedText::ExpectedText() {
  auto causes = ordered_json::object();
  for (const auto& [letter, cause] : CauseLetters::standard().letters())
    causes[std::string(1, letter)] = cause;
  text_ = fmt::format(
      "{{\n \"schema\": \"exosim-expected\",\n \"version\": 1,\n \"causes\": {},\n"
      " \"workloads\": {{",
      json_text(causes));
}

void ExpectedText::workload(const std::string& name, const NamedRuns& runs) {
  std::map<ImageAndName, OperationRuns> operations;
  std::vector<std::string> names;
  for (size_t number = 0; number < runs.size(); ++number) {
    names.push_back(quoted(runs[number].first));
    for (const OperationFigures& operation : runs[number].second->operations)
      operations[{operation.image, operation.name}].emplace(number, &operation);
  }
  std::vector<std::string> texts;
  for (const auto& [operation, in_runs] : operations)
    texts.push_back(operation_text(operation, in_runs, runs));
  text_ +=
      fmt::format("{}\n {}: {{\n \"runs\": [{}],\n \"operations\": [{}]}}",
                  has_workload_ ? "," : "", quoted(name), listed(names, "  "), listed(texts, "  "));
  has_workload_ = true;
}

std::string ExpectedText::finish() {
  text_ += "\n }\n}\n";
  return std::move(text_);
}

}  // namespace exosim::bench
