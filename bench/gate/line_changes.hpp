// Which lines of a function are new, gone, or cost another number of cycles.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/gate/explain.hpp"
#include "bench/gate/figures.hpp"
#include "bench/gate/source_texts.hpp"

namespace exosim::bench {

/// What one completed operation costs more now; the counts are those of completed operations.
CauseChange cause_change(const CauseCycles& before, int64_t count_before, const CauseCycles& now,
                         int64_t count_now);

/// Lines are matched by their ids, in their order. One whose text changed but not its cost is left
/// out. Without ids of one kind there is nothing to match, and nothing is returned.
std::vector<LineChange> line_changes(const FunctionFigures& before, int64_t count_before,
                                     const FunctionFigures& now, int64_t count_now,
                                     SourceTexts& sources);

/// Where a function that waits longer than before does so now: the lines with cycles of the causes
/// that grew, but for `execute`. For functions of which only executions are known from before.
std::vector<LineChange> stalled_lines(const CauseChange& change, const FunctionFigures& now,
                                      int64_t count_now);

}  // namespace exosim::bench
