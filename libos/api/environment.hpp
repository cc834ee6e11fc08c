// The environment that the program runs in, and the others.
#pragma once

#include <cstdint>

#include "exokernel/abi/info.hpp"
#include "exokernel/abi/syscalls.h"

namespace exos {

/// Own id, 1 and up.
inline uint32_t environment_id() { return exo::info().environment; }
/// Environments that were started with this one.
inline uint32_t environment_count() { return exo::info().environment_count; }

/// Gives the rest of the slice to an environment, or ends the slice with EXO_YIELD_NEXT. Returns
/// when it is this environment's turn again: 0, or -EXO_ERROR_NO_ENVIRONMENT at once.
extern "C" int32_t exos_yield(uint32_t environment);
inline int32_t yield(uint32_t environment = EXO_YIELD_NEXT) { return exos_yield(environment); }

/// Prints what is in the line buffer and ends the environment. Returning from main does the same.
/// Destructors of static objects are not run.
[[noreturn]] void exit(uint32_t status);

}  // namespace exos
