// Random calls about environments that come and go: created from the players' pages, started as
// players, ended by others or by themselves.
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/random_calls/devices.hpp"
#include "exokernel/tests/random_calls/tables.hpp"

namespace model {
namespace {

volatile uint32_t leaving, leaving_status;  // a slot: its environment is about to end

uint32_t free_slot() {
  for (uint32_t slot = kCore + 1; slot <= kSlots; ++slot)
    if (slots[slot].id == 0) return slot;
  return 0;
}

uint32_t part_error(uint32_t pfn, const Attempt& with) {
  if (const uint32_t error = with.error(kAll)) return error;
  if (pages[pfn].owner != self()) return EXO_ERROR_NOT_OWNER;
  return pages[pfn].guarantees != 0 ? EXO_ERROR_BUSY : 0;
}

uint32_t creation_error(uint32_t context, const Attempt& first, uint32_t info,
                        const Attempt& second) {
  if (const uint32_t error = part_error(context, first)) return error;
  if (const uint32_t error = part_error(info, second)) return error;
  if (context == info) return EXO_ERROR_BAD_ARGUMENT;
  const uint32_t caller = slot_of(self());
  if (const uint32_t error = quota_error(caller, EXO_RESOURCE_ENVIRONMENTS, 1)) return error;
  return quota_transfer_error(caller, 0, EXO_RESOURCE_PAGES);
}

/// A page that is the caller's alone is made a context page; true if it was possible.
bool fill_in(uint32_t pfn) {
  const Page& page = pages[pfn];
  if (page.owner != self() || page.guarantees != 0 || page.newest.word[0] == 0) return false;
  if (transfers.uses(pfn) || requests.uses(pfn)) return false;
  test::make_context(page.newest, start_playing);
  return true;
}

void create() {
  const uint32_t number = free_slot();
  if (number == 0) return;
  const uint32_t context = random_page(), info = random_page();
  const bool can_play = fill_in(context);
  const Attempt first = attempt(context), second = attempt(info);
  const uint32_t error = creation_error(context, first, info, second);
  const exo::CallResult result = CALL(env_create, first.capability, second.capability);
  EXPECT(result, error);
  if (!result.ok()) return;
  Slot& slot = slots[number];
  slot = {};
  slot.id = static_cast<uint16_t>(result.value);
  slot.owner = slot.creator = static_cast<uint16_t>(self());
  slot.account = own_slot().account;
  slot.context = static_cast<uint16_t>(context);
  slot.info = static_cast<uint16_t>(info);
  slot.guarantee_count = 2;
  slot.capability = result.capability();
  transfers_to[number] = 0;
  charge(self(), EXO_RESOURCE_ENVIRONMENTS, 1);
  break_bindings(context, 0);
  own(context, slot.id, {});
  ++pages[context].guarantees;
  break_bindings(info, 0);
  own(info, exo::kOwnerKernel, {});
  if (can_play && random(4) != 0) equip(slot);
}

uint32_t random_guest() { return kCore + 1 + random(kSlots - kCore); }

/// Only those that can play are started; others may be asked for with what does not suffice.
void start() {
  const uint32_t number = random(4) == 0 ? random_slot() : random_guest();
  Slot& slot = slots[number];
  const uint32_t position = first_free_position();
  if (slot.id == 0 || position == kPositions) return;
  const Attempt with = attempt_environment(number);
  uint32_t error = with.error(EXO_RIGHT_WRITE);
  if (error == 0 && slot.is_started) error = EXO_ERROR_BUSY;
  if (error == 0) error = quota_error(number, EXO_RESOURCE_SLICES, 1);
  if (error == 0 && !slot.is_equipped) return;
  const exo::CallResult result = CALL(env_start, with.capability);
  EXPECT(result, error);
  if (!result.ok()) return;
  CHECK(static_cast<uint32_t>(result.value) == position);
  set_position(position, slot.id);
  slot.is_started = true;
}

void destroy() {
  const uint32_t number = random_guest();
  Slot& slot = slots[number];
  if (slot.id == 0 || random(2) == 0) return;
  const Attempt with = attempt_environment(number);
  const uint32_t error = with.error(EXO_RIGHT_FREE);
  if (error == 0 && slot.id == self()) announce_end(number, EXO_STATUS_DESTROYED);
  const exo::CallResult result = CALL(env_destroy, with.capability);
  EXPECT(result, error);
  if (result.ok()) finish_end(number, EXO_STATUS_DESTROYED);
}

void leave() {
  const uint32_t number = slot_of(self());
  if (is_core(number) || random(2) == 0) return;
  const uint32_t status = random(512);
  announce_end(number, status < 255 ? status : 255);
  ++draws[static_cast<uint32_t>(exo::Syscall::k_env_exit)].accepted;
  exo::env_exit(status);
  CHECK(false);
}

/// Who has been created by it and not started has ended too; others belong to themselves.
void end_children_of(uint32_t id) {
  for (uint32_t number = 1; number <= kSlots; ++number) {
    Slot& child = slots[number];
    if (child.id == 0 || child.id == id) continue;
    if (child.owner == id) child.owner = child.id;
    if (child.creator != id) continue;
    charge(id, EXO_RESOURCE_ENVIRONMENTS, -1);
    child.creator = child.id;
    charge(child.id, EXO_RESOURCE_ENVIRONMENTS, 1);
    if (!child.is_started) finish_end(number, EXO_STATUS_DESTROYED);
  }
}

void end_pages_of(Slot& slot) {
  for (uint32_t index = 0; index < kVirtualPages; ++index)
    if (slot.guaranteed[index].page != 0) remove_guarantee(slot, index);
  --pages[slot.context].guarantees;
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn)
    if (pages[pfn].owner == slot.id) become_free(pfn);
  become_free(slot.info);
}

}  // namespace

