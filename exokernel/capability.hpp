// Self-authenticating capabilities: nobody can make one without the key, which is drawn at boot and
// never leaves the kernel.
#pragma once

#include <cstdint>

#include "exokernel/abi/capability.h"
#include "exokernel/half_sip_hash.hpp"

namespace aegis {

/// What makes the capabilities of one resource genuine. It is kept beside the resource, where no
/// environment can read it. The check value computed last is remembered: showing the same
/// capability again and again costs one comparison.
struct Proof {
  // The generation changes when the resource changes hands: old capabilities are void. It has 56
  // bits and does not come round: at a change in each cycle of a 25 MHz processor in 91 years.
  uint32_t generation;
  uint32_t generation_high : 24;
  uint32_t rights : 8;  // that `check` is for; 0 if none has been computed
  Words64 check;

  /// All capabilities are void from now on.
  constexpr void renew() {
    if (++generation == 0) ++generation_high;
    rights = 0;
  }
};

void capabilities_start(Words64 key);
/// The capability, as the resource is now.
exo::Capability make_capability(uint32_t kind, uint32_t rights, uint32_t index, Proof& proof);
/// 0 if the capability is genuine, of this kind, for a resource that there is, and carries all of
/// `rights`; else an EXO_ERROR_.
uint32_t check_capability(const exo::Capability& capability, uint32_t kind, uint32_t rights);

}  // namespace aegis
