// The info page of an environment (exokernel/abi/info.hpp).
#pragma once

#include <cstdint>

#include "exokernel/abi/info.hpp"
#include "exokernel/environment.hpp"

namespace aegis {

/// What all info pages say alike.
void info_pages_start(uint32_t boot_environments, uint32_t cpu_hz);
/// Makes a zeroed page of the kernel's the environment's info page, with a guaranteed mapping.
exo::Info& info_page_make(Environment& environment, uint32_t pfn);

}  // namespace aegis
