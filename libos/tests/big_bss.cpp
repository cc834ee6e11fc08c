// Memory that many small programs lie in before: the zeroed memory of a large one behind them is in
// few pieces all the same, and all of it is there.
// run: {libos_print}*20 libos_big_bss
#include "libos/tests/check.hpp"

#include <cstdint>

namespace {

constexpr uint32_t kPageWords = 1024;
constexpr uint32_t kPages = 4096;

volatile uint32_t words[kPages * kPageWords];

}  // namespace

int main() {
  for (uint32_t page = 0; page < kPages; ++page) {
    CHECK(words[page * kPageWords + page % kPageWords] == 0);
    words[page * kPageWords] = page;
  }
  for (uint32_t page = 0; page < kPages; ++page) CHECK(words[page * kPageWords] == page);
  return 0;
}
