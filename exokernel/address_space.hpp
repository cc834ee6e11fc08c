// Address space identifiers: the processor has 63 for environments, and there may be more
// environments than that. Who needs one gets one; when all are in use, all are taken back at once,
// with the bindings that the TLBs hold under them. Nobody notices but by the time it takes: a
// binding may be forgotten at any time.
#pragma once

#include <cstdint>

namespace aegis {

struct Environment;

/// Gives an environment one whose current address space has none.
void address_space_assign(Environment& environment);
/// Takes an ended environment's back. Nobody gets it before both TLBs have been emptied: what they
/// hold under it is never found again.
void address_space_release(Environment& environment);

}  // namespace aegis
