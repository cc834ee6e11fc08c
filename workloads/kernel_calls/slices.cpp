// Positions of the slice vector, and calls that give the processor away.
#include "workloads/kernel_calls/measure.hpp"

extern "C" {
void arrive();
int32_t measured_yield_next(uint32_t environment);
int32_t measured_yield_to(uint32_t environment);
int32_t measured_sleep(uint32_t events, uint32_t cycles);
}

namespace calls {
namespace {

test::Child the_partner;
volatile uint32_t given = EXO_SLICE_ANY;  // a position that the partner is to give back

void use_page(const exo::Capability& page) {
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page).ok());
  free(page);
}

void take_turns() {
  exo::context().slice_start = reinterpret_cast<uint32_t>(&arrive);
  for (;;) {
    const exo::CallResult page = exo::page_alloc(kPartnersPage);
    if (page.ok()) use_page(page.capability());  // it may be this program's at the moment
    CHECK(exo::fpu_mod(1u).ok());
    const exo::CallResult tile =
        exo::capability_mint(exo::capability_word(EXO_KIND_TILE, EXO_RIGHT_FREE, kPartnersTile));
    if (tile.ok()) CHECK(exo::tile_dealloc(tile.capability()).ok());
    if (given != EXO_SLICE_ANY) CHECK(exo::slice_dealloc(given).ok());
    given = EXO_SLICE_ANY;
    test_yield(EXO_YIELD_NEXT);
  }
}

}  // namespace

void start_partner() {
  exo::context().slice_start = reinterpret_cast<uint32_t>(&arrive);
  the_partner = test::create_child(take_turns);
  test::start_child(the_partner);
}

const test::Child& partner() { return the_partner; }

void use_slices() {
  const uint32_t any =
      static_cast<uint32_t>(MEASURE("slice_alloc: any", exo::slice_alloc(EXO_SLICE_ANY, 0u)).value);
  MEASURE("slice_dealloc: the last", exo::slice_dealloc(any));
  MEASURE("slice_alloc: by position", exo::slice_alloc(any, 0u));
  MEASURE("slice_give", exo::slice_give(any, the_partner.capability));
  given = any;
  measured_yield_next(EXO_YIELD_NEXT);
  measured_yield_to(the_partner.id);
  measured_sleep(EXO_EVENT_TIME, 1);
}

}  // namespace calls
