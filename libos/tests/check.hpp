// Checks of the library OS's tests: the program ends with status 1 at the first that does not hold.
#pragma once

#include "libos/api/environment.hpp"
#include "libos/api/print.hpp"

namespace test {

inline void check(bool condition, const char* text, unsigned line) {
  if (condition) return;
  exos::print("line %u: %s\n", line, text);
  exos::exit(1);
}

}  // namespace test

#define CHECK(condition) test::check(condition, #condition, __LINE__)
