// The kernel's arguments: words like slice=5000, from the machine's configuration.
#pragma once

#include <cstdint>

#include "exokernel/environment.hpp"

namespace aegis {

/// What the arguments say, or the defaults.
struct Arguments {
  uint32_t slice = 10'000;  // microseconds: the length of a slice that says none of its own (ours:
                            // the tick of the systems that Aegis was compared with)
  uint32_t environments = kEnvironmentMax;  // most at once: the highest id
};

/// Reads a line of words with spaces between them. `programs` are to be started, each in an
/// environment of its own. Panics if it does not understand a word.
Arguments read_arguments(const char* line, uint32_t programs);

}  // namespace aegis
