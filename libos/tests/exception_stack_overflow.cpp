// A handler that raises its own exception without end fills the exception stack: the program ends.
// status: 110
// output: Bp at 0x4[0-9a-f]{5}, address 0x[0-9a-f]+: the exception stack is full
#include "libos/api/exception.hpp"
#include "libos/tests/check.hpp"

namespace {

bool again(exos::ExceptionFrame&) {
  asm volatile("break");
  return true;
}

}  // namespace

int main() {
  exos::on_exception(EXC_BP, again);
  asm volatile("break");
  return 0;
}
