// Slices that are not yielded at once when they end: late, or too late.
#pragma once

#include "exokernel/tests/harness/harness.hpp"

asm(R"(
  .set push
  .set noreorder
  .text
  .globl late_end
late_end:
  lui   $4, %hi(late_rounds)
  lw    $4, %lo(late_rounds)($4)
  nop
1:
  bne   $4, $0, 1b
  addiu $4, $4, -1
  j     test_slice_end
  nop
  .set pop
)");

extern "C" {
/// A slice_end that first takes late_rounds times two cycles. The grace period is 5000 cycles.
void late_end();
inline volatile uint32_t late_rounds = 3500;
}

namespace test {

/// Does not yield at the end of its slice before a grace period is over.
inline void overrun_slice() {
  exo::context().slice_end = reinterpret_cast<uint32_t>(&late_end);
  const uint32_t before = slices();
  while (slices() == before) {
  }
  exo::context().slice_end = reinterpret_cast<uint32_t>(&test_slice_end);
}

}  // namespace test
