// The end of environments. What must happen at once happens at once; the rest, as much as the
// environment had, is reclaimed in steps, because the kernel runs with interrupts off.
#pragma once

#include <cstdint>

#include "exokernel/console.hpp"
#include "exokernel/environment.hpp"

namespace aegis {

/// `at_boot`: how many programs the boot PROM has loaded.
void environment_ends_start(uint32_t at_boot);
/// Counts an environment that has been created.
void environment_begins();

/// Ends an environment: it never runs again, every binding of its own and every capability for it
/// is void, and reclaiming what it owns begins. If it is the last one the machine stops. Returns
/// otherwise, also if it was the current one.
void environment_end(Environment& environment, uint32_t status);
/// The same, with a message on the console that ends in the reason, and EXO_STATUS_DESTROYED.
template <typename... Reason>
void environment_destroy(Environment& environment, const Reason&... reason) {
  print("aegis: environment ", uint32_t{environment.id}, " (", environment.name,
        ") destroyed: ", reason..., '\n');
  environment_end(environment, EXO_STATUS_DESTROYED);
}

/// Reclaims some of what ending environments had. To be called between slices, and before something
/// is refused because there is none (repeated_call.hpp). False if there was nothing to reclaim.
bool environments_reclaim();
/// True if there is something left to reclaim.
bool has_ending_environments();

}  // namespace aegis
