// The state of a page that is taken by force is what memory has of it, not what the data cache has:
// a device, or who binds the page uncached, may have written there last.
#include "exokernel/tests/harness/harness.hpp"

namespace {

constexpr uint32_t kCached = test::kVirt;
constexpr uint32_t kUncached = test::kVirt + PAGE_SIZE;
constexpr uint32_t kSaved = test::kVirt + 2 * PAGE_SIZE;
constexpr uint32_t kOld = 0x11111111, kNew = 0x22222222;
constexpr uint32_t kFrameMask = 0x0fffffff;

exo::Capability allocate() { return exo::page_alloc(EXO_PAGE_ANY).capability(); }

/// More than an environment is guaranteed.
void allocate_enough() {
  for (uint32_t count = 0; count < EXO_GUARANTEED_PAGES; ++count) allocate();
}

/// The cache has the old words, memory the new ones.
void write_past_the_cache(const exo::Capability& page) {
  CHECK(exo::tlb_write(kCached, EXO_MAP_WRITE, page).ok());
  CHECK(exo::tlb_write(kUncached, EXO_MAP_WRITE | EXO_MAP_UNCACHED, page).ok());
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4) test::word_at(kCached + offset) = kOld;
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
    test::word_at(kUncached + offset) = kNew;
  uint32_t stale = 0;
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
    stale += test::word_at(kCached + offset) == kOld;
  CHECK(stale == PAGE_SIZE / 4);
}

}  // namespace

void run_tests() {
  const exo::Capability quota =
      exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  allocate_enough();
  const exo::Capability saved = allocate(), taken = allocate();  // the newest is taken first
  volatile exo::Context& context = exo::context();
  context.save_pages[0] = saved.index();
  write_past_the_cache(taken);
  CHECK(exo::revoke(quota, exo::info().environment, EXO_RESOURCE_PAGES, 1u, 1u).ok());
  while (context.repossessed == 0) test_yield(EXO_YIELD_NEXT);
  CHECK((context.repossession[0].what & kFrameMask) == taken.index());
  CHECK(context.repossession[0].saved == saved.index());
  CHECK(exo::tlb_write(kSaved, EXO_MAP_UNCACHED, saved).ok());
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
    CHECK(test::word_at(kSaved + offset) == kNew);
  CHECK(test::caught().count == 0);
}
