// Random calls about pages and bindings; and calls with any words.
#include <initializer_list>

#include "exokernel/tests/random_calls/model.hpp"

namespace model {
namespace {

/// Mostly the same for a page: one that is bound at several places is dear to break.
uint32_t virt_for(uint32_t pfn) {
  return virt_of((random(32) == 0 ? random() : pfn) % kVirtualPages);
}

uint32_t allocation_error() { return quota_error(slot_of(self()), EXO_RESOURCE_PAGES, 1); }

void allocate_any() {
  const exo::CallResult result = CALL(page_alloc, EXO_PAGE_ANY);
  EXPECT(result,
         free_units[EXO_RESOURCE_PAGES] == 0 ? uint32_t{EXO_ERROR_NO_MEMORY} : allocation_error());
  if (!result.ok()) return;
  const auto pfn = static_cast<uint32_t>(result.value);
  CHECK(pages[pfn].owner == exo::kOwnerNone);
  own(pfn, self(), result.capability());
}

void allocate_named() {
  const uint32_t pfn = random(8) == 0 ? page_count() + random(4) : random_page();
  const exo::CallResult result = CALL(page_alloc, pfn);
  if (pfn >= page_count()) return EXPECT(result, EXO_ERROR_BAD_ARGUMENT);
  const bool is_free = pages[pfn].owner == exo::kOwnerNone;
  EXPECT(result, is_free ? allocation_error() : uint32_t{EXO_ERROR_BUSY});
  if (result.ok()) own(pfn, self(), result.capability());
}

void deallocate() {
  const uint32_t pfn = random_page();
  const Attempt with = attempt(pfn);
  const exo::CallResult result = CALL(page_dealloc, with.capability);
  EXPECT(result, parting_error(pfn, with));
  if (result.ok()) become_free(pfn);
}

/// The new owner makes itself a capability when it has its turn.
void give() {
  const uint32_t pfn = random_page();
  const uint32_t number = random_slot();
  Slot& to = slots[number];
  const Attempt with = attempt(pfn), receiver = attempt_environment(number);
  const exo::CallResult result = CALL(page_give, with.capability, receiver.capability);
  uint32_t error = parting_error(pfn, with);
  if (error == 0) error = receiver.error(EXO_RIGHT_WRITE);
  if (error == 0) error = quota_transfer_error(slot_of(self()), number, EXO_RESOURCE_PAGES);
  EXPECT(result, error);
  if (!result.ok()) return;
  break_bindings(pfn, to.id);
  forget_predicate(pfn);
  own(pfn, to.id, {});
  for (Guarantee& entry : to.guaranteed)  // the receiver's own from now on
    if (entry.page == pfn + 1) entry.by_predicate = false;
}

/// Of flags and a capability, if the address is right.
uint32_t binding_error(uint32_t flags, const Attempt& with) {
  if (flags > (EXO_MAP_WRITE | EXO_MAP_UNCACHED)) return EXO_ERROR_BAD_ARGUMENT;
  const uint32_t write = (flags & EXO_MAP_WRITE) != 0 ? EXO_RIGHT_WRITE : 0;
  return with.error(EXO_RIGHT_READ | write);
}

void bind() {
  const uint32_t pfn = random_page();
  const Attempt with = attempt(pfn);
  const uint32_t flags = random(5);
  const exo::CallResult result = CALL(tlb_write, virt_for(pfn), flags, with.capability);
  EXPECT(result, binding_error(flags, with));
}

/// Page addresses that nothing may be bound at, or that are kept.
uint32_t wrong_virt(uint32_t& error) {
  error = EXO_ERROR_BAD_ADDRESS;
  switch (random(4)) {
    case 0:
      return test::kVirt + 1 + random(PAGE_SIZE - 1);
    case 1:
      return 0;
    case 2:
      return 0x80000000 | virt_of(random(kVirtualPages));
    default:
      error = EXO_ERROR_BUSY;
      return random(2) == 0 ? EXO_CONTEXT_VA : EXO_INFO_VA;
  }
}

void unbind() {
  uint32_t error;
  const uint32_t wrong = wrong_virt(error);
  if (random(4) != 0 || error == EXO_ERROR_BUSY)
    EXPECT(CALL(tlb_delete, virt_of(random(kVirtualPages))), 0);
  else
    EXPECT(CALL(tlb_delete, wrong), error);
}

void guarantee() {
  const uint32_t pfn = random_page();
  const uint32_t index = random(kVirtualPages), flags = random(5);
  const Attempt with = attempt(pfn);
  uint32_t error = binding_error(flags, with);
  if (error == 0) error = guarantee_error(own_slot(), index);
  uint32_t virt = virt_of(index);
  if (random(16) == 0) virt = wrong_virt(error);
  const exo::CallResult result = CALL(guarantee, virt, flags, with.capability);
  EXPECT(result, error);
  if (result.ok()) add_guarantee(own_slot(), index, pfn, false);
}

void unguarantee() {
  const uint32_t index = random(kVirtualPages);
  uint32_t error = own_slot().guaranteed[index].page != 0 ? 0 : EXO_ERROR_BAD_ARGUMENT;
  uint32_t virt = virt_of(index);
  if (random(16) == 0) virt = wrong_virt(error);
  const exo::CallResult result = CALL(unguarantee, virt);
  EXPECT(result, error);
  if (result.ok()) remove_guarantee(own_slot(), index);
}

void guarantee_in() {
  const uint32_t to = random_slot();
  const uint32_t pfn = random_page();
  const uint32_t index = random(kVirtualPages), flags = random(5);
  const Attempt environment = attempt_environment(to), page = attempt(pfn);
  const exo::CallResult result =
      CALL(env_guarantee, environment.capability, virt_of(index) | flags, page.capability);
  uint32_t error = environment.error(EXO_RIGHT_WRITE);
  if (error == 0) error = binding_error(flags, page);
  if (error == 0) error = guarantee_error(slots[to], index);
  EXPECT(result, error);
  if (result.ok()) add_guarantee(slots[to], index, pfn, false);
}

/// Calls that need no capability, or none that the model knows of, and change something.
bool is_left_out(uint32_t number) {
  using exo::Syscall;
  for (const Syscall out :
       {Syscall::k_yield, Syscall::k_env_exit, Syscall::k_console_write, Syscall::k_page_alloc,
        Syscall::k_capability_mint, Syscall::k_capability_change, Syscall::k_unguarantee,
        Syscall::k_sleep, Syscall::k_slice_alloc, Syscall::k_slice_dealloc,
        Syscall::k_page_predicate, Syscall::k_bind_by_predicate, Syscall::k_fpu_mod,
        Syscall::k_extent_alloc, Syscall::k_tile_alloc, Syscall::k_cid_switch,
        Syscall::k_interrupt_bind})
    if (number == static_cast<uint32_t>(out)) return true;
  return false;
}

/// Any word in any register: whatever is asked must be refused, or change nothing in the model.
void anything() {
  const uint32_t call = random(4) == 0 ? random() : random(EXO_SYSCALL_COUNT + 2);
  if (is_left_out(call) || call >> 31 != 0) return;
  exo::CallArguments words;
  for (unsigned index = 0; index < 8; ++index) words.add(random(3) == 0 ? random(64) : random());
  const exo::CallResult result = exo::raw_call<8>(call, words);
  if (call >= EXO_SYSCALL_COUNT) EXPECT(result, EXO_ERROR_BAD_CALL);
}

}  // namespace

const Call kPageCalls[] = {allocate_any, allocate_any, allocate_any, allocate_named, deallocate,
                           give,         bind,         bind,         unbind,         guarantee,
                           unguarantee,  guarantee_in, anything,     nullptr};

}  // namespace model
