// Calls that lack something of which an ended environment still has some (REPEATED in
// exokernel/abi/syscalls.def): a part of what it has is reclaimed and the call is made again, until
// there is nothing left to reclaim. Each time the caller is at its `syscall` in user mode, so that
// interrupts wait no longer than for one part.
#pragma once

#include <cstdint>

#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"

namespace aegis {

/// In place of an EXO_ERROR_...: the call is to be made again.
inline constexpr uint32_t kAgain = 0xffff;

/// To be asked before a call is refused for want of something: `error`, or kAgain if a part of what
/// ended environments had has been reclaimed instead.
uint32_t unless_reclaimed(uint32_t error);

/// Ends a REPEATED call that changes nothing: with an error, or, for kAgain, so that the caller
/// makes it again.
void refuse(CallFrame& call, exo::Syscall number, uint32_t error);

}  // namespace aegis
