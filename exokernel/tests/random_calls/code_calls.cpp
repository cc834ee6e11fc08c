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

/// Of the two codes that there are one allows, and one refuses.
void download() {
  const uint32_t pfn = random_page();
  const Attempt with = attempt(pfn);
  const uint32_t number = random(2);
  const exo::CallResult result =
      exo::code_download(code_source, with.capability, code_offset + number * kCodeBytes, 2u);
  EXPECT(result, parting_error(pfn, with.is_genuine));
  if (!result.ok()) return;
  drop_guarantees(pfn, 0);
  own(pfn, exo::kOwnerCode, result.capability());
  pages[pfn].code_owner = static_cast<uint8_t>(self());
  pages[pfn].code_allows = number == 0;
}

void remove() {
  const uint32_t code = random_code();
  const Attempt with = attempt_code(code);
  const exo::CallResult result = exo::code_remove(with.capability);
  uint32_t error = 0;
  if (!with.is_genuine)
    error = EXO_ERROR_BAD_CAPABILITY;
  else if (pages[code].code_owner != self())
    error = EXO_ERROR_NOT_OWNER;
  EXPECT(result, error);
  if (!result.ok()) return;
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn) {
    if (pages[pfn].predicate != code) continue;
    drop_guarantees_by_predicate(pfn);
    forget_predicate(pfn);
  }
  own(code, self(), result.capability());
}

void set_predicate() {
  const uint32_t pfn = random_page();
  const uint32_t code = random_code();
  const Attempt with = random(8) == 0 ? Attempt{{}, true} : attempt_code(code);
  const auto& word = with.capability.word;
  const bool is_none = (word[0] | word[1] | word[2]) == 0;
  const exo::CallResult result = exo::page_predicate(pfn, with.capability);
  uint32_t error = 0;
  if (pages[pfn].owner != self())
    error = EXO_ERROR_NOT_OWNER;
  else if (!is_none && !with.is_genuine)
    error = EXO_ERROR_BAD_CAPABILITY;
  else if (!is_none && pages[pfn].predicate != code && pages[code].predicated == EXO_PREDICATED_MAX)
    error = EXO_ERROR_LIMIT;
  EXPECT(result, error);
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
  const exo::CallResult result = exo::bind_by_predicate(virt_of(index), flags, pfn, random());
  const uint32_t code = pages[pfn].predicate;
  uint32_t error = 0;
  if (code == 0 || !pages[code].code_allows)
    error = EXO_ERROR_REFUSED;
  else if (flags != 0)
    error = guarantee_error(self(), index);
  EXPECT(result, error);
  if (!result.ok()) return;
  pages[pfn].is_bound_by_predicate = true;
  if (flags != 0) add_guarantee(self(), index, pfn, true);
}

}  // namespace

const Call kCodeCalls[] = {download,          remove, set_predicate, set_predicate,
                           bind_by_predicate, nullptr};

}  // namespace model
