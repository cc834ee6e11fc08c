// Operations that ask for empty caches and TLB: the program does not notice. A heap of more pages
// than the TLB has entries, stacks, globals and kernel calls are all missed and found again.
// sources: libos/tests/cold_leaf.S
// output: 40 cold operations
#include <cstdint>

#include "exokernel/abi/calls.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"
#include "libos/api/vm.hpp"
#include "libos/tests/check.hpp"

extern "C" uint32_t cold_leaf(uint32_t value);

namespace {

constexpr uint32_t kPages = 80;
constexpr uint32_t kRounds = 20;

volatile uint32_t total;

}  // namespace

int main() {
  auto* words = static_cast<volatile uint32_t*>(exos::grow_heap(kPages * PAGE_SIZE));
  CHECK(words != nullptr);
  for (uint32_t page = 0; page < kPages; ++page) words[page * PAGE_SIZE / 4] = page;
  for (uint32_t round = 0; round < kRounds; ++round) {
    EXO_OP_BEGIN_COLD("cold walk");
    total = 0;
    for (uint32_t page = 0; page < kPages; ++page) total = total + words[page * PAGE_SIZE / 4];
    exo::null();
    EXO_OP_END("cold walk");
    CHECK(total == kPages * (kPages - 1) / 2);
    CHECK(cold_leaf(round) == round + 1);
  }
  exos::print("%u cold operations\n", 2 * kRounds);
  return 0;
}
