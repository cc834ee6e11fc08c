// The kernel's arguments: words like slice=5000, from the machine's configuration.
#pragma once

#include <cstdint>

namespace aegis {

/// What the arguments say, or the defaults.
struct Arguments {
  uint32_t slice = 10'000;  // microseconds: the length of a slice that says none of its own (ours:
                            // the tick of the systems that Aegis was compared with)
};

/// Reads a line of words with spaces between them. Panics if it does not understand one.
Arguments read_arguments(const char* line);

}  // namespace aegis
