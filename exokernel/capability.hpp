// Self-authenticating capabilities: nobody can make one without the key, which is drawn at boot and
// never leaves the kernel.
#pragma once

#include <cstdint>

#include "exokernel/abi/capability.h"
#include "exokernel/half_sip_hash.hpp"

namespace aegis {

void capabilities_start(Words64 key);
/// The capability for a page, as it is now, with these rights.
exo::Capability page_capability(uint32_t pfn, uint32_t rights);
/// 0 if the capability is genuine, for a page, and carries all of `rights`; else an EXO_ERROR_.
uint32_t check_page_capability(const exo::Capability& capability, uint32_t rights);

}  // namespace aegis
