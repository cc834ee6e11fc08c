// A page that is bound at as many addresses as the software TLB has entries is given back. The
// kernel keeps the last 512 of the bindings at most, so that breaking them is not long; all are
// broken.
#include <initializer_list>

#include "exokernel/software_tlb.h"
#include "exokernel/tests/harness/harness.hpp"

void run_tests() {
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  const uint32_t last = test::kVirt + (SOFTWARE_TLB_ENTRIES - 1) * PAGE_SIZE;
  for (uint32_t virt = test::kVirt; virt <= last; virt += PAGE_SIZE)
    CHECK(exo::tlb_write(virt, 0u, page).ok());
  test::touch(last);
  CHECK(test::caught().count == 0);
  CHECK(exo::page_dealloc(page).value == 0);
  for (const uint32_t virt : {test::kVirt, test::kVirt + PAGE_SIZE, last - PAGE_SIZE, last})
    CHECK(test::raises(EXC_TLBL, [virt] { test::touch(virt); }));
}
