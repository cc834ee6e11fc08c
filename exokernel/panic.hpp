// The end of the kernel, for a reason that lies in the kernel or the machine.
#pragma once

#include <cstdint>

namespace aegis {

/// Names of exceptions as the processor's manual abbreviates them.
const char* exception_name(uint32_t cause);

/// Prints the reason and ends the run as a panic.
[[noreturn]] void panic(const char* reason);

}  // namespace aegis
