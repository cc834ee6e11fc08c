// Running one random program on our processor, in user mode behind the TLB.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "sim/base/result.hpp"
#include "sim/cpu/retired.hpp"
#include "sim/machine/differential/batch.hpp"

namespace exosim::differential {

/// Called after each step of a program.
using StepObserver = std::function<void(const Retired&)>;

/// Runs a program of the batch from its initial state until it reaches its exit. An error says
/// which exception it took, or that it did not end.
Result<Outcome> run_on_processor(const Batch& batch, size_t program,
                                 const StepObserver& observer = {});

/// The program's words with their addresses, one a line.
std::string listing(const RandomProgram& program);

}  // namespace exosim::differential
