// What the process's exit status means: one table for the program, --explain-exit and the docs.
#pragma once

#include <string>
#include <string_view>

#include "sim/bus/device.hpp"

namespace exosim {

/// Exit statuses that the simulator gives by itself.
enum class ExitCode : uint8_t {
  kBadInput = 2,
  kDeadlock = 122,
  kGuestPanic = 123,
  kLimit = 124,  // as timeout(1)
  kInternalError = 125,
  kNoReader = 141,  // 128 + SIGPIPE, as a shell says it
};

/// The exit status of a run. The guest's own status is passed through; above 255 it is 255, because
/// a process has no more. A run that has not ended is an internal error.
int exit_code(const RunControl& run);
/// `run.exit_reason` in --stats: "exit", "guest_panic", "cycle_limit", ...
std::string_view exit_reason_name(ExitReason reason);

/// What --explain-exit prints.
std::string explain_exit_text();
/// The same as a Markdown table.
std::string explain_exit_markdown();

}  // namespace exosim
