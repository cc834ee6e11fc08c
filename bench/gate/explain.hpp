// Why an operation costs another number of cycles than before: which domains and causes, which
// functions, which source lines.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bench/gate/figures.hpp"
#include "bench/gate/source_texts.hpp"

namespace exosim::bench {

/// Cycles more (or fewer, below 0) by cause, of one completed operation on average; none is 0.
using CauseChange = std::map<std::string, double>;

double sum_of(const CauseChange& change);

enum class Change : uint8_t {
  kCost,     // there before and now
  kNew,      // not executed before
  kGone,     // not executed now
  kStalled,  // of a line: the function waits longer than before, and here it does now
};

struct LineChange {
  Change change = Change::kCost;
  std::string file;  // of a line that is gone: where it was
  unsigned line = 0;
  std::string text;  // of a line that is gone from the source, too: empty
  CauseChange causes;
};

struct FunctionChange {
  Change change = Change::kCost;
  std::string image;
  std::string name;
  std::string file;  // of one that is gone: empty
  unsigned line = 0;
  double calls_before = 0;  // in one completed operation
  double calls_now = 0;
  CauseChange causes;
  std::vector<LineChange> lines;  // the most telling first

  /// It runs other lines than before: where the difference most likely comes from.
  bool runs_other_lines() const;
};

struct Explanation {
  std::map<std::string, CauseChange> ledger;  // by domain
  std::vector<FunctionChange> functions;      // the most telling first

  /// What to point at: null if no line or function is known.
  const FunctionChange* main_function() const;
  const LineChange* main_line() const;
};

/// Without functions if one of both has no profile.
Explanation explain(const OperationFigures& before, const OperationFigures& now,
                    SourceTexts& sources);

}  // namespace exosim::bench
