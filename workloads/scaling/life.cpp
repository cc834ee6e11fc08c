// One environment more is created, started, has pages taken from it, waits for a transfer of its
// own and is destroyed, by the first, while all others sleep.
#include "exokernel/abi/resources.h"
#include "workloads/scaling/crowd.hpp"

extern "C" {
void scaling_life();
void scaling_slice_start();
void scaling_has_returned();
}

namespace scaling {
namespace {

constexpr uint32_t kHeld = 10;  // more pages than an environment is guaranteed
constexpr uint32_t kTooMany = 1'000;
constexpr uint32_t kShort = 1;             // cycles
constexpr uint32_t kPastDeadline = 1'000;  // rounds of burning
constexpr uint32_t kSharedVirt = 0x56024000;
constexpr uint32_t kTransferBytes = 2048;  // it is not over before the sleep begins
constexpr uint32_t kPages = EXO_RESOURCE_PAGES;

/// What the environment is to do when it next runs, before it yields to the first.
enum class Task : uint8_t { kNothing, kLetDeadlinesPass, kAwaitTransfer };
Task task;
exo::Capability newest;  // of its pages

/// It obeys the request that comes first, and no other.
bool is_obedient;
void on_notice() {
  if (exo::context().notice_kind != EXO_NOTICE_REVOCATION || !is_obedient) return;
  const exo::CallResult freed = exo::page_dealloc(newest);
  scaling_has_returned();
  CHECK(freed.ok());
  is_obedient = false;
}

/// That of the request, and that of the imperative one: then a page is taken.
void let_deadlines_pass() {
  test::burn(kPastDeadline);
  test_yield(EXO_YIELD_NEXT);
  test::burn(kPastDeadline);
  scaling_leave(EXO_YIELD_NEXT, 0, stubs().by_force);
}

void await_transfer() {
  const exo::Capability page = allocate();
  CHECK(exo::dma_copy(page, page, (PAGE_SIZE / 2) << 16, kTransferBytes | EXO_DMA_TELL).ok());
  scaling_leave(EXO_EVENT_DMA, 0, stubs().wakeup);
  CHECK((exo::context().events & EXO_EVENT_DMA) != 0);
  CHECK(exo::page_dealloc(page).ok());
}

void use_address_space() {
  must(stubs().cid_switch, 1u);
  CHECK(exo::cid_switch(0u).ok());
}

void break_guarantee_of(const test::Child& child) {
  const exo::Capability page = allocate();
  must(stubs().env_guarantee, child.capability, kSharedVirt | EXO_MAP_WRITE, page);
  must(stubs().break_guarantee, page);
}

/// And of all that sleep.
void break_guarantee_of_all(const test::Child& child) {
  const exo::Capability page = allocate();
  const auto guarantee_to = [&page](const exo::Capability& environment) {
    CHECK(exo::env_guarantee(environment, kSharedVirt | EXO_MAP_WRITE, page).ok());
  };
  for (uint32_t number = 1; number < crowd.count; ++number)
    guarantee_to(crowd.member[number].capability);
  guarantee_to(child.capability);
  must(stubs().break_guarantees, page);
}

/// Until the first runs in its own slice again; the other's comes before.
void go_round() {
  test_yield(EXO_YIELD_NEXT);
  test_yield(EXO_YIELD_NEXT);
}

/// A slice after the one in which the page has been returned ends the revocation.
void revoke_visibly(const test::Child& child, const exo::Capability& quota) {
  is_obedient = true;
  // What is refused last of all has brought most of the call into the instruction cache, which
  // forgets a page whenever one changes hands.
  CHECK(test::refused(exo::revoke(quota, child.id, kPages, kTooMany, kForever), EXO_ERROR_LIMIT));
  must(stubs().revoke, quota, child.id, kPages, 1u, kForever);
  test_yield(child.id);
  CHECK(!is_obedient);
  go_round();
}

void revoke_by_force(const test::Child& child, const exo::Capability& quota) {
  const uint32_t before = test::pages_of(child.id);
  CHECK(exo::revoke(quota, child.id, kPages, 1u, kShort).ok());
  task = Task::kLetDeadlinesPass;
  test_yield(child.id);
  CHECK(test::pages_of(child.id) == before - 1);
  task = Task::kNothing;
  test_yield(child.id);  // it is told
}

void let_it_wait(const test::Child& child) {
  task = Task::kAwaitTransfer;
  test_sleep(EXO_EVENT_NOTICE, 0);  // until it yields to this one
  task = Task::kNothing;
  test_yield(child.id);
}

}  // namespace

/// Its program.
extern "C" void live() {
  exo::context().slice_start = reinterpret_cast<uint32_t>(&scaling_slice_start);
  test::on_notice(on_notice);
  for (uint32_t count = 0; count < kHeld; ++count) newest = allocate();
  must(stubs().pixels_bind, uint32_t{SCALING_PIXELS_VA}, 0u);
  use_address_space();
  for (;;) {
    test_yield(kFirst);
    if (task == Task::kLetDeadlinesPass) let_deadlines_pass();
    if (task == Task::kAwaitTransfer) await_transfer();
  }
}

exo::Capability quota_capability() {
  const uint32_t word = exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0);
  return exo::capability_mint(word).capability();
}

void live_once() {
  const exo::Capability quota = quota_capability();
  const test::Parts parts = test::make_parts(scaling_life);
  const exo::CallResult made = must(stubs().env_create, parts.context, parts.info);
  const test::Child child = test::equip_child(static_cast<uint32_t>(made.value), made.capability());
  must(stubs().env_start, child.capability);
  task = Task::kNothing;
  scaling_leave(child.id, 0, stubs().first_run);
  break_guarantee_of(child);
  break_guarantee_of_all(child);
  revoke_visibly(child, quota);
  revoke_by_force(child, quota);
  let_it_wait(child);
  must(stubs().page_give, allocate(), child.capability);
  must(stubs().env_destroy, child.capability);
  test_yield(EXO_YIELD_NEXT);  // the first has run in the slice of that one
}

}  // namespace scaling
