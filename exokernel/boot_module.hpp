// From a boot module, a whole ELF file in memory, to an environment that is ready to run.
#pragma once

#include <cstdint>

#include "exokernel/boot_info.hpp"
#include "exokernel/environment.hpp"

namespace aegis {

/// Starts the module's program in the environment: its pages are used where they lie, the rest of
/// the file becomes free memory. Returns null, or what is wrong with the module; then all of it has
/// become free and the environment has nothing but what environment_end reclaims.
const char* boot_module_start(Environment& environment, const BootModule& module);

/// Frees what no environment took of the module's file. Only after all modules have been started:
/// the fragments would break up the memory that the next ones need.
void boot_module_release(const BootModule& module);

}  // namespace aegis
