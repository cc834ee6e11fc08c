// The program's text and the info page cannot be written.
// status: 110
// output: Mod at 0x4[0-9a-f]{5}, address 0x4[0-9a-f]{5}: no handler
#include "libos/api/exception.hpp"
#include "libos/tests/check.hpp"

namespace {

unsigned refusals;

bool skip(exos::ExceptionFrame& frame) {
  ++refusals;
  frame.pc += 4;
  return true;
}

}  // namespace

int main() {
  exos::on_exception(EXC_MOD, skip);
  asm volatile("sw $0, 0(%0)" : : "r"(EXO_INFO_VA) : "memory");
  asm volatile("sw $0, 0(%0)" : : "r"(&main) : "memory");
  CHECK(refusals == 2);
  exos::on_exception(EXC_MOD, nullptr);
  asm volatile("sw $0, 0(%0)" : : "r"(&main) : "memory");
  return 0;
}
