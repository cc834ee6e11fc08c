// cache_flush: code that has been stored is executed afterwards, and data that came past the cache
// are seen; neither is always so before. Refusals.
#include "exokernel/tests/harness/code.hpp"

using test::refused;

namespace {

constexpr uint32_t kBoth = EXO_CACHE_INSTRUCTION | EXO_CACHE_DATA;

/// Two instructions everywhere in the page. The kernel's own instructions may take the place of
/// some in the cache.
void makes_stored_code_run(const exo::Capability& page) {
  constexpr uint32_t kBytes = 2 * sizeof(uint32_t);
  uint32_t stale = 0;
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += kBytes) {
    test::write_constant(test::kVirt + offset, 1);
    CHECK(exo::cache_flush(page, uint32_t{EXO_CACHE_INSTRUCTION}).value == 0);
    CHECK(test::call_code(test::kVirt + offset) == 1);
    test::write_constant(test::kVirt + offset, 2);
    stale += test::call_code(test::kVirt + offset) == 1;  // the cache has the old word
    CHECK(exo::cache_flush(page, offset % 16 == 0 ? kBoth : EXO_CACHE_INSTRUCTION).ok());
    CHECK(test::call_code(test::kVirt + offset) == 2);
  }
  CHECK(stale > PAGE_SIZE / kBytes / 2);
}

/// What another way than through the cache has put into memory.
void makes_data_seen(const exo::Capability& page) {
  constexpr uint32_t kUncached = test::kVirt + PAGE_SIZE;
  uint32_t stale = 0;
  CHECK(exo::guarantee(kUncached, EXO_MAP_WRITE | EXO_MAP_UNCACHED, page).ok());
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4) {
    test::word_at(test::kVirt + offset) = 1;
    test::word_at(kUncached + offset) = 2;
    stale += test::word_at(test::kVirt + offset) == 1;  // the cache has the old word
    CHECK(exo::cache_flush(page, uint32_t{EXO_CACHE_DATA}).ok());
    CHECK(test::word_at(test::kVirt + offset) == 2);
  }
  CHECK(stale > PAGE_SIZE / 4 / 2);
  CHECK(exo::unguarantee(kUncached).ok());
}

void keeps_data(const exo::Capability& page) {
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
    test::word_at(test::kVirt + offset) = offset;
  for (const uint32_t which : {uint32_t{EXO_CACHE_INSTRUCTION}, uint32_t{EXO_CACHE_DATA}, kBoth}) {
    CHECK(exo::cache_flush(page, which).ok());
    for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
      CHECK(test::word_at(test::kVirt + offset) == offset);
  }
}

void refuses(const exo::Capability& page) {
  CHECK(refused(exo::cache_flush(page, 0u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::cache_flush(page, kBoth + 1), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::cache_flush(page, 0xffffffffu), EXO_ERROR_BAD_ARGUMENT));
  exo::Capability forged = page;
  forged.word[1] ^= 1;
  CHECK(refused(exo::cache_flush(forged, kBoth), EXO_ERROR_BAD_CAPABILITY));
  const exo::CallResult derived = exo::capability_derive(page, uint32_t{EXO_RIGHT_FREE});
  CHECK(refused(exo::cache_flush(derived.capability(), kBoth), EXO_ERROR_NO_RIGHT));
}

}  // namespace

void run_tests() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(exo::guarantee(test::kVirt, EXO_MAP_WRITE, page.capability()).ok());
  makes_stored_code_run(page.capability());
  makes_data_seen(page.capability());
  keeps_data(page.capability());
  refuses(page.capability());
  CHECK(test::caught().count == 0);
}
