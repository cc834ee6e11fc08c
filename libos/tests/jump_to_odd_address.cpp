// A jump to an address that is no instruction's is not taken for a load.
// status: 110
// output: AdEL at 0x400001, address 0x400001: no handler
#include "libos/api/unaligned.hpp"
#include "libos/tests/check.hpp"

int main() {
  exos::on_exception(EXC_ADEL, exos::repair_unaligned);
  reinterpret_cast<void (*)()>(0x00400001)();
  return 0;
}
