// The end of a program that cannot go on.
#pragma once

#include "libos/api/exception.hpp"

namespace exos {

/// Prints what happened and ends the environment with kFatalStatus.
[[noreturn]] void fatal_exception(const ExceptionFrame& frame, const char* reason);

}  // namespace exos
