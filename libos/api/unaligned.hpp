// Loads and stores at addresses that the processor refuses.
#pragma once

#include "libos/api/exception.hpp"

namespace exos {

/// A handler for EXC_ADEL and EXC_ADES: does what lw, lh, lhu, sw and sh would have done at an
/// unaligned address, also in the delay slot of a branch. Other address errors are not repaired.
bool repair_unaligned(ExceptionFrame& frame);

}  // namespace exos
