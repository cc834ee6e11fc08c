// Random calls about environments that are never started: created from the players' pages, given
// others, destroyed; and the revocation of their pages.
#include "exokernel/tests/random_calls/model.hpp"

namespace model {
namespace {

uint32_t free_slot() {
  for (uint32_t slot = kPlayers + 1; slot <= kSlots; ++slot)
    if (slots[slot].id == 0) return slot;
  return 0;
}

uint32_t part_error(uint32_t pfn, bool is_genuine) {
  if (!is_genuine) return EXO_ERROR_BAD_CAPABILITY;
  if (pages[pfn].owner != self()) return EXO_ERROR_NOT_OWNER;
  return pages[pfn].guarantees != 0 ? EXO_ERROR_BUSY : 0;
}

void create() {
  const uint32_t slot = free_slot();
  if (slot == 0) return;
  const uint32_t context = random_page(), info = random_page();
  const Attempt first = attempt(context), second = attempt(info);
  const exo::CallResult result = exo::env_create(first.capability, second.capability);
  uint32_t error = part_error(context, first.is_genuine);
  if (error == 0) error = part_error(info, second.is_genuine);
  if (error == 0 && context == info) error = EXO_ERROR_BAD_ARGUMENT;
  EXPECT(result, error);
  if (!result.ok()) return;
  const auto id = static_cast<uint16_t>(result.value);
  slots[slot] = {.id = id,
                 .context = static_cast<uint16_t>(context),
                 .info = static_cast<uint16_t>(info),
                 .guarantee_count = 2,
                 .capability = result.capability(),
                 .guaranteed = {}};
  own(context, id, {});
  ++pages[context].guarantees;
  own(info, exo::kOwnerKernel, {});
}

void destroy() {
  const uint32_t number = kPlayers + 1 + random(kSlots - kPlayers);
  Slot& slot = slots[number];
  if (slot.id == 0 || random(2) == 0) return;
  const Attempt with = attempt_environment(number);
  const exo::CallResult result = exo::env_destroy(with.capability);
  EXPECT(result, with.is_genuine ? 0 : EXO_ERROR_BAD_CAPABILITY);
  if (!result.ok()) return;
  while (environment_at(slot.id).state == exo::EnvironmentState::kEnding) let_kernel_work();
  for (uint32_t index = 0; index < kVirtualPages; ++index)
    if (slot.guaranteed[index].page != 0) remove_guarantee(number, index);
  --pages[slot.context].guarantees;
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn)
    if (pages[pfn].owner == slot.id) become_free(pfn);
  become_free(slot.info);
  slot = {};
}

void guarantee_in() {
  const uint32_t to = random_slot();
  const uint32_t pfn = random_page();
  const uint32_t index = random(kVirtualPages);
  const Attempt environment = attempt_environment(to), page = attempt(pfn);
  const exo::CallResult result =
      exo::env_guarantee(environment.capability, virt_of(index), page.capability);
  const bool is_genuine = environment.is_genuine && page.is_genuine;
  EXPECT(result, is_genuine ? guarantee_error(to, index) : EXO_ERROR_BAD_CAPABILITY);
  if (result.ok()) add_guarantee(to, index, pfn, false);
}

/// The pages that the kernel has taken: so many, and none but the environment's.
void note_taken(const Slot& slot, uint32_t count) {
  uint32_t taken = 0;
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn) {
    if (pages[pfn].owner != slot.id || records[pfn].owner == slot.id) continue;
    CHECK(records[pfn].owner == exo::kOwnerNone);
    become_free(pfn);
    ++taken;
  }
  CHECK(taken == count);
}

/// Takes some by force; what the kernel guarantees to everyone is left.
void take_pages() {
  const uint32_t number = kPlayers + 1 + random(kSlots - kPlayers);
  const Slot& slot = slots[number];
  if (slot.id == 0) return;
  uint32_t own_pages = 0;
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn) own_pages += pages[pfn].owner == slot.id;
  const uint32_t count = 1 + random(3);
  const exo::CallResult result =
      exo::revoke(quota, slot.id, uint32_t{EXO_RESOURCE_PAGES}, count, 1u);
  EXPECT(result, own_pages >= EXO_GUARANTEED_PAGES + count ? 0 : EXO_ERROR_LIMIT);
  if (!result.ok()) return;
  for (uint32_t tries = 0; machine->pages().free < free_pages + count && tries < 1000; ++tries)
    let_kernel_work();
  note_taken(slot, count);
}

}  // namespace

const Call kEnvironmentCalls[] = {create, destroy, guarantee_in, guarantee_in, take_pages, nullptr};

}  // namespace model
