// What the gate holds of a run: the exact figures of each operation, and where its cycles went.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bench/suite/suite.hpp"

namespace exosim::bench {

/// Cycles by cause; none is 0. Of all completed ones together.
using CauseCycles = std::map<std::string, int64_t>;

int64_t sum_of(const CauseCycles& causes);

/// One source line in a function, also one that was inlined into it.
struct LineFigures {
  /// What the line is known by when it moves: four hexadecimal digits of its trimmed text, or
  /// "+12", behind its function's first line, where the text is not at hand.
  std::string id;
  CauseCycles causes;
  // Where it stands now; not in expected.json.
  std::string file;
  unsigned line = 0;
  std::string text;  // trimmed; may be empty
};

/// What a function did itself, without what it called.
struct FunctionFigures {
  std::string image;
  std::string name;
  uint64_t calls = 0;
  CauseCycles causes;
  std::vector<LineFigures> lines;  // by file and line
  /// expected.json has of a line only how many instructions it executed: cycles of `execute`.
  bool only_executions = false;
  // Where it stands now; not in expected.json.
  std::string file;
  unsigned line = 0;
};

/// Over the completed ones of an operation.
struct Spread {
  int64_t min = 0;
  int64_t median = 0;
  int64_t max = 0;
  int64_t total = 0;
  friend bool operator==(const Spread&, const Spread&) = default;
};

/// One operation in one run; all of it is 0 or empty if it was never completed.
struct OperationFigures {
  std::string image;
  std::string name;
  int64_t count = 0;
  Spread cycles;
  Spread instructions;
  std::map<std::string, CauseCycles> ledger;  // by domain
  std::vector<FunctionFigures> functions;     // empty: no profile
};

/// One point of a suite.
struct RunFigures {
  std::vector<OperationFigures> operations;

  const OperationFigures* find(const std::string& image, const std::string& name) const;
};

/// Without what `detail` does not ask for.
void keep(Detail detail, RunFigures& figures);

/// The name of the row that stands for a whole run whose images declare no operation.
inline constexpr const char* kWholeRun = "(run)";

}  // namespace exosim::bench
