// Handing out address space identifiers, and taking all of them back.
#include "exokernel/address_space.hpp"

#include "exokernel/environment.hpp"
#include "exokernel/tlb.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

namespace aegis {
namespace {

constexpr uint32_t kSpaces = 64;  // 0 is nobody's

/// An identifier whose environment has ended: both TLBs may hold bindings under it.
constexpr uint16_t kRetired = 0xffff;

uint16_t holders[kSpaces];  // environment ids, kRetired, or 0 = free
uint32_t last_assigned;

/// 0 if all are in use.
uint32_t find_free() {
  for (uint32_t count = 1; count < kSpaces; ++count) {
    const uint32_t space = (last_assigned + count) % kSpaces;
    if (space != 0 && holders[space] == 0) return space;
  }
  return 0;
}

[[gnu::noinline]] void take_all_back() {
  EXO_DOMAIN("multiplexing");
  tlb_reset();
  for (uint16_t& holder : holders) {
    if (holder != 0 && holder != kRetired) environment_set_space(environment_slot(holder), 0);
    holder = 0;
  }
}

}  // namespace

void address_space_assign(Environment& environment) {
  EXO_DOMAIN("multiplexing");
  uint32_t space = find_free();
  if (space == 0) {
    take_all_back();
    space = 1;
  }
  holders[space] = environment.id;
  last_assigned = space;
  environment_set_space(environment, space << ENTRYHI_ASID_SHIFT);
}

void address_space_release(Environment& environment) {
  if (environment.space == 0) return;
  holders[environment.space >> ENTRYHI_ASID_SHIFT] = kRetired;
  environment_set_space(environment, 0);
}

}  // namespace aegis
