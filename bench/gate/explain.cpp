// See explain.hpp.
#include "bench/gate/explain.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>

#include "bench/gate/line_changes.hpp"

namespace exosim::bench {
namespace {

using FunctionName = std::pair<std::string, std::string>;
using FunctionTable = std::map<FunctionName, const FunctionFigures*>;

FunctionTable table_of(const OperationFigures& operation) {
  FunctionTable table;
  for (const FunctionFigures& function : operation.functions)
    table.emplace(FunctionName{function.image, function.name}, &function);
  return table;
}

double share(uint64_t calls, int64_t count) {
  return count == 0 ? 0 : static_cast<double>(calls) / static_cast<double>(count);
}

/// Those first whose source is gone or that are new, in the function's own file before what was
/// inlined; then by cycles; at the end what is not known from before.
void sort_lines(FunctionChange& function) {
  std::ranges::stable_sort(function.lines, {}, [&function](const LineChange& line) {
    const bool is_source_gone = line.change == Change::kGone && line.text.empty();
    const int rank = is_source_gone                    ? 0
                     : line.change == Change::kNew     ? 1
                     : line.change == Change::kStalled ? 3
                                                       : 2;
    return std::tuple(rank, line.file != function.file, -std::abs(sum_of(line.causes)));
  });
}

/// A function that runs other lines than before is where the source changed; one that is called
/// anew, or no more, follows from that; another number of calls, or of cache misses, too.
void sort_functions(std::vector<FunctionChange>& functions) {
  const auto rank = [](const FunctionChange& function) {
    if (function.change != Change::kCost) return 1;
    return function.runs_other_lines() ? 0 : 2;
  };
  std::ranges::stable_sort(functions, {}, [&rank](const FunctionChange& function) {
    return std::tuple(rank(function), -std::abs(sum_of(function.causes)));
  });
}

class Explainer {
 public:
  Explainer(const OperationFigures& before, const OperationFigures& now, SourceTexts& sources)
      : before_(before), now_(now), sources_(sources) {}

  Explanation run() {
    explain_ledger();
    if (before_.functions.empty() || now_.functions.empty()) return std::move(explanation_);
    const FunctionTable before = table_of(before_);
    const FunctionTable now = table_of(now_);
    std::set<FunctionName> names;
    for (const auto& [name, unused] : before) names.insert(name);
    for (const auto& [name, unused] : now) names.insert(name);
    for (const FunctionName& name : names) {
      const auto was = before.find(name);
      const auto is = now.find(name);
      add(name, was == before.end() ? nullptr : was->second,
          is == now.end() ? nullptr : is->second);
    }
    sort_functions(explanation_.functions);
    return std::move(explanation_);
  }

 private:
  void explain_ledger() {
    static const CauseCycles kNothing;
    std::set<std::string> domains;
    for (const auto& [domain, unused] : before_.ledger) domains.insert(domain);
    for (const auto& [domain, unused] : now_.ledger) domains.insert(domain);
    for (const std::string& domain : domains) {
      const auto was = before_.ledger.find(domain);
      const auto is = now_.ledger.find(domain);
      const auto change =
          cause_change(was == before_.ledger.end() ? kNothing : was->second, before_.count,
                       is == now_.ledger.end() ? kNothing : is->second, now_.count);
      if (!change.empty()) explanation_.ledger[domain] = change;
    }
  }

  void add(const FunctionName& name, const FunctionFigures* was, const FunctionFigures* is) {
    static const FunctionFigures kNothing;
    FunctionChange change{.image = name.first, .name = name.second};
    change.change = !was ? Change::kNew : !is ? Change::kGone : Change::kCost;
    if (!was) was = &kNothing;
    if (!is) is = &kNothing;
    change.file = is->file;
    change.line = is->line;
    change.calls_before = share(was->calls, before_.count);
    change.calls_now = share(is->calls, now_.count);
    change.causes = cause_change(was->causes, before_.count, is->causes, now_.count);
    if (change.change != Change::kGone)
      change.lines = line_changes(*was, before_.count, *is, now_.count, sources_);
    if (was->only_executions) add_stalled(*is, change);
    sort_lines(change);
    if (!change.causes.empty() || !change.lines.empty())
      explanation_.functions.push_back(std::move(change));
  }

  /// A new line says its own already.
  void add_stalled(const FunctionFigures& is, FunctionChange& change) const {
    const size_t known = change.lines.size();
    for (LineChange& line : stalled_lines(change.causes, is, now_.count)) {
      const auto end = change.lines.begin() + static_cast<std::ptrdiff_t>(known);
      const bool is_new = std::any_of(change.lines.begin(), end, [&line](const LineChange& each) {
        return each.change == Change::kNew && each.file == line.file && each.line == line.line;
      });
      if (!is_new) change.lines.push_back(std::move(line));
    }
  }

  const OperationFigures& before_;
  const OperationFigures& now_;
  SourceTexts& sources_;
  Explanation explanation_;
};

}  // namespace

double sum_of(const CauseChange& change) {
  double sum = 0;
  for (const auto& [cause, cycles] : change) sum += cycles;
  return sum;
}

bool FunctionChange::runs_other_lines() const {
  return change == Change::kCost && std::ranges::any_of(lines, [](const LineChange& each) {
           return each.change == Change::kNew ||
                  (each.change == Change::kGone && each.text.empty());
         });
}

const FunctionChange* Explanation::main_function() const {
  return functions.empty() ? nullptr : &functions.front();
}

const LineChange* Explanation::main_line() const {
  for (const FunctionChange& function : functions)
    for (const LineChange& line : function.lines)
      if (!line.file.empty()) return &line;
  return nullptr;
}

Explanation explain(const OperationFigures& before, const OperationFigures& now,
                    SourceTexts& sources) {
  return Explainer(before, now, sources).run();
}

}  // namespace exosim::bench
