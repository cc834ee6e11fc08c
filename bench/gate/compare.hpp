// Whether an operation's figures are as expected.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/gate/figures.hpp"
#include "bench/suite/suite.hpp"

namespace exosim::bench {

/// What differs, a line for each figure, the number of cycles first; empty if all is as expected.
/// Without a rule every figure must be equal. With a tolerance, the numbers of cycles and of
/// instructions may differ by that share of what is expected; how they divide into causes is free.
/// With a budget alone nothing is compared, but none may take more.
std::vector<std::string> differences(const OperationFigures& expected, const OperationFigures& now,
                                     const OperationRule* rule);

/// "412 -> 470 cycles (+58, +14.1%)"
std::string change_text(int64_t before, int64_t now, const std::string& unit);

}  // namespace exosim::bench
