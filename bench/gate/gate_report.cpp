// See gate_report.hpp.
#include "bench/gate/gate_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bench/gate/compare.hpp"

namespace exosim::bench {
namespace {

const OperationRule* rule_of(const std::vector<OperationRule>& rules, const std::string& name) {
  const auto found = std::ranges::find_if(
      rules, [&name](const OperationRule& rule) { return rule.name.text == name; });
  return found == rules.end() ? nullptr : &*found;
}

OperationVerdict compared(const OperationFigures& was, const OperationFigures& is,
                          const OperationRule* rule, SourceTexts& sources) {
  OperationVerdict verdict{is.image, is.name, was.cycles, is.cycles, differences(was, is, rule),
                           {}};
  if (!verdict.as_expected()) verdict.why = explain(was, is, sources);
  return verdict;
}

OperationVerdict unknown(const OperationFigures& is) {
  return {is.image,
          is.name,
          {},
          is.cycles,
          {fmt::format("{} cycles, nothing is expected", is.cycles.median)},
          {}};
}

OperationVerdict missing(const OperationFigures& was) {
  return {was.image,
          was.name,
          was.cycles,
          {},
          {fmt::format("is not there, expected {} cycles", was.cycles.median)},
          {}};
}

}  // namespace

bool PointVerdict::as_expected() const {
  return wrong.empty() && std::ranges::all_of(operations, &OperationVerdict::as_expected);
}

bool GateReport::as_expected() const { return wrong() == 0; }

size_t GateReport::operations() const {
  size_t count = 0;
  for (const PointVerdict& point : points) count += point.operations.size();
  return count;
}

size_t GateReport::wrong() const {
  size_t count = 0;
  for (const PointVerdict& point : points) {
    count += point.wrong.empty() ? 0 : 1;
    count += static_cast<size_t>(std::ranges::count_if(
        point.operations,
        [](const OperationVerdict& operation) { return !operation.as_expected(); }));
  }
  return count;
}

std::vector<OperationVerdict> judge(const RunFigures* expected, const RunFigures& now,
                                    const std::vector<OperationRule>& rules, SourceTexts& sources) {
  std::vector<OperationVerdict> verdicts;
  for (const OperationFigures& is : now.operations) {
    const OperationFigures* was = expected ? expected->find(is.image, is.name) : nullptr;
    verdicts.push_back(was ? compared(*was, is, rule_of(rules, is.name), sources) : unknown(is));
  }
  if (!expected) return verdicts;
  for (const OperationFigures& was : expected->operations)
    if (!now.find(was.image, was.name)) verdicts.push_back(missing(was));
  return verdicts;
}

}  // namespace exosim::bench
