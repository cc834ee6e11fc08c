// When no page is left, touching one more ends the program.
// options: --set memory.size=1MiB
// status: 110
// output: TLBS at 0x4[0-9a-f]{5}, address 0x1[0-9a-f]{7}: out of memory
#include "libos/api/vm.hpp"
#include "libos/tests/check.hpp"

int main() {
  constexpr size_t kBytes = 2 << 20;
  auto* memory = static_cast<volatile char*>(exos::grow_heap(kBytes));
  for (size_t offset = 0; offset < kBytes; offset += 4096) memory[offset] = 1;
  return 0;
}
