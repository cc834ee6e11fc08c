// The model of the random calls: chance, changes, and the comparison with the kernel's tables.
#include "exokernel/tests/random_calls/model.hpp"

namespace model {
namespace {

constexpr uint32_t kWindow = 0x2c000000;
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

Attempt attempt(const exo::Capability& right, bool is_genuine) {
  if (random(8) < 3) return {forge(right), false};
  return {right, is_genuine && right.word[0] != 0};
}

bool is_environment(uint32_t owner) { return owner != exo::kOwnerNone && owner < exo::kOwnerCode; }

/// An entry of a table that is bound for this reading.
template <typename Entry>
Entry read_entry(exo::Exposed table, uint32_t index) {
  const exo::ExposedTable& where = exo::exposed_table(exo::info(), table);
  const uint32_t offset = index * sizeof(Entry);
  const exo::CallResult page =
      exo::page_capability(where.first_pfn + offset / PAGE_SIZE, EXO_RIGHT_READ);
  Entry entry;
  uint32_t before;
  do {  // again if the binding is forgotten in between, as it may be
    before = test::caught().count;
    exo::tlb_write(kWindow, 0u, page.capability());
    const auto* const words = reinterpret_cast<const volatile uint32_t*>(kWindow);
    for (uint32_t word = 0; word < sizeof(Entry) / 4; ++word)
      reinterpret_cast<uint32_t*>(&entry)[word] = words[offset % PAGE_SIZE / 4 + word];
  } while (test::caught().count != before);
  return entry;
}

}  // namespace

uint32_t random() { return numbers.next(); }
uint32_t random(uint32_t below) { return numbers.below(below); }

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

uint32_t virt_of(uint32_t index) { return test::kVirt + index * PAGE_SIZE; }

Attempt attempt(uint32_t pfn) {
  return attempt(pages[pfn].newest, is_environment(pages[pfn].owner));
}

Attempt attempt_code(uint32_t pfn) {
  return attempt(pages[pfn].newest, pages[pfn].owner == exo::kOwnerCode);
}

Attempt attempt_environment(uint32_t slot) { return attempt(slots[slot].capability, true); }

void expect(const exo::CallResult& result, uint32_t error, unsigned line) {
  const uint32_t actual = result.ok() ? 0 : static_cast<uint32_t>(-result.value);
  if (actual != error) {
    test::print("call ");
    test::print(calls_made);
    test::print(" error ");
    test::print(actual);
    test::print(", not ");
    test::print(error);
    test::check(false, " (the model's)", line);
  }
  if (error == 0) ++calls_that_did_something;
}

uint32_t parting_error(uint32_t pfn, bool is_genuine) {
  if (!is_genuine) return EXO_ERROR_BAD_CAPABILITY;
  if (pages[pfn].owner != self()) return EXO_ERROR_NOT_OWNER;
  for (const Guarantee& entry : slots[self()].guaranteed)
    if (entry.page == pfn + 1) return EXO_ERROR_BUSY;
  return 0;
}

uint32_t guarantee_error(uint32_t slot, uint32_t index) {
  if (slots[slot].guaranteed[index].page != 0) return EXO_ERROR_BUSY;
  return slots[slot].guarantee_count == EXO_GUARANTEED_MAX ? EXO_ERROR_LIMIT : 0;
}

void own(uint32_t pfn, uint32_t owner, const exo::Capability& capability) {
  Page& page = pages[pfn];
  if (page.newest.word[0] != 0) void_ones[random(kVoidKept)] = page.newest;
  page.newest = capability;
  if (page.owner != owner) forget_predicate(pfn);
  page.owner = static_cast<uint16_t>(owner);
}

void become_free(uint32_t pfn) {
  drop_guarantees(pfn, 0);
  own(pfn, exo::kOwnerNone, {});
  ++free_pages;
}

void drop_guarantees(uint32_t pfn, uint32_t keeper) {
  if (pages[pfn].guarantees == 0) return;
  for (uint32_t slot = 1; slot <= kSlots; ++slot)
    for (uint32_t index = 0; index < kVirtualPages; ++index)
      if (slots[slot].guaranteed[index].page == pfn + 1 && slots[slot].id != keeper)
        remove_guarantee(slot, index);
}

void drop_guarantees_by_predicate(uint32_t pfn) {
  if (!pages[pfn].is_bound_by_predicate) return;
  pages[pfn].is_bound_by_predicate = false;
  for (uint32_t slot = 1; slot <= kSlots; ++slot)
    for (uint32_t index = 0; index < kVirtualPages; ++index) {
      const Guarantee& entry = slots[slot].guaranteed[index];
      if (entry.page == pfn + 1 && entry.by_predicate) remove_guarantee(slot, index);
    }
}

void forget_predicate(uint32_t pfn) {
  Page& page = pages[pfn];
  if (page.predicate != 0) --pages[page.predicate].predicated;
  page.predicate = 0;
  page.is_bound_by_predicate = false;
}

void add_guarantee(uint32_t slot, uint32_t index, uint32_t pfn, bool by_predicate) {
  slots[slot].guaranteed[index] = {static_cast<uint16_t>(pfn + 1), by_predicate};
  ++slots[slot].guarantee_count;
  ++pages[pfn].guarantees;
}

void remove_guarantee(uint32_t slot, uint32_t index) {
  Guarantee& entry = slots[slot].guaranteed[index];
  --pages[entry.page - 1].guarantees;
  --slots[slot].guarantee_count;
  entry = {};
}

void set_position(uint32_t position, uint32_t owner) {
  positions_used += (owner != 0) - (positions[position] != 0);
  positions[position] = static_cast<uint8_t>(owner);
}

void wait_for_turn(int32_t entered) {
  for (;;) {
    // Entered by a transfer, or, with 0, in a slice.
    const uint32_t caller = static_cast<uint32_t>(entered) >> EXO_TRANSFER_SHIFT;
    CHECK(is_over || caller == 0 || (is_player(caller) && transfers_to[caller] == self()));
    if (turn == self() || is_over) return;
    entered = test_yield(turn);
  }
}

void let_kernel_work() { wait_for_turn(test_yield(EXO_YIELD_NEXT)); }

exo::SliceRecord slice_at(uint32_t position) {
  return read_entry<exo::SliceRecord>(exo::Exposed::kSlices, position);
}

exo::EnvironmentRecord environment_at(uint32_t id) {
  return read_entry<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, id);
}

void compare_counts() {
  CHECK(machine->pages().free == free_pages);
  CHECK(machine->stock[EXO_RESOURCE_SLICES].free == exo::info().slice_positions - positions_used);
}

/// No lost page, no double owner: the free list and the owners' pages are all that there is.
void compare_all() {
  uint32_t count = 0;
  for (uint32_t pfn = machine->first_free_page; pfn != exo::kNoPage && count <= free_pages;
       pfn = records[pfn].next)
    count += pages[pfn].owner == exo::kOwnerNone;
  CHECK(count == free_pages);
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn) {
    const uint16_t owner = pages[pfn].owner;
    if (owner == exo::kOwnerKernel)
      CHECK(records[pfn].owner != exo::kOwnerNone);
    else
      CHECK(records[pfn].owner == owner && records[pfn].guarantees == pages[pfn].guarantees);
  }
  const uint32_t position = random(kPositions);
  CHECK(slice_at(position).environment == positions[position]);
  const Slot& slot = slots[random_slot()];
  const exo::EnvironmentState state = environment_at(slot.id).state;
  CHECK(state ==
        (slot.info == 0 ? exo::EnvironmentState::kRunning : exo::EnvironmentState::kCreated));
}

}  // namespace model
