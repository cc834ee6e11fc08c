// Harness: output and verdict.
#include "exokernel/tests/harness/harness.hpp"

namespace test {
namespace {

unsigned failure_count;

}  // namespace

unsigned failures() { return failure_count; }

void print(const char* text) {
  auto* buffer = reinterpret_cast<volatile char*>(TEST_TEXT);
  uint32_t length = 0;
  for (; text[length] != '\0' && length < EXO_CONSOLE_MAX; ++length) buffer[length] = text[length];
  exo::console_write(TEST_TEXT - EXO_CONTEXT_VA, length);
}

void print(uint32_t value) {
  char digits[11] = {};
  unsigned first = sizeof(digits) - 1;
  do {
    digits[--first] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  print(digits + first);
}

void check(bool condition, const char* text, unsigned line) {
  if (condition) return;
  ++failure_count;
  print("line ");
  print(line);
  print(": ");
  print(text);
  print("\n");
}

extern "C" [[noreturn]] void test_finish() {
  for (;;) exo::env_exit(failure_count == 0 ? 0 : 1);
}

}  // namespace test
