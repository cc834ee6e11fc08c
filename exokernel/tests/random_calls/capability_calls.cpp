// Random calls about capabilities of every kind.
#include "exokernel/tests/random_calls/devices.hpp"
#include "exokernel/tests/random_calls/model.hpp"

namespace model {
namespace {

/// What a capability is for.
struct Subject {
  uint32_t kind, index;
  uint32_t owner;           // id; 0: nobody
  bool is_there;            // it can have capabilities
  exo::Capability* newest;  // with all rights
};

/// A page or its code. A page with code is not a page to these calls.
Subject random_page_or_code() {
  const uint32_t pfn = random_page();
  Page& page = pages[pfn];
  const bool has_code = page.owner == exo::kOwnerCode;
  if (has_code && random(2) == 0) return {EXO_KIND_CODE, pfn, page.code_owner, true, &page.newest};
  return {EXO_KIND_PAGE, pfn, page.owner, !has_code, &page.newest};
}

Subject random_subject() {
  if (random(2) == 0) return random_page_or_code();
  const uint32_t extent = random(kExtents), tile = random(kTilesMax), line = random(kLines);
  Slot& slot = slots[random_slot()];
  switch (random(5)) {
    case 0:
      return {EXO_KIND_ENVIRONMENT, slot.id, slot.owner, true, &slot.capability};
    case 1:
      return {EXO_KIND_EXTENT, extent, extents[extent].owner, extents[extent].owner != 0,
              &extents[extent].newest};
    case 2:
      return {EXO_KIND_TILE, tile, tiles[tile].owner, true, &tiles[tile].newest};
    case 3:
      return {EXO_KIND_INTERRUPT, line, lines[line].owner, lines[line].owner != 0,
              &lines[line].newest};
    default:
      return {EXO_KIND_QUOTA, 0, 1, true, &quota};
  }
}

uint32_t owner_error(const Subject& subject) {
  if (!subject.is_there) return EXO_ERROR_BAD_ARGUMENT;
  return subject.owner == self() ? 0 : EXO_ERROR_NOT_OWNER;
}

void mint() {
  const Subject subject = random_subject();
  const uint32_t rights = random(16) == 0 ? random(2) * 8 : kAll;
  const exo::CallResult result =
      CALL(capability_mint, exo::capability_word(subject.kind, rights, subject.index));
  EXPECT(result, rights == kAll ? owner_error(subject) : EXO_ERROR_BAD_ARGUMENT);
  if (result.ok()) *subject.newest = result.capability();
}

void change() {
  const Subject subject = random_subject();
  const exo::CallResult result =
      CALL(capability_change, exo::capability_word(subject.kind, 0, subject.index));
  EXPECT(result, owner_error(subject));
  if (!result.ok()) return;
  if (subject.kind == EXO_KIND_PAGE) break_bindings(subject.index, self());
  if (subject.kind == EXO_KIND_EXTENT) end_queued_of_extent(subject.index, self());
  replace(*subject.newest, result.capability());
}

void derive() {
  const Subject subject = random_subject();
  const bool is_owned = subject.owner != 0 && subject.owner != exo::kOwnerKernel;
  const Attempt with = attempt(*subject.newest, is_owned);  // of a page with code: the code's
  const uint32_t rights = random(9);
  const exo::CallResult result = CALL(capability_derive, with.capability, rights);
  EXPECT(result, rights == 0 || rights == 8 ? EXO_ERROR_BAD_ARGUMENT : with.error(rights));
}

}  // namespace

const Call kCapabilityCalls[] = {mint, mint, change, derive, nullptr};

}  // namespace model
