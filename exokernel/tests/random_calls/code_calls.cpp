// Random calls about downloaded code: predicates of pages, and bindings that they allow.
#include "exokernel/abi/code.h"
#include "exokernel/tests/random_calls/model.hpp"

namespace model {
namespace {

constexpr uint32_t kCodeBytes = 8;  // two instructions

/// Mostly one that has code.
uint32_t random_code() {
  uint32_t pfn = playable[random(playable_count)];
  for (unsigned tries = 0; pages[pfn].owner != exo::kOwnerCode && tries < 8; ++tries)
    pfn = playable[random(playable_count)];
  return pfn;
}

/// Of the three codes that there are one allows, one refuses, and one is none.
void download() {
  const uint32_t pfn = random_page();
  const Attempt with = attempt(pfn);
  const uint32_t number = random(8) == 0 ? 2 : random(2);
  const exo::CallResult result =
      CALL(code_download, code_source, with.capability, code_offset + number * kCodeBytes, 2u);
  uint32_t error = parting_error(pfn, with);
  if (error == 0 && number == 2) error = EXO_ERROR_BAD_CODE;
  if (error == 0) error = quota_error(slot_of(self()), EXO_RESOURCE_CODE, 1);
  EXPECT(result, error);
  if (!result.ok()) return;
  break_bindings(pfn, 0);
  pages[pfn].code_owner = static_cast<uint16_t>(self());
  own(pfn, exo::kOwnerCode, result.capability());
  pages[pfn].code_allows = number == 0;
  pages[pfn].downloaded = calls_made;
  charge(self(), EXO_RESOURCE_CODE, 1);
}

void remove() {
  const uint32_t code = random_code();
  const Attempt with = attempt_code(code);
  const exo::CallResult result = CALL(code_remove, with.capability);
  uint32_t error = with.error(EXO_RIGHT_FREE);
  if (error == 0 && pages[code].code_owner != self()) error = EXO_ERROR_NOT_OWNER;
  EXPECT(result, error);
  if (result.ok()) take_code(code, result.capability());
}

uint32_t predicate_error(uint32_t pfn, uint32_t code, const Attempt& with, bool is_none) {
  if (pages[pfn].owner != self()) return EXO_ERROR_NOT_OWNER;
  if (is_none) return 0;
  if (const uint32_t error = with.error(EXO_RIGHT_READ)) return error;
  const bool is_full = pages[code].predicated == EXO_PREDICATED_MAX;
  return pages[pfn].predicate != code && is_full ? EXO_ERROR_LIMIT : 0;
}

void set_predicate() {
  const uint32_t pfn = random_page();
  const uint32_t code = random_code();
  const Attempt with = random(8) == 0 ? Attempt{{}, true} : attempt_code(code);
  const auto& word = with.capability.word;
  const bool is_none = (word[0] | word[1] | word[2]) == 0;
  const exo::CallResult result = CALL(page_predicate, pfn, with.capability);
  EXPECT(result, predicate_error(pfn, code, with, is_none));
  if (!result.ok()) return;
  drop_guarantees_by_predicate(pfn);
  forget_predicate(pfn);
  if (is_none) return;
  pages[pfn].predicate = static_cast<uint16_t>(code);
  ++pages[code].predicated;
}

/// Asks the predicate, mostly of a page that has one.
void bind_by_predicate() {
  uint32_t pfn = playable[random(playable_count)];
  for (unsigned tries = 0; pages[pfn].predicate == 0 && tries < 8; ++tries)
    pfn = playable[random(playable_count)];
  const uint32_t index = random(kVirtualPages);
  const uint32_t flags = random(2) == 0 ? 0 : EXO_MAP_GUARANTEE;
  const exo::CallResult result = CALL(bind_by_predicate, virt_of(index), flags, pfn, random());
  const uint32_t code = pages[pfn].predicate;
  uint32_t error = 0;
  if (code == 0 || !pages[code].code_allows)
    error = EXO_ERROR_REFUSED;
  else if (flags != 0)
    error = guarantee_error(own_slot(), index);
  EXPECT(result, error);
  if (!result.ok()) return;
  pages[pfn].is_bound_by_predicate = true;
  if (flags != 0) add_guarantee(own_slot(), index, pfn, true);
}

}  // namespace

void take_code(uint32_t code, const exo::Capability& capability) {
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn) {
    if (pages[pfn].predicate != code) continue;
    drop_guarantees_by_predicate(pfn);
    forget_predicate(pfn);
  }
  charge(pages[code].code_owner, EXO_RESOURCE_CODE, -1);
  own(code, pages[code].code_owner, capability);
}

void end_code_of(uint32_t id) {
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn)
    if (pages[pfn].owner == exo::kOwnerCode && pages[pfn].code_owner == id) take_code(pfn, {});
}

const Call kCodeCalls[] = {download,          remove, set_predicate, set_predicate,
                           bind_by_predicate, nullptr};

}  // namespace model
