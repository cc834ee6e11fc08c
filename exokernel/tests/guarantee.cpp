// guarantee and unguarantee: bindings that never miss, the limits, and taking them back.
#include "exokernel/tests/harness/harness.hpp"

using test::kVirt;
using test::refused;

namespace {

// Pages whose software TLB entries push the guaranteed page's out: 4096 entries apart.
constexpr uint32_t kCollision = 4096 * PAGE_SIZE;
constexpr uint32_t kTlbPages = 80;

void survives_eviction() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  const exo::CallResult other = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(exo::guarantee(kVirt, EXO_MAP_WRITE, page.capability()).value == 0);
  CHECK(refused(exo::guarantee(kVirt, 0u, other.capability()), EXO_ERROR_BUSY));
  test::word_at(kVirt) = 42;
  // The same place in the software TLB, then enough pages to push it out of the TLB too.
  CHECK(exo::tlb_write(kVirt + kCollision, EXO_MAP_WRITE, other.capability()).ok());
  for (uint32_t index = 1; index <= kTlbPages; ++index)
    CHECK(exo::tlb_write(kVirt + index * PAGE_SIZE, 0u, other.capability()).ok());
  CHECK(exo::tlb_delete(kVirt).ok());
  const uint32_t before = test::caught().count;
  CHECK(test::word_at(kVirt) == 42);
  CHECK(test::caught().count == before);

  CHECK(refused(exo::page_dealloc(page.capability()), EXO_ERROR_BUSY));
  CHECK(exo::unguarantee(kVirt).value == 0);
  CHECK(test::raises(EXC_TLBL, [] { test::touch(kVirt); }));
  CHECK(refused(exo::unguarantee(kVirt), EXO_ERROR_BAD_ARGUMENT));
  CHECK(exo::page_dealloc(page.capability()).ok());
  CHECK(exo::page_dealloc(other.capability()).ok());
}

void has_a_limit() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  uint32_t count = 0;
  while (exo::guarantee(kVirt + count * PAGE_SIZE, 0u, page.capability()).ok()) ++count;
  CHECK(count < EXO_GUARANTEED_MAX);
  CHECK(refused(exo::guarantee(kVirt + count * PAGE_SIZE, 0u, page.capability()), EXO_ERROR_LIMIT));
  for (uint32_t index = 0; index < count; ++index) {
    CHECK(test::word_at(kVirt + index * PAGE_SIZE) == 0);
    CHECK(exo::unguarantee(kVirt + index * PAGE_SIZE).ok());
  }
  CHECK(exo::page_dealloc(page.capability()).ok());
}

void refuses_without_right() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  const exo::Capability read =
      exo::page_capability(static_cast<uint32_t>(page.value), EXO_RIGHT_READ).capability();
  CHECK(refused(exo::guarantee(kVirt, EXO_MAP_WRITE, read), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::guarantee(kVirt, 4u, read), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::guarantee(kVirt, 0u, exo::Capability{}), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::page_dealloc(page.capability()).ok());
}

/// The own binding of a guaranteed page hides the guarantee until it is dropped.
void shows_again_behind_a_binding() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  const exo::CallResult other = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(exo::guarantee(kVirt, EXO_MAP_WRITE, page.capability()).ok());
  test::word_at(kVirt) = 1;
  CHECK(exo::tlb_write(kVirt, EXO_MAP_WRITE, other.capability()).ok());
  test::word_at(kVirt) = 2;
  CHECK(test::word_at(kVirt) == 2);
  CHECK(exo::tlb_delete(kVirt).ok());
  CHECK(test::word_at(kVirt) == 1);
  CHECK(exo::unguarantee(kVirt).ok());
  CHECK(exo::page_dealloc(page.capability()).ok());
  CHECK(exo::page_dealloc(other.capability()).ok());
}

void keeps_context_and_info_page() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  const uint32_t kept[] = {EXO_CONTEXT_VA, EXO_INFO_VA};
  for (const uint32_t virt : kept) {
    CHECK(refused(exo::tlb_write(virt, 0u, page.capability()), EXO_ERROR_BUSY));
    CHECK(refused(exo::guarantee(virt, 0u, page.capability()), EXO_ERROR_BUSY));
  }
  CHECK(exo::page_dealloc(page.capability()).ok());
  CHECK(refused(exo::unguarantee(EXO_CONTEXT_VA), EXO_ERROR_BUSY));
  CHECK(refused(exo::unguarantee(EXO_INFO_VA), EXO_ERROR_BUSY));
  CHECK(test::raises(EXC_MOD, [] { test::poke(EXO_INFO_VA, 0); }));
  CHECK(exo::info().abi_version == EXO_ABI_VERSION);
}

}  // namespace

void run_tests() {
  survives_eviction();
  has_a_limit();
  refuses_without_right();
  shows_again_behind_a_binding();
  keeps_context_and_info_page();
}
