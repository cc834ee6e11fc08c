// page_alloc, page_dealloc, page_capability: success, each refusal, contents of pages.
#include "exokernel/tests/harness/harness.hpp"

using test::refused;

namespace {

constexpr uint32_t kMostPages = 16384;

uint8_t is_allocated[kMostPages / 8];

bool is_zero(uint32_t virt) {
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
    if (test::word_at(virt + offset) != 0) return false;
  return true;
}

void allocates_any_page() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(page.ok());
  CHECK(page.capability().kind() == EXO_KIND_PAGE);
  CHECK(page.capability().rights() == EXO_RIGHT_ALL);
  CHECK(page.capability().index() == static_cast<uint32_t>(page.value));
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page.capability()).ok());
  CHECK(is_zero(test::kVirt));
  CHECK(exo::page_dealloc(page.capability()).value == 0);
}

void allocates_a_named_page() {
  const exo::CallResult any = exo::page_alloc(EXO_PAGE_ANY);
  const auto pfn = static_cast<uint32_t>(any.value);
  CHECK(refused(exo::page_alloc(pfn), EXO_ERROR_BUSY));
  CHECK(exo::page_dealloc(any.capability()).ok());
  const exo::CallResult named = exo::page_alloc(pfn);
  CHECK(named.value == any.value);
  CHECK(named.word[1] != any.word[1] || named.word[2] != any.word[2]);  // a new generation
  CHECK(refused(exo::page_dealloc(any.capability()), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::page_dealloc(named.capability()).ok());
}

void refuses_bad_page_numbers() {
  CHECK(refused(exo::page_alloc(exo::info().page_count), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::page_alloc(0xfffffffe), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::page_alloc(0), EXO_ERROR_BUSY));  // the kernel's
  CHECK(refused(exo::page_alloc(exo::info().context_pfn), EXO_ERROR_BUSY));
}

void makes_capabilities_for_its_owner() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  const auto pfn = static_cast<uint32_t>(page.value);
  const exo::CallResult read = exo::page_capability(pfn, EXO_RIGHT_READ);
  CHECK(read.value == page.value);
  CHECK(read.capability().rights() == EXO_RIGHT_READ);
  CHECK(refused(exo::page_capability(pfn, 0u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::page_capability(pfn, EXO_RIGHT_ALL + 1), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::page_capability(exo::info().page_count, 1u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::page_capability(0u, EXO_RIGHT_READ), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::page_dealloc(read.capability()), EXO_ERROR_NO_RIGHT));
  CHECK(exo::page_dealloc(page.capability()).ok());
  CHECK(refused(exo::page_capability(pfn, EXO_RIGHT_READ), EXO_ERROR_NOT_OWNER));
}

void refuses_forged_capabilities() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  const exo::Capability genuine = page.capability();
  for (unsigned bit = 0; bit < 96; ++bit) {
    exo::Capability forged = genuine;
    forged.word[bit / 32] ^= 1u << (bit % 32);
    CHECK(refused(exo::page_dealloc(forged), EXO_ERROR_BAD_CAPABILITY));
  }
  CHECK(refused(exo::page_dealloc(exo::Capability{}), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::page_dealloc(genuine).ok());
}

void keeps_the_context_page() {
  const exo::CallResult context = exo::page_capability(exo::info().context_pfn, EXO_RIGHT_ALL);
  CHECK(context.ok());
  CHECK(refused(exo::page_dealloc(context.capability()), EXO_ERROR_BUSY));
}

/// Pages come back with the owner's own data, never with anything else.
void keeps_data_only_for_the_same_owner() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page.capability()).ok());
  test::word_at(test::kVirt) = 0x12345678;
  CHECK(exo::page_dealloc(page.capability()).ok());
  const exo::CallResult again = exo::page_alloc(static_cast<uint32_t>(page.value));
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, again.capability()).ok());
  CHECK(test::word_at(test::kVirt) == 0x12345678);
  CHECK(exo::page_dealloc(again.capability()).ok());
}

void hands_out_every_page_once() {
  uint32_t count = 0;
  for (exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY); page.ok();
       page = exo::page_alloc(EXO_PAGE_ANY)) {
    const auto pfn = static_cast<uint32_t>(page.value);
    const auto bit = static_cast<uint8_t>(1u << (pfn % 8));
    CHECK(pfn < kMostPages && (is_allocated[pfn / 8] & bit) == 0);
    is_allocated[pfn / 8] |= bit;
    ++count;
  }
  CHECK(count > exo::info().page_count / 2);
  CHECK(refused(exo::page_alloc(EXO_PAGE_ANY), EXO_ERROR_NO_MEMORY));
  uint32_t freed = 0;
  for (uint32_t pfn = 0; pfn < exo::info().page_count; ++pfn) {
    if ((is_allocated[pfn / 8] >> (pfn % 8) & 1) == 0) continue;
    const exo::CallResult capability = exo::page_capability(pfn, EXO_RIGHT_FREE);
    CHECK(exo::page_dealloc(capability.capability()).ok());
    ++freed;
  }
  CHECK(freed == count);
}

}  // namespace

void run_tests() {
  allocates_any_page();
  allocates_a_named_page();
  refuses_bad_page_numbers();
  makes_capabilities_for_its_owner();
  refuses_forged_capabilities();
  keeps_the_context_page();
  keeps_data_only_for_the_same_owner();
  hands_out_every_page_once();
  CHECK(test::caught().count == 0);
}
