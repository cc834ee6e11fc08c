// The software TLB: bindings that the processor's TLB has forgotten come back without an upcall, so
// the assembly and the C++ of the kernel agree where an entry stands.
#include "exokernel/tests/harness/harness.hpp"

namespace {

// More than the TLB holds. Consecutive pages do not collide in the software TLB, nor do these with
// the pages of the program: its page numbers are 1, 2 and 0x400 and up, modulo 4096.
constexpr uint32_t kPages = 200;
constexpr uint32_t kBase = test::kVirt + 16 * PAGE_SIZE;

}  // namespace

void run_tests() {
  for (uint32_t index = 0; index < kPages; ++index) {
    const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
    const uint32_t virt = kBase + index * PAGE_SIZE;
    CHECK(exo::tlb_write(virt, EXO_MAP_WRITE, page.capability()).ok());
    test::word_at(virt) = index;
  }
  for (unsigned round = 0; round < 3; ++round)
    for (uint32_t index = 0; index < kPages; ++index)
      CHECK(test::word_at(kBase + index * PAGE_SIZE) == index);
  CHECK(test::caught().count == 0);
}
