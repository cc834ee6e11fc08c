// The table of exit statuses.
#include "sim/options/exit_codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace exosim {

namespace {

/// One way to end. `reason` is `run.exit_reason`; empty if no run took place.
struct ExitRow {
  std::string_view status;
  std::string_view reason;
  std::string_view meaning;
};

constexpr std::string_view kGuestPanicReason = "guest_panic";

constexpr std::array kRows = {
    ExitRow{"0 to 255", "exit",
            "the guest ended the run with this status; one above 255 becomes 255 (the last line on "
            "stderr has it in full)"},
    ExitRow{"2", "",
            "bad input: a file, an option or the configuration; or an output that could not be "
            "written"},
    ExitRow{"122", "deadlock", "nothing can run and no event is pending"},
    ExitRow{"123", kGuestPanicReason,
            "the guest said that it cannot go on, or the machine found it so"},
    ExitRow{"123", "guest_bug", "a bug that --stop-on names, or the watchdog of --watchdog"},
    ExitRow{"124", "cycle_limit", "--max-cycles was reached (124 is what timeout(1) gives)"},
    ExitRow{"124", "instruction_limit", "--max-instructions was reached"},
    ExitRow{"125", "", "internal error: a fault of exosim itself; please report it"},
    ExitRow{"141", "",
            "nobody reads standard output any more, as after | head (a shell's 128 + SIGPIPE)"},
};

constexpr std::string_view kAmbiguity =
    "A guest may use these numbers itself. Which it was is said by run.exit_reason in the file of "
    "--stats\nand by the last line on stderr. Of the guests that come with exosim, a program that "
    "the "
    "library OS\ncannot let go on ends with 110, one that the kernel destroys with 111.\n";

}  // namespace

int exit_code(const RunControl& run) {
  switch (run.reason()) {
    case ExitReason::kExit:
      return static_cast<int>(std::min<uint32_t>(run.status(), 255));
    case ExitReason::kGuestPanic:
    case ExitReason::kGuestBug:
      return static_cast<int>(ExitCode::kGuestPanic);
    case ExitReason::kCycleLimit:
    case ExitReason::kInstructionLimit:
      return static_cast<int>(ExitCode::kLimit);
    case ExitReason::kDeadlock:
      return static_cast<int>(ExitCode::kDeadlock);
    case ExitReason::kRunning:
      break;
  }
  return static_cast<int>(ExitCode::kInternalError);
}

std::string_view exit_reason_name(ExitReason reason) {
  switch (reason) {
    case ExitReason::kExit:
      return "exit";
    case ExitReason::kGuestPanic:
      return kGuestPanicReason;
    case ExitReason::kGuestBug:
      return "guest_bug";
    case ExitReason::kCycleLimit:
      return "cycle_limit";
    case ExitReason::kInstructionLimit:
      return "instruction_limit";
    case ExitReason::kDeadlock:
      return "deadlock";
    case ExitReason::kRunning:
      break;
  }
  return "running";
}

std::string explain_exit_text() {
  std::string text = fmt::format("{:<10}{:<19}{}\n", "status", "run.exit_reason", "meaning");
  for (const ExitRow& row : kRows) {
    text += fmt::format("{:<10}{:<19}{}\n", row.status, row.reason.empty() ? "-" : row.reason,
                        row.meaning);
  }
  return text + '\n' + std::string(kAmbiguity);
}

std::string explain_exit_markdown() {
  std::string text = "| status | `run.exit_reason` | meaning |\n|---|---|---|\n";
  for (const ExitRow& row : kRows) {
    text += fmt::format("| {} | {} | {} |\n", row.status,
                        row.reason.empty() ? "" : fmt::format("`{}`", row.reason), row.meaning);
  }
  return text + '\n' + std::string(kAmbiguity);
}

}  // namespace exosim
