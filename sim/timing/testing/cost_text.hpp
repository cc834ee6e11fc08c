// The price of steps as one line of text, for tests to compare and to print.
#pragma once

#include <fmt/format.h>

#include <string>

#include "sim/time/step_cost.hpp"

namespace exosim::testing {

/// "float@2=18 write_buffer@3=4": the cycles of each cause, and the age of the instruction behind
/// it. Empty if nothing stalls.
inline std::string stalls_text(const StepCost& cost) {
  std::string text;
  for (size_t age = 0; age < StepCost::kAges; ++age)
    for (size_t cause = 0; cause < kStallCauses; ++cause)
      if (const uint32_t cycles = cost.stalls[age][cause])
        text += fmt::format("{}{}@{}={}", text.empty() ? "" : " ", kStallCauseNames[cause], age,
                            cycles);
  return text;
}

}  // namespace exosim::testing
