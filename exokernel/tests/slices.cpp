// Slices end without being noticed: all registers, HI and LO are as they were.
#include "exokernel/tests/harness/harness.hpp"

namespace {

constexpr uint32_t kSlices = 3;

}  // namespace

void run_tests() {
  CHECK(spin_with_patterns(test::slices() + kSlices) == 0);
  CHECK(test::caught().count == 0);
}
