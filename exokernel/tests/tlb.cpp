// tlb_write and tlb_delete: success, each refusal, and that broken bindings are gone.
#include "exokernel/tests/harness/harness.hpp"

using test::kVirt;
using test::refused;

namespace {

void binds_for_reading_and_writing() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(test::raises(EXC_TLBL, [] { test::touch(kVirt); }));
  CHECK(test::caught().address == kVirt);
  CHECK(test::raises(EXC_TLBS, [] { test::poke(kVirt, 1); }));
  CHECK(exo::tlb_write(kVirt, EXO_MAP_WRITE, page.capability()).value == 0);
  test::word_at(kVirt) = 5;
  CHECK(test::word_at(kVirt) == 5);
  // The same page a second time, read-only.
  const uint32_t other = kVirt + 7 * PAGE_SIZE;
  CHECK(exo::tlb_write(other, 0u, page.capability()).ok());
  CHECK(test::word_at(other) == 5);
  CHECK(test::raises(EXC_MOD, [&] { test::poke(other, 6); }));
  CHECK(test::word_at(kVirt) == 5);
  // Writing the binding again changes it in place.
  CHECK(exo::tlb_write(other, EXO_MAP_WRITE, page.capability()).ok());
  test::word_at(other) = 6;
  CHECK(test::word_at(kVirt) == 6);
  CHECK(exo::page_dealloc(page.capability()).ok());
  CHECK(test::raises(EXC_TLBL, [] { test::touch(kVirt); }));
  CHECK(test::raises(EXC_TLBL, [&] { test::touch(other); }));
}

void refuses_bad_addresses() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  const exo::Capability capability = page.capability();
  const uint32_t bad[] = {0u, kVirt + 4, kVirt + 4095, 0x80000000u, 0xa0000000u, 0xfffff000u};
  for (const uint32_t virt : bad) {
    CHECK(refused(exo::tlb_write(virt, 0u, capability), EXO_ERROR_BAD_ADDRESS));
    CHECK(refused(exo::guarantee(virt, 0u, capability), EXO_ERROR_BAD_ADDRESS));
    CHECK(refused(exo::tlb_delete(virt), EXO_ERROR_BAD_ADDRESS));
    CHECK(refused(exo::unguarantee(virt), EXO_ERROR_BAD_ADDRESS));
  }
  CHECK(exo::tlb_write(0x7ffff000u, 0u, capability).ok());
  CHECK(exo::page_dealloc(capability).ok());
}

void refuses_bad_flags_and_capabilities() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  const auto pfn = static_cast<uint32_t>(page.value);
  CHECK(refused(exo::tlb_write(kVirt, 4u, page.capability()), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::tlb_write(kVirt, 0xffffffffu, page.capability()), EXO_ERROR_BAD_ARGUMENT));
  const exo::Capability read = exo::page_capability(pfn, EXO_RIGHT_READ).capability();
  CHECK(refused(exo::tlb_write(kVirt, EXO_MAP_WRITE, read), EXO_ERROR_NO_RIGHT));
  CHECK(exo::tlb_write(kVirt, 0u, read).ok());
  const exo::Capability write = exo::page_capability(pfn, EXO_RIGHT_WRITE).capability();
  CHECK(refused(exo::tlb_write(kVirt, 0u, write), EXO_ERROR_NO_RIGHT));
  // More rights than were given do not fit the check value.
  exo::Capability more = read;
  more.word[0] |= EXO_RIGHT_WRITE << EXO_CAPABILITY_RIGHTS_SHIFT;
  CHECK(refused(exo::tlb_write(kVirt, EXO_MAP_WRITE, more), EXO_ERROR_BAD_CAPABILITY));
  // Nor does another page.
  exo::Capability other = page.capability();
  other.word[0] ^= 1;
  CHECK(refused(exo::tlb_write(kVirt, 0u, other), EXO_ERROR_BAD_CAPABILITY));
  other.word[0] = exo::capability_word(EXO_KIND_PAGE, EXO_RIGHT_ALL, exo::info().page_count);
  CHECK(refused(exo::tlb_write(kVirt, 0u, other), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::page_dealloc(page.capability()).ok());
  CHECK(refused(exo::tlb_write(kVirt, 0u, page.capability()), EXO_ERROR_BAD_CAPABILITY));
  CHECK(test::raises(EXC_TLBL, [] { test::touch(kVirt); }));
}

void deletes() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(exo::tlb_write(kVirt, 0u, page.capability()).ok());
  CHECK(exo::tlb_delete(kVirt).value == 0);
  CHECK(test::raises(EXC_TLBL, [] { test::touch(kVirt); }));
  CHECK(exo::tlb_delete(kVirt).value == 0);
  CHECK(exo::page_dealloc(page.capability()).ok());
}

/// Two pages at one address in turn: the first page's record of its binding is out of date.
void breaks_a_binding_that_was_replaced() {
  const exo::CallResult first = exo::page_alloc(EXO_PAGE_ANY);
  const exo::CallResult second = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(exo::tlb_write(kVirt, EXO_MAP_WRITE, first.capability()).ok());
  CHECK(exo::tlb_write(kVirt, EXO_MAP_WRITE, second.capability()).ok());
  test::word_at(kVirt) = 77;
  CHECK(exo::page_dealloc(first.capability()).ok());
  CHECK(exo::tlb_write(kVirt, EXO_MAP_WRITE, second.capability()).ok());
  CHECK(test::word_at(kVirt) == 77);
  CHECK(exo::page_dealloc(second.capability()).ok());
  CHECK(test::raises(EXC_TLBL, [] { test::touch(kVirt); }));
}

}  // namespace

void run_tests() {
  binds_for_reading_and_writing();
  refuses_bad_addresses();
  refuses_bad_flags_and_capabilities();
  deletes();
  breaks_a_binding_that_was_replaced();
}
