// Random calls about pages and bindings; and calls with any words.
#include <initializer_list>

#include "exokernel/tests/random_calls/model.hpp"

namespace model {
namespace {

/// Mostly the same for a page: one that is bound at several places is dear to break.
uint32_t virt_for(uint32_t pfn) {
  return virt_of((random(32) == 0 ? random() : pfn) % kVirtualPages);
}

void allocate_any() {
  const exo::CallResult result = exo::page_alloc(EXO_PAGE_ANY);
  EXPECT(result, free_pages == 0 ? EXO_ERROR_NO_MEMORY : 0);
  if (!result.ok()) return;
  const auto pfn = static_cast<uint32_t>(result.value);
  CHECK(pages[pfn].owner == exo::kOwnerNone);
  own(pfn, self(), result.capability());
  --free_pages;
}

void allocate_named() {
  const uint32_t pfn = random(8) == 0 ? page_count() + random(4) : random_page();
  const exo::CallResult result = exo::page_alloc(pfn);
  if (pfn >= page_count()) return EXPECT(result, EXO_ERROR_BAD_ARGUMENT);
  EXPECT(result, pages[pfn].owner == exo::kOwnerNone ? 0 : EXO_ERROR_BUSY);
  if (!result.ok()) return;
  own(pfn, self(), result.capability());
  --free_pages;
}

void deallocate() {
  const uint32_t pfn = random_page();
  const Attempt with = attempt(pfn);
  const exo::CallResult result = exo::page_dealloc(with.capability);
  EXPECT(result, parting_error(pfn, with.is_genuine));
  if (result.ok()) become_free(pfn);
}

/// The new owner makes itself a capability when it has its turn.
void give() {
  const uint32_t pfn = random_page();
  Slot& to = slots[random_slot()];
  const Attempt with = attempt(pfn);
  const exo::CallResult result = exo::page_give(with.capability, to.capability);
  EXPECT(result, parting_error(pfn, with.is_genuine));
  if (!result.ok()) return;
  drop_guarantees(pfn, to.id);
  forget_predicate(pfn);
  own(pfn, to.id, {});
  for (Guarantee& entry : to.guaranteed)  // the receiver's own from now on
    if (entry.page == pfn + 1) entry.by_predicate = false;
}

/// Of calls that only the owner may make. A page with code is not a page to them.
uint32_t owner_error(uint32_t pfn) {
  if (pages[pfn].owner == exo::kOwnerCode) return EXO_ERROR_BAD_ARGUMENT;
  return pages[pfn].owner == self() ? 0 : EXO_ERROR_NOT_OWNER;
}

void mint() {
  const uint32_t pfn = random_page();
  const exo::CallResult result = exo::page_capability(pfn, kAll);
  EXPECT(result, owner_error(pfn));
  if (result.ok()) pages[pfn].newest = result.capability();
}

void change() {
  const uint32_t pfn = random_page();
  const exo::CallResult result =
      exo::capability_change(exo::capability_word(EXO_KIND_PAGE, 0, pfn));
  EXPECT(result, owner_error(pfn));
  if (!result.ok()) return;
  drop_guarantees(pfn, self());
  own(pfn, self(), result.capability());
}

void derive() {
  const uint32_t pfn = random_page();
  const bool is_code = pages[pfn].owner == exo::kOwnerCode;
  const Attempt with = is_code ? attempt_code(pfn) : attempt(pfn);
  const uint32_t rights = random(9);
  const exo::CallResult result = exo::capability_derive(with.capability, rights);
  if (rights == 0 || rights == 8) return EXPECT(result, EXO_ERROR_BAD_ARGUMENT);
  EXPECT(result, with.is_genuine ? 0 : EXO_ERROR_BAD_CAPABILITY);
}

void bind() {
  const uint32_t pfn = random_page();
  const Attempt with = attempt(pfn);
  const uint32_t flags = random(5);
  const exo::CallResult result = exo::tlb_write(virt_for(pfn), flags, with.capability);
  if (flags == 4) return EXPECT(result, EXO_ERROR_BAD_ARGUMENT);
  EXPECT(result, with.is_genuine ? 0 : EXO_ERROR_BAD_CAPABILITY);
}

void unbind() { EXPECT(exo::tlb_delete(virt_of(random(kVirtualPages))), 0); }

void guarantee() {
  const uint32_t pfn = random_page();
  const uint32_t index = random(kVirtualPages);
  const Attempt with = attempt(pfn);
  const exo::CallResult result = exo::guarantee(virt_of(index), 0u, with.capability);
  EXPECT(result, with.is_genuine ? guarantee_error(self(), index) : EXO_ERROR_BAD_CAPABILITY);
  if (result.ok()) add_guarantee(self(), index, pfn, false);
}

void unguarantee() {
  const uint32_t index = random(kVirtualPages);
  const exo::CallResult result = exo::unguarantee(virt_of(index));
  EXPECT(result, slots[self()].guaranteed[index].page != 0 ? 0 : EXO_ERROR_BAD_ARGUMENT);
  if (result.ok()) remove_guarantee(self(), index);
}

/// Any word in any register. What ends, prints, waits, or needs no capability that the model knows
/// of, is left out: whatever else is asked must be refused, or change nothing in the model.
void anything() {
  const uint32_t call = random(4) == 0 ? random() : random(EXO_SYSCALL_COUNT + 2);
  const auto is_left_out = [](uint32_t number) {
    using exo::Syscall;
    for (const Syscall out :
         {Syscall::k_yield, Syscall::k_env_exit, Syscall::k_console_write, Syscall::k_page_alloc,
          Syscall::k_capability_mint, Syscall::k_capability_change, Syscall::k_unguarantee,
          Syscall::k_sleep, Syscall::k_slice_alloc, Syscall::k_slice_dealloc,
          Syscall::k_page_predicate, Syscall::k_bind_by_predicate})
      if (number == static_cast<uint32_t>(out)) return true;
    return false;
  };
  if (is_left_out(call) || call >> 31 != 0) return;
  exo::CallArguments words;
  for (unsigned index = 0; index < 8; ++index) words.add(random(3) == 0 ? random(64) : random());
  const exo::CallResult result = exo::raw_call<8>(call, words);
  if (call >= EXO_SYSCALL_COUNT) EXPECT(result, EXO_ERROR_BAD_CALL);
}

}  // namespace

const Call kPageCalls[] = {allocate_any, allocate_any, allocate_named, deallocate, give, mint,
                           mint,         change,       derive,         bind,       bind, unbind,
                           guarantee,    unguarantee,  anything,       nullptr};

}  // namespace model
