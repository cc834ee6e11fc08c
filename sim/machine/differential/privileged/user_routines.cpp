// The user code of privileged sequences: short routines that end in a trap, if not before.
#include <fmt/format.h>

#include <iterator>

#include "sim/machine/differential/privileged/privileged_steps.hpp"

namespace exosim::differential {

std::string PrivilegedSteps::user_code() {
  std::string text;
  for (uint32_t number = 0; number < kUserPages * kRoutinesOfPage; ++number)
    for (const std::string& line : routine(number)) text += line + '\n';
  return text;
}

/// The first word of a page is no branch, for it is the delay slot of the last one.
PrivilegedSteps::Lines PrivilegedSteps::routine(uint32_t number) {
  Lines lines;
  if (number % kRoutinesOfPage == 0) lines = {"nop", access("t0"), "nop"};
  for (;;) {
    const Lines body = routine_body();
    if (lines.size() + body.size() + 2 > kRoutineWords) continue;
    lines.insert(lines.end(), body.begin(), body.end());
    break;
  }
  lines.resize(kRoutineWords, "nop");
  if (number % kRoutinesOfPage == kRoutinesOfPage - 1) {
    const std::string label = fmt::format("u{}", labels_++);
    lines[kRoutineWords - 2] = label + ": syscall";
    lines[kRoutineWords - 1] = fmt::format("beq zero,zero,{}", label);
  }
  return lines;
}

PrivilegedSteps::Lines PrivilegedSteps::routine_body() {
  Lines lines;
  const auto append = [&](Lines more) {
    lines.insert(lines.end(), std::make_move_iterator(more.begin()),
                 std::make_move_iterator(more.end()));
  };
  for (uint32_t left = 1 + below(5); left > 0; --left) {
    switch (below(5)) {
      case 0:
        append({fmt::format("addiu v0,v0,{}", below(100)), "xor v1,v1,v0"});
        break;
      case 1:
        append({fmt::format("lui v1,{}", below(0x10000))});
        break;
      case 2:
        append(branch_over());
        break;
      default:
        append({access(one_in(2) ? "t0" : "t1"), "nop"});
    }
  }
  append({one_in(2) ? trap() : "syscall", "syscall"});
  return lines;
}

/// A branch, taken or not, whose delay slot may fault.
PrivilegedSteps::Lines PrivilegedSteps::branch_over() {
  static constexpr std::array<std::string_view, 3> kBranches = {"beq zero,zero", "bne zero,zero",
                                                                "bltz t4"};
  const std::string label = fmt::format("u{}", labels_++);
  const std::string slot = one_in(3) ? trap() : one_in(2) ? access("t0") : "addiu v1,v1,1";
  return {fmt::format("{},{}", pick(kBranches), label), slot, "nop", label + ": nop",
          "addiu v0,v0,7"};
}

}  // namespace exosim::differential
