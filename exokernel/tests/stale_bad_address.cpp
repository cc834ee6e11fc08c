// A handler whose exception sets no BadVAddr learns nothing of the last bad address of another
// environment.
// run: exokernel_stale_bad_address exokernel_stale_bad_address
#include "exokernel/tests/harness/harness.hpp"

// A word that is no instruction stands under a name that says so, for the test of the images.
asm(R"(
  .text
  .set push
  .set noreorder
  .globl not_mips1_reserved
not_mips1_reserved:
  .word 0xfc000000
  jr    $31
  nop
  .set pop
)");

extern "C" void not_mips1_reserved();

namespace {

constexpr uint32_t kSecret = 0x5ec7e70c;

/// Raises an exception that sets no BadVAddr, right after the other environment's bad access.
void sees_no_address(uint32_t code, void (*raise)()) {
  test_yield(2);
  CHECK(test::raises(code, raise));
  CHECK(test::caught().address == 0);
}

}  // namespace

void run_tests() {
  if (exo::info().environment == 2) {
    for (unsigned turn = 0; turn < 4; ++turn) {
      CHECK(test::raises(EXC_TLBL, [] { test::touch(kSecret); }));
      CHECK(test::caught().address == kSecret);
      test_yield(1);
    }
    return;
  }
  sees_no_address(EXC_BP, [] { asm volatile("break"); });
  sees_no_address(EXC_RI, not_mips1_reserved);
  sees_no_address(EXC_CPU, [] { asm volatile("mfc0 $2, $12\n\tnop" ::: "$2"); });
  sees_no_address(EXC_OV, [] {
    asm volatile(".set noat\n\tlui $2, 0x7fff\n\tadd $2, $2, $2\n\t.set at" ::: "$2");
  });
}
