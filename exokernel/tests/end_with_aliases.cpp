// The end of an environment that has bound each of its many pages twice takes one pass over the
// TLBs, not one for each page: of 10.5 million cycles most are the calls for 4000 pages,
// and one pass for each would be 120 million more.
// cycles: 15M
// output: done
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {
  constexpr uint32_t kPages = 4000;
  constexpr uint32_t kAlias = kPages * PAGE_SIZE;
  for (uint32_t index = 0; index < kPages; ++index) {
    const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
    const uint32_t virt = test::kVirt + index * PAGE_SIZE;
    CHECK(exo::tlb_write(virt, 0u, page.capability()).ok());
    CHECK(exo::tlb_write(virt + kAlias, 0u, page.capability()).ok());
  }
  test::print("done\n");
}
