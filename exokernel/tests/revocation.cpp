// revoke: an environment that returns what it is asked for, one that does so only when pressed, one
// that does not; each refusal; what the abort protocol takes, saves, tells and leaves.
#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kPages = EXO_RESOURCE_PAGES;
constexpr uint32_t kChildPages = 20;
constexpr uint32_t kWanted = 5;
constexpr uint32_t kLong = 100'000'000;  // cycles: far more than the test takes
constexpr uint32_t kShort = 1;

const volatile exo::EnvironmentRecord* records;
exo::Capability quota;

// What the child does with notices, and what it has seen of them. It shares the test's data.
enum class Answer { kNone, kReturnWhenAsked, kReturnWhenPressed, kIgnore };
volatile Answer answer;
volatile uint32_t seen[5];  // notices by kind
volatile uint32_t last_count, last_resource, last_time;
volatile bool may_end;
exo::Capability child_pages[kChildPages];
uint32_t child_page_count;
volatile uint32_t saved_in, taken_first;

void return_pages(uint32_t count) {
  for (uint32_t index = 0; index < count && child_page_count > 0; ++index)
    CHECK(exo::page_dealloc(child_pages[--child_page_count]).ok());
}

void on_notice() {
  const volatile exo::Context& context = exo::context();
  const uint32_t kind = context.notice_kind;
  seen[kind] = seen[kind] + 1;
  last_count = context.notice_count;
  last_resource = context.notice_resource;
  last_time = context.notice_time;
  const bool returns = (kind == EXO_NOTICE_REVOCATION && answer == Answer::kReturnWhenAsked) ||
                       (kind == EXO_NOTICE_IMPERATIVE && answer != Answer::kIgnore);
  if (returns) return_pages(context.notice_count);
}

/// Its pages hold their own numbers.
void hold_pages() {
  child_page_count = 0;
  for (exo::Capability& page : child_pages) {
    page = exo::page_alloc(EXO_PAGE_ANY).capability();
    CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page).ok());
    test::poke(test::kVirt, page.index());
    ++child_page_count;
  }
  // One of them is to receive the state of the first that is taken.
  saved_in = child_pages[0].index();
  exo::context().save_pages[0] = saved_in;
  exo::context().save_pages[1] = 0;  // nothing
  exo::context().save_pages[2] = 1;  // not its own
  exo::context().save_pages[3] = exo::info().page_count;
  test::on_notice(on_notice);
  while (!may_end) test_yield(EXO_YIELD_NEXT);
  const volatile exo::Context& context = exo::context();
  if (seen[EXO_NOTICE_REPOSSESSION] == 0) return;
  CHECK(context.repossessed == kWanted);
  CHECK(context.save_pages[0] == 0);
  for (uint32_t index = 0; index < kWanted; ++index) {
    const uint32_t pfn = context.repossession[index].what & 0x0fffffff;
    CHECK(context.repossession[index].what >> 28 == kPages);
    CHECK(context.repossession[index].saved == (index == 0 ? saved_in : 0));
    const uint32_t rights = EXO_RIGHT_READ;
    CHECK(refused(exo::page_capability(pfn, rights), EXO_ERROR_NOT_OWNER));
    if (index != 0) continue;
    CHECK(exo::tlb_write(test::kVirt, 0u, child_pages[0]).ok());
    CHECK(test::word_at(test::kVirt) == pfn);
    taken_first = pfn;
  }
}

test::Child start(Answer with) {
  answer = with;
  may_end = false;
  for (volatile uint32_t& count : seen) count = 0;
  const test::Child child = test::create_child(hold_pages);
  test::start_child(child);
  test_yield(EXO_YIELD_NEXT);
  CHECK(test::pages_of(child.id) == kChildPages + 2);
  return child;
}

void end(const test::Child& child) {
  may_end = true;
  CHECK(test::wait_for(child, records) == 0);
}

exo::CallResult revoke(const test::Child& child, uint32_t count, uint32_t cycles) {
  return exo::revoke(quota, child.id, kPages, count, cycles);
}

/// Of the timer's counter.
uint32_t now() {
  constexpr uint32_t kTimer = test::kVirt + PAGE_SIZE;
  return exo::ticks(kTimer + static_cast<uint32_t>(exo::timer_bind(kTimer).value));
}

