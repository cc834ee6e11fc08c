// An interrupt inside the restart window takes the program back to the first instruction of its
// block; one outside does not.
#include "exokernel/tests/harness/harness.hpp"

// The loop is the second half of a block; t0 is its way out, which only slice_end sets.
asm(R"(
  .set push
  .set noreorder
  .text
  .balign 32
  .globl window_block
window_block:
  lui   $2, 0x1234
  nop
  nop
  nop
1:
  beq   $8, $0, 1b
  nop
  jr    $31
  nop
window_end:
  .globl window_end
  .globl window_slice_end
window_slice_end:
  lw    $4, 0x105c($0)
  li    $8, 1
  sw    $4, 0x1ff0($0)
  lw    $4, 0x1ff4($0)
  lw    $31, 0x1ff8($0)
  jr    $4
  nop
  .set pop
)");

extern "C" {
extern const char window_block[];
extern const char window_end[];
void window_slice_end();
}

namespace {

constexpr uint32_t kSeenPc = 0x1ff0;      // INTERRUPT_PC as slice_end saw it
constexpr uint32_t kContinueAt = 0x1ff4;  // where slice_end goes
constexpr uint32_t kReturnTo = 0x1ff8;
static_assert(EXO_CONTEXT_VA + EXO_CONTEXT_INTERRUPT_PC == 0x105c);

/// Spins in the block until the slice ends; slice_end then leaves it, without yielding yet. Returns
/// the PC that the kernel reported.
uint32_t interrupted_pc() {
  const auto block = reinterpret_cast<uintptr_t>(window_block);
  exo::context().slice_end = reinterpret_cast<uintptr_t>(&window_slice_end);
  asm volatile(
      ".set push\n.set noreorder\n.set noat\n"
      "lui $9, %%hi(1f)\n"
      "addiu $9, $9, %%lo(1f)\n"
      "sw $9, %2($0)\n"
      "sw %0, %1($0)\n"
      "move $31, $9\n"
      "li $8, 0\n"
      "jr %0\n"
      "nop\n"
      "1:\n"
      ".set pop\n"
      :
      : "r"(block), "i"(kContinueAt), "i"(kReturnTo)
      : "$2", "$4", "$8", "$9", "$31", "memory");
  exo::context().slice_end = reinterpret_cast<uintptr_t>(&test_slice_end);
  const uint32_t seen = test::word_at(kSeenPc);
  CHECK(test_yield(EXO_YIELD_NEXT) == 0);
  return seen;
}

}  // namespace

void run_tests() {
  const auto block = reinterpret_cast<uintptr_t>(window_block);
  CHECK(block % EXO_RESTART_BLOCK == 0);
  const uint32_t begin = exo::context().restart_begin;
  const uint32_t end = exo::context().restart_end;
  exo::context().restart_begin = block;
  exo::context().restart_end = reinterpret_cast<uintptr_t>(window_end);
  CHECK(interrupted_pc() == block);
  exo::context().restart_begin = begin;
  exo::context().restart_end = end;
  const uint32_t outside = interrupted_pc();
  CHECK(outside > block && outside < block + EXO_RESTART_BLOCK);
}
