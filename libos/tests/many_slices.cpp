// Two environments compute for many slices, with page faults and exceptions all the while: neither
// loses anything.
// On a slow processor slices of a hundredth of a second end everywhere, in the library OS too.
// options:
// options: --set cpu.clock=1MHz
// options: --set cpu.clock=1017kHz
// options: --set cpu.clock=1093kHz
// run: libos_many_slices libos_many_slices
// output: environment [12]: correct
// output: environment [12]: correct
#include <cstdint>

#include "libos/api/exception.hpp"
#include "libos/api/vm.hpp"
#include "libos/tests/check.hpp"

namespace {

constexpr uint32_t kPageSize = 4096;
constexpr uint32_t kPages = 300;
constexpr uint32_t kRounds = 40;

uint32_t breaks;

bool count_break(exos::ExceptionFrame& frame) {
  ++breaks;
  frame.pc += 4;
  return true;
}

uint32_t mix(uint32_t value) { return value * 2654435761u + 12345; }

}  // namespace

int main() {
  exos::on_exception(EXC_BP, count_break);
  auto* memory = static_cast<volatile uint32_t*>(exos::grow_heap(kPages * kPageSize));
  uint32_t expected = exos::environment_id();
  uint32_t computed = expected;
  for (uint32_t round = 0; round < kRounds; ++round) {
    for (uint32_t page = 0; page < kPages; ++page) {
      volatile uint32_t& word = memory[page * kPageSize / sizeof(uint32_t) + round];
      CHECK(word == 0);
      word = computed = mix(computed);
      asm volatile("break");
    }
  }
  for (uint32_t step = 0; step < kRounds * kPages; ++step) {
    expected = mix(expected);
    CHECK(memory[step % kPages * kPageSize / sizeof(uint32_t) + step / kPages] == expected);
  }
  CHECK(breaks == kRounds * kPages);
  exos::print("environment %u: correct\n", exos::environment_id());
  return 0;
}
