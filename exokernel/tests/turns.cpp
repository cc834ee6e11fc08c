// Three environments take turns: a directed yield goes to the environment named, an undirected
// one to the next position of the slice vector. No register of one shows up in another.
// run: exokernel_turns exokernel_turns exokernel_turns
// output: 1 3 2 1 2 3 1 2 3 done
#include "exokernel/tests/harness/harness.hpp"

namespace {

void say_own_id() {
  test::print(exo::info().environment);
  test::print(" ");
}

}  // namespace

void run_tests() {
  const uint32_t own = exo::info().environment;
  CHECK(exo::info().environment_count == 3);
  CHECK(exo::info().slice_position == own - 1);
  say_own_id();
  // 1 gives its slice to 3, 3 to 2, 2 to 1: all in the first slice of the vector.
  test_yield(own == 1 ? 3 : own - 1);
  say_own_id();
  test_yield(EXO_YIELD_NEXT);
  say_own_id();
  CHECK(test::registers_at_slice_start() == 0);
  if (own != 3) test_yield(EXO_YIELD_NEXT);
  if (own == 3) test::print("done\n");
}
