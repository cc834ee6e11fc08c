// Who called whom when the run ended, for people: the guest's stack, frame by frame.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sim/machine/diagnosis/exception_stack.hpp"
#include "sim/machine/diagnosis/guest_view.hpp"
#include "sim/observe/code_map.hpp"

namespace exosim {

/// More than a kernel's stack holds; a stack that has been overwritten ends somewhere.
inline constexpr size_t kMaxFrames = 32;

/// One line per frame, the innermost first, and one between a handler and what it interrupted:
///   #1  0x80002c64 in aegis::panic(char const*) (exokernel/panic.cpp:42)
///       --- exception Bp ---
/// The address is that of the call, in the innermost frame of a context that of the instruction
/// itself. `contexts` are the innermost first. Believes nothing that it reads: at the first value
/// that cannot be right, the context ends.
std::vector<std::string> back_trace(const CodeMap& code, GuestView& view,
                                    std::span<const GuestContext> contexts);

/// "0x80001234 kernel_panic(char const*)+0x10 (exokernel/panic.cpp:33)"
std::string describe_instruction(const CodePlace& place);

}  // namespace exosim
