// Capabilities: made by the owner of a resource, checked by comparing, weakened by anyone who holds
// one, made void by the owner.
#include "exokernel/capability.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/exposed.hpp"
#include "exokernel/binding.hpp"
#include "exokernel/call_frame.h"
#include "exokernel/disk.hpp"
#include "exokernel/downloaded_code.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/extent.hpp"
#include "exokernel/interrupt_line.hpp"
#include "exokernel/page.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/tile.hpp"
#include "isa/markers.h"

namespace aegis {
namespace {

Words64 secret;

[[gnu::noinline]] void compute_check(uint32_t word, uint32_t rights, Proof& proof) {
  EXO_DOMAIN("protection");
  proof.check = half_sip_hash(secret, word, proof.generation, proof.generation_high);
  proof.rights = static_cast<uint8_t>(rights);
}

/// True if no check value of a generation is that of 2^32 changes before.
constexpr bool stays_void() {
  Proof proof{.generation = 0xffffffff, .generation_high = 0, .rights = EXO_RIGHT_ALL, .check = {}};
  proof.renew();
  return proof.generation == 0 && proof.generation_high == 1 && proof.rights == 0 &&
         half_sip_hash({}, 0, 0, 0) !=
             half_sip_hash({}, 0, proof.generation, proof.generation_high);
}
static_assert(stays_void());
static_assert(sizeof(Proof) == 4 * sizeof(uint32_t));

const Words64& check_value(uint32_t word, uint32_t rights, Proof& proof) {
  if (proof.rights != rights) compute_check(word, rights, proof);
  return proof.check;
}

/// Of the resource that a capability of this kind and index is for; null if there is none.
Proof* find_proof(uint32_t kind, uint32_t index) {
  switch (kind) {
    case EXO_KIND_PAGE:
      // A page of code has the code's proof: it must not pass as a page.
      return is_page(index) && !is_code(index) ? &frame(index).proof : nullptr;
    case EXO_KIND_ENVIRONMENT:
      return is_environment(index) ? &environment_slot(index).proof : nullptr;
    case EXO_KIND_QUOTA:
      return index == 0 ? &quota_proof : nullptr;
    case EXO_KIND_EXTENT:
      return is_extent(index) ? &extent_proof(index) : nullptr;
    case EXO_KIND_TILE:
      return is_tile(index) ? &tile_proof(index) : nullptr;
    case EXO_KIND_INTERRUPT:
      return interrupt_proof(index);
    case EXO_KIND_CODE:
      return is_code(index) ? &frame(index).proof : nullptr;
    default:
      return nullptr;
  }
}

/// The first program. Who gets its id later does not inherit.
uint16_t quota_owner() {
  return environment_record(kQuotaOwner).lives == 1 ? kQuotaOwner : exo::kOwnerNone;
}

/// Who may make capabilities for it. The resource exists.
uint16_t owner_of(uint32_t kind, uint32_t index) {
  switch (kind) {
    case EXO_KIND_PAGE:
      return page_record(index).owner;
    case EXO_KIND_ENVIRONMENT:
      return environment_record(index).owner;
    case EXO_KIND_EXTENT:
      return extent_record(index).owner;
    case EXO_KIND_TILE:
      return tiles[index].owner;
    case EXO_KIND_INTERRUPT:
      return interrupt_table.line[index].owner;
    case EXO_KIND_CODE:
      return code_record(index).owner;
    default:
      return quota_owner();
  }
}

/// Everyone owns the right to read what is exposed.
bool may_mint(uint16_t owner, uint32_t rights) {
  return owner == current_environment().id ||
         (owner == exo::kOwnerExposed && rights == EXO_RIGHT_READ);
}

bool are_rights(uint32_t rights) { return rights != 0 && (rights & ~uint32_t{EXO_RIGHT_ALL}) == 0; }

/// Takes word 0 of a capability apart.
struct Subject {
  explicit Subject(uint32_t word)
      : kind(word >> EXO_CAPABILITY_KIND_SHIFT),
        rights((word >> EXO_CAPABILITY_RIGHTS_SHIFT) & EXO_CAPABILITY_RIGHTS_MASK),
        index(word & EXO_CAPABILITY_INDEX_MASK),
        proof(find_proof(kind, index)) {}

  uint32_t kind, rights, index;
  Proof* proof;
};

void return_capability(CallFrame& call, const Subject& subject, uint32_t rights) {
  call.succeed(subject.index, make_capability(subject.kind, rights, subject.index, *subject.proof));
}

}  // namespace

void capabilities_start(Words64 key) { secret = key; }

exo::Capability make_capability(uint32_t kind, uint32_t rights, uint32_t index, Proof& proof) {
  EXO_DOMAIN("protection");
  const uint32_t word = exo::capability_word(kind, rights, index);
  const Words64& check = check_value(word, rights, proof);
  return {{word, check.low, check.high}};
}

uint32_t check_capability(const exo::Capability& capability, uint32_t kind, uint32_t rights) {
  EXO_DOMAIN("protection");
  const uint32_t own = capability.rights();
  // Rights 0 are never given out, and would be mistaken for "no check value computed".
  if (capability.kind() != kind || own == 0) return EXO_ERROR_BAD_CAPABILITY;
  Proof* const proof = find_proof(kind, capability.index());
  if (proof == nullptr) return EXO_ERROR_BAD_CAPABILITY;
  const Words64& check = check_value(capability.word[0], own, *proof);
  if (check != Words64{capability.word[1], capability.word[2]}) return EXO_ERROR_BAD_CAPABILITY;
  return (own & rights) == rights ? 0 : EXO_ERROR_NO_RIGHT;
}

extern "C" void sys_capability_mint(CallFrame& call) {
  EXO_DOMAIN("protection");
  const Subject subject(call.a[0]);
  if (subject.proof == nullptr || !are_rights(subject.rights))
    return call.fail(EXO_ERROR_BAD_ARGUMENT);
  if (!may_mint(owner_of(subject.kind, subject.index), subject.rights))
    return call.fail(EXO_ERROR_NOT_OWNER);
  return_capability(call, subject, subject.rights);
}

extern "C" void sys_capability_derive(CallFrame& call) {
  EXO_DOMAIN("protection");
  const exo::Capability capability{{call.a[0], call.a[1], call.a[2]}};
  const uint32_t rights = call.a[3];
  if (!are_rights(rights)) return call.fail(EXO_ERROR_BAD_ARGUMENT);
  if (const uint32_t error = check_capability(capability, capability.kind(), rights))
    return call.fail(error);
  return_capability(call, Subject(capability.word[0]), rights);
}

extern "C" void sys_capability_change(CallFrame& call) {
  EXO_DOMAIN("protection");
  const Subject subject(call.a[0] & ~(EXO_CAPABILITY_RIGHTS_MASK << EXO_CAPABILITY_RIGHTS_SHIFT));
  if (subject.proof == nullptr) return call.fail(EXO_ERROR_BAD_ARGUMENT);
  const Environment& caller = current_environment();
  if (owner_of(subject.kind, subject.index) != caller.id) return call.fail(EXO_ERROR_NOT_OWNER);
  subject.proof->renew();
  if (subject.kind == EXO_KIND_PAGE) break_bindings_of_others(subject.index, caller);
  if (subject.kind == EXO_KIND_EXTENT) disk_cancel_extent(subject.index, &caller);
  return_capability(call, subject, EXO_RIGHT_ALL);
}

}  // namespace aegis