void announce_end(uint32_t slot, uint32_t status) {
  leaving_status = status;
  leaving = slot;
  turn = 1 + random(kCore);
}

void finish_end(uint32_t number, uint32_t status) {
  Slot& slot = slots[number];
  const uint32_t id = slot.id;
  const volatile exo::EnvironmentRecord& record = environment_record(id);
  while (record.state != exo::EnvironmentState::kEnded) let_kernel_work();
  CHECK(record.state == exo::EnvironmentState::kEnded && record.status == status);
  for (uint32_t position = 0; position < kPositions; ++position)
    if (positions[position] == id) set_position(position, 0);
  end_devices_of(id);
  end_code_of(id);
  end_pages_of(slot);
  end_children_of(id);
  for (uint32_t other = 1; other <= kSlots; ++other)
    if (slots[other].id != 0 && other != number && slots[other].account == number) separate(other);
  charge(slot.creator, EXO_RESOURCE_ENVIRONMENTS, -1);
  for (const uint32_t units : slot.own) CHECK(units == 0);
  if (arbiter == id) arbiter = 0;
  slot = {};
}

void wait_for_turn(int32_t entered) {
  for (;;) {
    // Entered by a transfer, or, with 0, in a slice.
    const uint32_t caller = static_cast<uint32_t>(entered) >> EXO_TRANSFER_SHIFT;
    const uint32_t slot = slot_of(caller);
    CHECK(is_over || caller == 0 || slot == 0 || transfers_to[slot] == self());
    if (turn == self() || is_over) break;
    entered = test_yield(turn);
  }
  if (leaving == 0 || is_over) return;
  const uint32_t slot = leaving;
  leaving = 0;
  finish_end(slot, leaving_status);
}

void let_kernel_work() { wait_for_turn(test_yield(EXO_YIELD_NEXT)); }

const Call kEnvironmentCalls[] = {create, start, start, destroy, leave, nullptr};

}  // namespace model
