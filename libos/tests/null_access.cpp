// A null pointer ends the program with a message that says where.
// status: 110
// output: line before
// output: exos: environment 1 \(libos_null_access.elf\): TLBS at 0x4[0-9a-f]{5}, address 0x4:
// nothing is mapped there
#include "libos/tests/check.hpp"

int main() {
  exos::print("line before");
  asm volatile("sw $0, 4($0)" ::: "memory");
  return 0;
}
