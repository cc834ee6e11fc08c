// Walking the vector of slices: who runs next, who sleeps, who overruns.
#pragma once

#include <cstdint>

namespace aegis {

/// Starts the next slice of the vector whose environment does not sleep; waits if all do. Ends the
/// run if nothing can wake any of them.
[[noreturn]] void slice_run_next();

}  // namespace aegis
