// See expected_text.hpp.
#include "bench/gate/expected_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <vector>

#include "bench/gate/cause_letters.hpp"
#include "bench/suite/point.hpp"

namespace exosim::bench {
namespace {

using nlohmann::ordered_json;

std::string quoted(const std::string& text) { return json_text(text); }

ordered_json spread_json(const Spread& spread) {
  return {
      {"min", spread.min}, {"median", spread.median}, {"max", spread.max}, {"total", spread.total}};
}

ordered_json causes_json(const CauseCycles& causes) {
  auto json = ordered_json::object();
  for (const auto& [cause, cycles] : causes)
    if (cycles != 0) json[cause] = cycles;
  return json;
}

/// Without names: there are many, and all alike.
std::string function_line(const FunctionFigures& function) {
  const CauseLetters& letters = CauseLetters::standard();
  return json_text(
      ordered_json::array({function.name, function.image, function.calls,
                           letters.encode(function.causes), lines_text(function.lines, letters)}));
}

/// Members of an object or an array, one on each line.
std::string listed(const std::vector<std::string>& members, const char* indent) {
  std::string text;
  for (const std::string& member : members)
    text += fmt::format("{}\n{}{}", text.empty() ? "" : ",", indent, member);
  return text;
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

void ExpectedText::run(const std::string& workload, const std::string& where,
                       const std::string& state, const RunFigures& figures) {
  const bool is_new_workload = workload != workload_;
  const bool is_new_where = is_new_workload || where != where_;
  if (!workload_.empty()) text_ += "\n   ]";
  if (is_new_where && !workload_.empty()) text_ += "\n  }";
  if (is_new_workload && !workload_.empty()) text_ += "\n }";
  if (!workload_.empty()) text_ += ",";
  if (is_new_workload) text_ += fmt::format("\n {}: {{", quoted(workload));
  if (is_new_where) text_ += fmt::format("\n  {}: {{", quoted(where));
  text_ += fmt::format("\n   {}: [", quoted(state));
  workload_ = workload;
  where_ = where;
  std::vector<const OperationFigures*> sorted;
  for (const OperationFigures& each : figures.operations) sorted.push_back(&each);
  std::ranges::sort(sorted, {},
                    [](const OperationFigures* each) { return std::tie(each->image, each->name); });
  for (const OperationFigures* each : sorted) operation(*each, each == sorted.front());
}

void ExpectedText::operation(const OperationFigures& operation, bool is_first) {
  std::vector<std::string> ledger;
  for (const auto& [domain, causes] : operation.ledger)
    ledger.push_back(quoted(domain) + ": " + json_text(causes_json(causes)));
  std::vector<std::pair<std::pair<std::string, std::string>, std::string>> functions;
  for (const FunctionFigures& function : operation.functions)
    functions.push_back({{function.image, function.name}, function_line(function)});
  std::ranges::sort(functions);
  std::vector<std::string> lines;
  for (const auto& [name, line] : functions) lines.push_back(line);
  text_ +=
      fmt::format("{}\n    {{\"operation\": {}, \"image\": {}, \"count\": {},", is_first ? "" : ",",
                  quoted(operation.name), quoted(operation.image), operation.count);
  text_ += fmt::format("\n     \"cycles\": {},\n     \"instructions\": {},",
                       json_text(spread_json(operation.cycles)),
                       json_text(spread_json(operation.instructions)));
  text_ += fmt::format("\n     \"ledger\": {{{}}}", listed(ledger, "      "));
  if (!lines.empty()) text_ += fmt::format(",\n     \"functions\": [{}]", listed(lines, "      "));
  text_ += '}';
}

std::string ExpectedText::finish() {
  if (!workload_.empty()) text_ += "\n   ]\n  }\n }";
  text_ += "\n }\n}\n";
  return std::move(text_);
}

}  // namespace exosim::bench
