// fpu_mod: one environment at a time has the coprocessor, each finds its own registers, and none
// another's.
// options:
// options: --set cpu.model=r2000
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30040000;

const volatile exo::EnvironmentRecord* records;
volatile uint32_t child_saw;

void write_f5(uint32_t value) {
  asm volatile(".set push\n\t.set hardfloat\n\tmtc1 %0, $f5\n\tnop\n\t.set pop" : : "r"(value));
}

uint32_t read_f5() {
  uint32_t value = 0;
  asm volatile(".set push\n\t.set hardfloat\n\tmfc1 %0, $f5\n\tnop\n\t.set pop" : "+r"(value));
  return value;
}

uint32_t read_status() {
  uint32_t value = 0;
  asm volatile(".set push\n\t.set hardfloat\n\tcfc1 %0, $31\n\tnop\n\t.set pop" : "+r"(value));
  return value;
}

void is_nobodys_at_first() {
  CHECK(test::raises(EXC_CPU, [] { write_f5(1); }));
  CHECK(exo::fpu_mod(0u).value == 0);
  CHECK(test::raises(EXC_CPU, [] { write_f5(1); }));
}

void comes_with_own_registers() {
  exo::context().fpu[5] = 0x1234;
  exo::context().fpu[32] = 0xffffffff;  // no cause is taken over, and no bit that there is not
  CHECK(exo::fpu_mod(1u).value == 0);
  CHECK(read_f5() == 0x1234);
  CHECK(read_status() == 0x00800fff);
  write_f5(0x5678);
  CHECK(exo::fpu_mod(1u).value == 0);  // it has it already
  CHECK(read_f5() == 0x5678);
  CHECK(exo::fpu_mod(0u).value == 0);
  CHECK(exo::context().fpu[5] == 0x5678);
  CHECK(test::raises(EXC_CPU, [] { read_f5(); }));
}

void take_it() {
  CHECK(test::raises(EXC_CPU, [] { read_f5(); }));
  CHECK(exo::fpu_mod(1u).ok());
  child_saw = read_f5();
  write_f5(77);
  test_yield(EXO_YIELD_NEXT);
  CHECK(test::raises(EXC_CPU, [] { read_f5(); }));
  CHECK(exo::context().fpu[5] == 77);
  CHECK(exo::fpu_mod(1u).ok());
  CHECK(read_f5() == 77);
}

void goes_from_hand_to_hand() {
  CHECK(exo::fpu_mod(1u).ok());
  write_f5(0xabcd);
  const test::Child child = test::create_child(take_it);
  test::start_child(child);
  test_yield(EXO_YIELD_NEXT);
  CHECK(child_saw == 0);
  CHECK(test::raises(EXC_CPU, [] { read_f5(); }));
  CHECK(exo::fpu_mod(1u).ok());
  CHECK(read_f5() == 0xabcd);
  CHECK(test::wait_for(child, records) == 0);  // it has ended with the coprocessor
  CHECK(exo::fpu_mod(1u).ok());
  CHECK(read_f5() == 0xabcd);
}

void stays_over_the_end_of_a_slice() {
  const uint32_t before = test::slices();
  while (test::slices() < before + 2) {
  }
  CHECK(read_f5() == 0xabcd);
}

void refuses() {
  CHECK(refused(exo::fpu_mod(2u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::fpu_mod(0xffffffffu), EXO_ERROR_BAD_ARGUMENT));
  CHECK(read_f5() == 0xabcd);
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  is_nobodys_at_first();
  comes_with_own_registers();
  goes_from_hand_to_hand();
  stays_over_the_end_of_a_slice();
  refuses();
}
