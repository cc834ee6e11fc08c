// Pages, their bindings, and capabilities for them.
#include "workloads/kernel_calls/measure.hpp"

namespace calls {
namespace {

constexpr uint32_t kVirt = test::kVirt;
constexpr uint32_t kOtherVirt = kVirt + PAGE_SIZE;

/// A page that nobody has ever had. Each is used once.
uint32_t next_unused() {
  static uint32_t last = kPartnersPage;
  return ++last;
}

void allocate_pages() {
  const exo::Capability unused =
      MEASURE("page_alloc: by number, nobody's before (zeroed)", exo::page_alloc(next_unused()))
          .capability();
  MEASURE("page_dealloc: bound nowhere", exo::page_dealloc(unused));
  const exo::Capability own =
      MEASURE("page_alloc: any, the caller's before", exo::page_alloc(EXO_PAGE_ANY)).capability();
  free(own);
  const exo::Capability others =
      MEASURE("page_alloc: by number, another's before (zeroed, out of the instruction cache)",
              exo::page_alloc(kPartnersPage))
          .capability();
  free(others);
}

void bind_pages() {
  const exo::Capability page = allocate();
  MEASURE("tlb_write: a new binding", exo::tlb_write(kVirt, EXO_MAP_WRITE, page));
  MEASURE("tlb_write: the binding as it is", exo::tlb_write(kVirt, EXO_MAP_WRITE, page));
  MEASURE("tlb_delete", exo::tlb_delete(kVirt));
  MEASURE("guarantee", exo::guarantee(kVirt, EXO_MAP_WRITE, page));
  MEASURE("unguarantee", exo::unguarantee(kVirt));
  MEASURE("page_dealloc: bound at one address", exo::page_dealloc(page));
  const exo::Capability shared = allocate();
  CHECK(exo::tlb_write(kVirt, EXO_MAP_WRITE, shared).ok());
  CHECK(exo::tlb_write(kOtherVirt, EXO_MAP_WRITE, shared).ok());
  MEASURE("page_dealloc: bound at two addresses", exo::page_dealloc(shared));
}

/// A passage: it ends in another address space than it began in.
void switch_space() {
  EXO_PASSAGE_BEGIN("cid_switch: to a space that has an identifier");
  const exo::CallResult switched = exo::cid_switch(1u);
  EXO_PASSAGE_END("cid_switch: to a space that has an identifier");
  CHECK(switched.ok() && exo::cid_switch(0u).ok());
}

}  // namespace

void use_pages() {
  allocate_pages();
  bind_pages();
  switch_space();
  const exo::Capability page = allocate();
  MEASURE("cache_flush: instruction cache", exo::cache_flush(page, EXO_CACHE_INSTRUCTION));
  MEASURE("cache_flush: data cache", exo::cache_flush(page, EXO_CACHE_DATA));
  free(page);
}

/// A resource has one check value at a time, for the rights that were asked last.
void use_capabilities() {
  const exo::Capability all = allocate();
  const auto mint = [&all](uint32_t rights) {
    return exo::capability_word(EXO_KIND_PAGE, rights, all.index());
  };
  MEASURE("capability_mint: check value there", exo::capability_mint(mint(EXO_RIGHT_ALL)));
  MEASURE("capability_derive: check value there", exo::capability_derive(all, EXO_RIGHT_ALL));
  MEASURE("capability_derive: one check value computed",
          exo::capability_derive(all, EXO_RIGHT_READ));
  MEASURE("capability_derive: two check values computed",
          exo::capability_derive(all, EXO_RIGHT_READ));
  MEASURE("capability_mint: check value computed", exo::capability_mint(mint(EXO_RIGHT_ALL)));
  const exo::CallResult changed = MEASURE("capability_change", exo::capability_change(all.word[0]));
  free(changed.capability());
}

}  // namespace calls
