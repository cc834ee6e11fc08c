// Handing out address space identifiers, and taking all of them back.
#include "exokernel/address_space.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/call_frame.h"
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

void forget(Environment& environment) {
  for (uint32_t& space : environment.spaces) space = 0;
  environment_set_space(environment, 0);
}

[[gnu::noinline]] void take_all_back() {
  EXO_DOMAIN("multiplexing");
  tlb_reset();
  for (uint16_t& holder : holders) {
    if (holder != 0 && holder != kRetired) forget(environment_slot(holder));
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
  for (const uint32_t space : environment.spaces)
    if (space != 0) holders[space >> ENTRYHI_ASID_SHIFT] = kRetired;
  forget(environment);
}

extern "C" void sys_cid_switch(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t number = call.a[0];
  if (number >= EXO_SPACES_MAX) return call.fail(EXO_ERROR_BAD_ARGUMENT);
  Environment& caller = current_environment();
  call.succeed(caller.space_number);
  caller.space_number = number;
  environment_set_space(caller, caller.spaces[number]);
  if (caller.space == 0) address_space_assign(caller);
  tlb_set_space(caller.space);
}

}  // namespace aegis
