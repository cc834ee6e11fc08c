// The listings of --explain.
#pragma once

#include <string>

#include "sim/observe/explain/explanation.hpp"
#include "sim/observe/explain/source_files.hpp"

namespace exosim {

/// One listing for each function: figures on the left, source lines and instructions on the right,
/// then the totals and what was never executed.
std::string explanation_text(const Explanation& explanation, SourceFiles& sources);

}  // namespace exosim
