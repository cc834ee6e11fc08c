// An unaligned access to kernel memory is not repaired.
// status: 110
// output: exos: environment 1 .*: AdEL at 0x.*, address 0x80000001: no handler
#include "libos/api/unaligned.hpp"
#include "libos/tests/check.hpp"

int main() {
  exos::on_exception(EXC_ADEL, exos::repair_unaligned);
  asm volatile("lw $0, 1(%0)" : : "r"(0x80000000));
  return 0;
}
