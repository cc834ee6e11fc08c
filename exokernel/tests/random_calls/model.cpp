// The model of the random calls: chance, what there is to try, and changes.
#include "exokernel/tests/random_calls/model.hpp"

#include "exokernel/tests/random_calls/devices.hpp"

namespace model {
namespace {

constexpr uint32_t kVoidKept = 32;

constinit test::Random numbers(0x2545f491);  // nobody runs constructors
exo::Capability void_ones[kVoidKept];        // that have been genuine

/// A capability of the same kind that is none.
exo::Capability forge(exo::Capability capability) {
  switch (random(3)) {
    case 0:
      return void_ones[random(kVoidKept)];
    case 1:
      capability.word[random(3)] ^= 1u << random(32);
      return capability;
    default:
      return {{random(), random(), random()}};
  }
}

bool is_environment(uint32_t owner) { return owner != exo::kOwnerNone && owner < exo::kOwnerCode; }

/// A page is in the account of its owner, one with code in that of whose the code is.
void charge_page(const Page& page, int32_t count) {
  if (page.owner == exo::kOwnerNone) free_units[EXO_RESOURCE_PAGES] += static_cast<uint32_t>(count);
  const uint32_t slot = slot_of(page.owner == exo::kOwnerCode ? page.code_owner : page.owner);
  if (slot != 0) slots[slot].own[EXO_RESOURCE_PAGES] += static_cast<uint32_t>(count);
}

}  // namespace

uint32_t random() { return numbers.next(); }
uint32_t random(uint32_t below) { return numbers.below(below); }

uint32_t slot_of(uint32_t id) {
  if (id == 0) return 0;
  for (uint32_t slot = 1; slot <= kSlots; ++slot)
    if (slots[slot].id == id) return slot;
  return 0;
}

uint32_t random_page() {
  if (random(32) == 0) {
    const uint32_t any = random(page_count());
    if (!pages[any].is_part_of_test) return any;
  }
  uint32_t pfn = playable[random(playable_count)];
  for (unsigned tries = 0; pages[pfn].owner != self() && tries < 5; ++tries)
    pfn = playable[random(playable_count)];
  return pfn;
}

uint32_t random_slot() {
  for (;;) {
    const uint32_t slot = 1 + random(kSlots);
    if (slots[slot].id != 0) return slot;
  }
}

uint32_t random_player() {
  for (;;) {
    const uint32_t slot = random_slot();
    if (slots[slot].is_started) return slot;
  }
}

bool is_context(uint32_t pfn) {
  for (const Slot& slot : slots)
    if (slot.id != 0 && slot.context == pfn) return true;
  return false;
}

uint32_t virt_of(uint32_t index) { return test::kVirt + index * PAGE_SIZE; }

Attempt attempt(const exo::Capability& right, bool is_genuine) {
  const uint32_t chance = random(16);
  if (chance < 5) return {forge(right), false};
  const bool is_usable = is_genuine && right.word[0] != 0;
  if (chance == 5 && is_usable)
    return {exo::capability_derive(right, 1 + random(kAll)).capability(), true};
  return {right, is_usable};
}

Attempt attempt(uint32_t pfn) {
  return attempt(pages[pfn].newest, is_environment(pages[pfn].owner));
}

Attempt attempt_code(uint32_t pfn) {
  return attempt(pages[pfn].newest, pages[pfn].owner == exo::kOwnerCode);
}

Attempt attempt_environment(uint32_t slot) { return attempt(slots[slot].capability, true); }

void expect(const exo::CallResult& result, uint32_t error, const char* file, unsigned line) {
  const uint32_t actual = result.ok() ? 0 : static_cast<uint32_t>(-result.value);
  if (actual != error) {
    test::print("call ");
    test::print(calls_made);
    test::print(" error ");
    test::print(actual);
    test::print(", not ");
    test::print(error);
    test::print(", which is the model's: ");
    test::print(file);
    test::print(" ");
    test::check(false, "", line);
  }
  if (error == 0) ++calls_that_did_something;
}

uint32_t parting_error(uint32_t pfn, const Attempt& with) {
  if (const uint32_t error = with.error(EXO_RIGHT_FREE)) return error;
  if (pages[pfn].owner != self()) return EXO_ERROR_NOT_OWNER;
  const Slot& slot = own_slot();
  if (slot.context == pfn) return EXO_ERROR_BUSY;
  for (const Guarantee& entry : slot.guaranteed)
    if (entry.page == pfn + 1) return EXO_ERROR_BUSY;
  return 0;
}

uint32_t guarantee_error(const Slot& slot, uint32_t index) {
  if (slot.guaranteed[index].page != 0) return EXO_ERROR_BUSY;
  return slot.guarantee_count == EXO_GUARANTEED_MAX ? EXO_ERROR_LIMIT : 0;
}

void replace(exo::Capability& newest, const exo::Capability& next) {
  if (newest.word[0] != 0) void_ones[random(kVoidKept)] = newest;
  newest = next;
}

void own(uint32_t pfn, uint32_t owner, const exo::Capability& capability) {
  Page& page = pages[pfn];
  replace(page.newest, capability);
  if (page.owner != owner) forget_predicate(pfn);
  charge_page(page, -1);
  page.owner = static_cast<uint16_t>(owner);
  recorded_owners[pfn] = owner;
  charge_page(page, 1);
}

void become_free(uint32_t pfn) {
  break_bindings(pfn, 0);
  own(pfn, exo::kOwnerNone, {});
}

void break_bindings(uint32_t pfn, uint32_t keeper) {
  end_queued_of_page(pfn, keeper);
  if (pages[pfn].guarantees == 0) return;
  for (uint32_t slot = 1; slot <= kSlots; ++slot)
    for (uint32_t index = 0; index < kVirtualPages; ++index)
      if (slots[slot].guaranteed[index].page == pfn + 1 && slots[slot].id != keeper)
        remove_guarantee(slots[slot], index);
}

void drop_guarantees_by_predicate(uint32_t pfn) {
  if (!pages[pfn].is_bound_by_predicate) return;
  pages[pfn].is_bound_by_predicate = false;
  for (Slot& slot : slots)
    for (uint32_t index = 0; index < kVirtualPages; ++index) {
      const Guarantee& entry = slot.guaranteed[index];
      if (entry.page == pfn + 1 && entry.by_predicate) remove_guarantee(slot, index);
    }
}

void forget_predicate(uint32_t pfn) {
  Page& page = pages[pfn];
  if (page.predicate != 0) --pages[page.predicate].predicated;
  page.predicate = 0;
  page.is_bound_by_predicate = false;
}

void add_guarantee(Slot& slot, uint32_t index, uint32_t pfn, bool by_predicate) {
  slot.guaranteed[index] = {static_cast<uint16_t>(pfn + 1), by_predicate};
  ++slot.guarantee_count;
  ++pages[pfn].guarantees;
}

void remove_guarantee(Slot& slot, uint32_t index) {
  Guarantee& entry = slot.guaranteed[index];
  --pages[entry.page - 1].guarantees;
  --slot.guarantee_count;
  entry = {};
}

void set_position(uint32_t position, uint32_t owner) {
  if (positions[position] != 0) charge(positions[position], EXO_RESOURCE_SLICES, -1);
  if (owner != 0) charge(owner, EXO_RESOURCE_SLICES, 1);
  positions[position] = static_cast<uint16_t>(owner);
}

uint32_t first_free_position() {
  for (uint32_t position = 0; position < kPositions; ++position)
    if (positions[position] == 0) return position;
  return kPositions;
}

}  // namespace model