void returns_when_asked() {
  const test::Child child = start(Answer::kReturnWhenAsked);
  const uint32_t before = now();
  CHECK(revoke(child, kWanted, kLong).value == 0);
  const uint32_t after = now();
  CHECK(refused(revoke(child, 1, kLong), EXO_ERROR_BUSY));
  test_yield(EXO_YIELD_NEXT);
  CHECK(seen[EXO_NOTICE_REVOCATION] == 1);
  CHECK(last_count == kWanted && last_resource == kPages);
  const uint32_t period = kLong / (exo::info().cpu_hz / exo::info().timer_hz);
  CHECK(last_time - before >= period - 1 && last_time - after <= period + 2);
  CHECK(test::pages_of(child.id) == kChildPages + 2 - kWanted);
  test_yield(EXO_YIELD_NEXT);
  CHECK(seen[EXO_NOTICE_IMPERATIVE] == 0 && seen[EXO_NOTICE_REPOSSESSION] == 0);
  CHECK(revoke(child, 1, kLong).ok());  // the first one is over
  end(child);
}

void returns_when_pressed() {
  const test::Child child = start(Answer::kReturnWhenPressed);
  CHECK(revoke(child, kWanted, kShort).ok());
  test_yield(EXO_YIELD_NEXT);
  CHECK(test::pages_of(child.id) > kChildPages + 2 - kWanted || seen[EXO_NOTICE_IMPERATIVE] == 1);
  test_yield(EXO_YIELD_NEXT);
  CHECK(seen[EXO_NOTICE_IMPERATIVE] == 1);
  CHECK(test::pages_of(child.id) == kChildPages + 2 - kWanted);
  CHECK(seen[EXO_NOTICE_REPOSSESSION] == 0);
  end(child);
}

void is_taken_by_force() {
  const test::Child child = start(Answer::kIgnore);
  CHECK(revoke(child, kWanted, kShort).ok());
  for (unsigned slice = 0; slice < 5; ++slice) test_yield(EXO_YIELD_NEXT);
  CHECK(seen[EXO_NOTICE_REPOSSESSION] == 1);
  CHECK(last_count == kWanted && last_resource == kPages);
  CHECK(test::pages_of(child.id) == kChildPages + 2 - kWanted);
  end(child);
  CHECK(taken_first != 0);
}

/// Nobody has to listen: an environment without notice_entry loses its pages all the same.
void needs_no_listener() {
  const test::Child child = start(Answer::kNone);
  CHECK(revoke(child, kWanted, kShort).ok());
  answer = Answer::kIgnore;
  for (unsigned slice = 0; slice < 5; ++slice) test_yield(EXO_YIELD_NEXT);
  CHECK(test::pages_of(child.id) == kChildPages + 2 - kWanted);
  CHECK(exo::env_destroy(child.capability).ok());
}

void leaves_the_guaranteed_minimum() {
  const test::Child child = start(Answer::kIgnore);
  const uint32_t above = kChildPages + 2 - EXO_GUARANTEED_PAGES;
  CHECK(refused(revoke(child, above + 1, kShort), EXO_ERROR_LIMIT));
  CHECK(exo::quota_set(quota, child.id, kPages, kChildPages, EXO_NO_LIMIT, 1u).ok());
  CHECK(refused(revoke(child, 3, kShort), EXO_ERROR_LIMIT));
  CHECK(revoke(child, 2, kShort).ok());
  for (unsigned slice = 0; slice < 5; ++slice) test_yield(EXO_YIELD_NEXT);
  CHECK(test::pages_of(child.id) == kChildPages);
  CHECK(refused(revoke(child, 1, kShort), EXO_ERROR_LIMIT));
  CHECK(exo::env_destroy(child.capability).ok());
}

void refuses() {
  const test::Child child = start(Answer::kIgnore);
  const exo::Capability weak = exo::capability_derive(quota, EXO_RIGHT_READ).capability();
  CHECK(refused(exo::revoke(weak, child.id, kPages, 1u, kShort), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::revoke(exo::Capability{}, child.id, kPages, 1u, kShort),
                EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::revoke(quota, 0u, kPages, 1u, kShort), EXO_ERROR_NO_ENVIRONMENT));
  CHECK(refused(exo::revoke(quota, child.id + 1, kPages, 1u, kShort), EXO_ERROR_NO_ENVIRONMENT));
  CHECK(refused(exo::revoke(quota, child.id, 2u, 1u, kShort), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::revoke(quota, child.id, kPages, 0u, kShort), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::revoke(quota, child.id, EXO_RESOURCE_SLICES, 1u, kShort), EXO_ERROR_LIMIT));
  CHECK(exo::env_destroy(child.capability).ok());
}

/// One that ends while it is asked takes the request with it.
void ends_with_the_environment() {
  const test::Child child = start(Answer::kIgnore);
  CHECK(revoke(child, kWanted, kLong).ok());
  CHECK(exo::env_destroy(child.capability).ok());
  for (unsigned slice = 0; slice < 3; ++slice) test_yield(EXO_YIELD_NEXT);
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  returns_when_asked();
  returns_when_pressed();
  is_taken_by_force();
  needs_no_listener();
  leaves_the_guaranteed_minimum();
  refuses();
  ends_with_the_environment();
}
