// Breaking a secure binding: a page is given back that is bound in the TLB, guaranteed to another
// environment, or used by devices; and the check of a capability, by calls that it refuses.
#include "workloads/protocols/protocols.hpp"

namespace protocols {
namespace {

constexpr uint32_t kVirt = 0x50000000;
constexpr uint32_t kUntilDone = 100'000;  // rounds of burning: more than sixteen transfers take
constexpr uint32_t kFirstBlock = 2000;

void nothing() {}

void bind(const exo::Capability& page, uint32_t addresses) {
  for (uint32_t index = 0; index < addresses; ++index)
    CHECK(exo::tlb_write(kVirt + index * PAGE_SIZE, EXO_MAP_WRITE, page).ok());
}

void queue_transfers(const exo::Capability& from, const exo::Capability& to, uint32_t count) {
  for (uint32_t index = 0; index < count; ++index)
    CHECK(exo::dma_copy(from, to, 0u, uint32_t{PAGE_SIZE}).ok());
}

#define GIVE_BACK(name, page)                               \
  do {                                                      \
    EXO_OP_BEGIN("page given back: " name);                 \
    const exo::CallResult result = exo::page_dealloc(page); \
    EXO_OP_END("page given back: " name);                   \
    CHECK(result.ok());                                     \
  } while (false)

void break_mappings() {
  exo::Capability page = allocate();
  GIVE_BACK("bound nowhere", page);
  page = allocate();
  bind(page, 1);
  GIVE_BACK("bound at 1 address", page);
  page = allocate();
  bind(page, 2);
  GIVE_BACK("bound at 2 addresses", page);
  page = allocate();
  bind(page, 8);
  GIVE_BACK("bound at 8 addresses", page);
  page = allocate();
  bind(page, 64);
  GIVE_BACK("bound at 64 addresses", page);
}

void break_guarantee() {
  const test::Parts parts = test::make_parts(nothing);
  const exo::Capability other = exo::env_create(parts.context, parts.info).capability();
  const exo::Capability page = allocate();
  CHECK(exo::env_guarantee(other, kVirt | EXO_MAP_WRITE, page).ok());
  GIVE_BACK("guaranteed to another environment", page);
  CHECK(exo::env_destroy(other).ok());
}

/// `ahead` other transfers are before the page's own.
void break_transfers() {
  const exo::Capability source = allocate(), sink = allocate();
  exo::Capability page = allocate();
  queue_transfers(source, page, 1);
  GIVE_BACK("a DMA transfer to it under way", page);
  test::burn(kUntilDone);
  page = allocate();
  queue_transfers(source, sink, 1);
  queue_transfers(source, page, 1);
  GIVE_BACK("a DMA transfer to it queued behind another", page);
  test::burn(kUntilDone);
  page = allocate();
  queue_transfers(source, sink, 1);
  queue_transfers(source, page, 16);
  GIVE_BACK("16 DMA transfers to it queued", page);
  test::burn(kUntilDone);
  free(source);
  free(sink);
}

void break_request() {
  const exo::Capability extent = exo::extent_alloc(kFirstBlock, 8u).capability();
  const exo::Capability page = allocate();
  CHECK(exo::disk_transfer(extent, page, 0u, uint32_t{EXO_DISK_WRITE | 1u << EXO_DISK_COUNT_SHIFT})
            .ok());
  GIVE_BACK("a disk request under way", page);
  CHECK(exo::extent_dealloc(extent).ok());
}

}  // namespace

void break_bindings() {
  test_yield(EXO_YIELD_NEXT);
  break_mappings();
  break_guarantee();
  break_transfers();
  break_request();
}

/// The same call is refused before the check of the capability, and at its end: the difference is
/// the check.
void check_capabilities() {
  const exo::Capability page = allocate();
  const exo::Capability weak = exo::capability_derive(page, EXO_RIGHT_READ).capability();
  const exo::Capability other{{exo::capability_word(EXO_KIND_ENVIRONMENT, EXO_RIGHT_ALL, kSelf)}};
  CHECK(!exo::page_dealloc(weak).ok());
  EXO_OP_BEGIN("refused: of another kind");
  const exo::CallResult kind = exo::page_dealloc(other);
  EXO_OP_END("refused: of another kind");
  EXO_OP_BEGIN("refused: lacks the right");
  const exo::CallResult cached = exo::page_dealloc(weak);
  EXO_OP_END("refused: lacks the right");
  CHECK(!kind.ok() && !cached.ok());
  CHECK(exo::capability_derive(page, EXO_RIGHT_ALL).ok());
  EXO_OP_BEGIN("refused: lacks the right, check value computed");
  const exo::CallResult computed = exo::page_dealloc(weak);
  EXO_OP_END("refused: lacks the right, check value computed");
  CHECK(computed.value == -EXO_ERROR_NO_RIGHT);
  free(page);
}

}  // namespace protocols
