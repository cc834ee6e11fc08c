// The call mechanism: numbers, results, which registers survive and which come back empty; output.
// output: END
// output: [.]{160}$
#include "exokernel/tests/harness/harness.hpp"

namespace {

/// Makes the call `number` with a pattern in every register that the call may change or must keep.
/// Returns the sum of differences in s0 to s7, fp and gp; `scratch` gets at, t4 to t9 or-ed.
uint32_t call_with_patterns(uint32_t number, uint32_t& scratch) {
  uint32_t changed;
  uint32_t left;
  asm volatile(
      ".set push\n.set noreorder\n.set noat\n"
      "li $16, 0x1010\n li $17, 0x1111\n li $18, 0x1212\n li $19, 0x1313\n"
      "li $20, 0x1414\n li $21, 0x1515\n li $22, 0x1616\n li $23, 0x1717\n"
      "li $1, -1\n li $12, -1\n li $13, -1\n li $14, -1\n li $15, -1\n li $24, -1\n li $25, -1\n"
      "move $2, %2\n"
      "syscall\n"
      "or $1, $1, $12\n or $1, $1, $13\n or $1, $1, $14\n or $1, $1, $15\n or $1, $1, $24\n"
      "or %1, $1, $25\n"
      "xori $16, $16, 0x1010\n xori $17, $17, 0x1111\n xori $18, $18, 0x1212\n"
      "xori $19, $19, 0x1313\n xori $20, $20, 0x1414\n xori $21, $21, 0x1515\n"
      "xori $22, $22, 0x1616\n xori $23, $23, 0x1717\n"
      "or $16, $16, $17\n or $16, $16, $18\n or $16, $16, $19\n or $16, $16, $20\n"
      "or $16, $16, $21\n or $16, $16, $22\n or %0, $16, $23\n"
      ".set pop\n"
      : "=&r"(changed), "=&r"(left)
      : "r"(number)
      : "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$12", "$13", "$14", "$15", "$16",
        "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24", "$25", "hi", "lo", "memory");
  scratch = left;
  return changed;
}

void keeps_callee_saved_registers() {
  uint32_t scratch;
  CHECK(call_with_patterns(static_cast<uint32_t>(exo::Syscall::k_null), scratch) == 0);
  CHECK(scratch == 0xffffffff);  // a FAST call does not touch them
  CHECK(call_with_patterns(static_cast<uint32_t>(exo::Syscall::k_env_id), scratch) == 0);
  CHECK(call_with_patterns(static_cast<uint32_t>(exo::Syscall::k_capability_mint), scratch) == 0);
  CHECK(scratch == 0);  // a SAVED call leaves nothing of the kernel's
}

void clears_hi_and_lo() {
  uint32_t hi;
  uint32_t lo;
  asm volatile("multu %0, %0" : : "r"(0x89abcdef) : "hi", "lo");
  exo::capability_mint(0u);
  asm volatile("mfhi %0\n\tmflo %1" : "=r"(hi), "=r"(lo));
  CHECK(hi == 0);
  CHECK(lo == 0);
}

void writes_to_the_console() {
  constexpr uint32_t kEnd = EXO_CONTEXT_SIZE;
  test::word_at(EXO_CONTEXT_VA + kEnd - 4) = 0x0a444e45;  // "END\n"
  CHECK(exo::console_write(kEnd - 4, 4u).value == 0);
  CHECK(exo::console_write(kEnd, 0u).value == 0);
  CHECK(exo::console_write(0u, 0u).value == 0);
  constexpr uint32_t kText = TEST_TEXT - EXO_CONTEXT_VA;
  for (uint32_t at = 0; at < EXO_CONSOLE_MAX; at += 4) test::word_at(TEST_TEXT + at) = 0x2e2e2e2e;
  CHECK(exo::console_write(kText, uint32_t{EXO_CONSOLE_MAX}).value == 0);
  CHECK(test::refused(exo::console_write(kEnd - 3, 4u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(test::refused(exo::console_write(kEnd + 1, 0u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(test::refused(exo::console_write(0xfffffffcu, 8u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(test::refused(exo::console_write(0u, EXO_CONSOLE_MAX + 1), EXO_ERROR_BAD_ARGUMENT));
  CHECK(test::refused(exo::console_write(0u, 0xffffffffu), EXO_ERROR_BAD_ARGUMENT));
}

/// Of a refused SAVED call: the registers of results are the caller's, those of other arguments 0.
void a_refused_call_leaves_nothing() {
  register uint32_t v0 asm("$2") = static_cast<uint32_t>(exo::Syscall::k_tlb_write);
  register uint32_t v1 asm("$3") = 31;
  register uint32_t a0 asm("$4") = 1;
  register uint32_t a1 asm("$5") = 51;
  register uint32_t a2 asm("$6") = 61;
  register uint32_t a3 asm("$7") = 71;
  register uint32_t t0 asm("$8") = 81;
  register uint32_t t1 asm("$9") = 91;
  register uint32_t t2 asm("$10") = 101;
  register uint32_t t3 asm("$11") = 111;
  asm volatile("syscall"
               : "+r"(v0), "+r"(v1), "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(t0), "+r"(t1),
                 "+r"(t2), "+r"(t3)
               :
               : "$1", "$12", "$13", "$14", "$15", "$24", "$25", "hi", "lo", "memory");
  const bool is_kept = v1 == 31 && a0 == 1 && a1 == 51;
  const uint32_t left = a2 | a3 | t0 | t1 | t2 | t3;
  const uint32_t result = v0;
  CHECK(is_kept);
  CHECK(left == 0);
  CHECK(result == uint32_t{0} - EXO_ERROR_BAD_ADDRESS);
}

}  // namespace

void run_tests() {
  CHECK(exo::null().value == 0);
  CHECK(exo::env_id().value == static_cast<int32_t>(exo::info().environment));
  writes_to_the_console();
  CHECK(test::refused(exo::raw_call<0>(EXO_SYSCALL_COUNT, {}), EXO_ERROR_BAD_CALL));
  CHECK(test::refused(exo::raw_call<0>(0x7fffffff, {}), EXO_ERROR_BAD_CALL));
  CHECK(test_yield(EXO_YIELD_NEXT) == 0);
  CHECK(test_yield(exo::info().environment) == 0);
  CHECK(test_yield(2) == -EXO_ERROR_NO_ENVIRONMENT);
  CHECK(test_yield(64) == -EXO_ERROR_NO_ENVIRONMENT);
  CHECK(test_yield(0xffffffff) == -EXO_ERROR_NO_ENVIRONMENT);
  keeps_callee_saved_registers();
  clears_hi_and_lo();
  a_refused_call_leaves_nothing();
  CHECK(test::caught().count == 0);
}
