// The ways that a function took through its source lines in the runs of an operation, for
// expected.json: runs that executed the same share one text.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/gate/cause_letters.hpp"
#include "bench/gate/figures.hpp"

namespace exosim::bench {

/// One function in several runs: by the run's number.
using FunctionRuns = std::map<size_t, const FunctionFigures*>;

/// "16: 16*1f00,2a31 48*+3 = 0 1i12": called 16 times; two lines of which each executed 16
/// instructions, then one with 48; so it was in run 0, and in run 1 with 12 cycles of the cause i.
/// What is not said of `execute` is the sum of the lines.
std::vector<std::string> ways_of(const FunctionRuns& runs);

/// The same back, into the runs that it names; those that there are not are left out. Lines know no
/// place and no text.
void add_way(std::string_view way, const FunctionFigures& named, const CauseLetters& letters,
             const std::vector<OperationFigures*>& runs);

}  // namespace exosim::bench
