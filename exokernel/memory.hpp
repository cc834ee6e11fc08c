// Physical memory at boot: what is taken, what is free.
#pragma once

#include "exokernel/boot_info.hpp"

namespace aegis {

/// Finds room for the tables of pages and blocks beside the kernel and the boot modules; everything
/// that none of them takes becomes free, the lowest page to be handed out first. Returns how many
/// modules, from the first, remain in memory: the others had to make room for the tables.
unsigned memory_start(const BootInfo& boot);

}  // namespace aegis
