// An id is given out 65,535 times, and then no more: a page's record tells the environments that
// have had the id apart by their lives. With two environments at once the other's id can be used
// up, with one there is no other.
// options: --set arguments=environments=2 --set timing.engine=ideal --set memory.size=2MiB
// options: --set arguments=environments=1
// cycles: 2G
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kOther = 2;  // the id
constexpr uint32_t kLivesMax = 65535;

const volatile exo::SystemRecord* machine;
const volatile exo::EnvironmentRecord* records;

test::Parts allocate_parts() {
  return {exo::page_alloc(EXO_PAGE_ANY).capability(), exo::page_alloc(EXO_PAGE_ANY).capability()};
}

/// What a refused creation must not change.
struct State {
  uint32_t free[EXO_RESOURCE_COUNT], promised[EXO_RESOURCE_COUNT];
  uint32_t own[EXO_RESOURCE_COUNT], used[EXO_RESOURCE_COUNT];
  uint32_t lives, state;
  uint32_t context_owner, info_owner;

  bool operator==(const State&) const = default;
};

State state_now(const test::Parts& parts, const volatile exo::PageRecord* pages) {
  State now = {};
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource) {
    const volatile exo::QuotaRecord& own = test::quota_of(exo::info().environment, resource);
    now.free[resource] = machine->stock[resource].free;
    now.promised[resource] = machine->stock[resource].promised;
    now.own[resource] = own.own;
    now.used[resource] = own.used;
  }
  now.lives = records[kOther].lives;
  now.state = static_cast<uint32_t>(records[kOther].state);
  now.context_owner = pages[parts.context.index()].owner;
  now.info_owner = pages[parts.info.index()].owner;
  return now;
}

void only_one_is_left() {
  CHECK(exo::info().environment == 1 && exo::info().environment_max == kOther);
  CHECK(machine->stock[EXO_RESOURCE_ENVIRONMENTS].free == 1);
  CHECK(records[kOther].lives == 0);
}

/// True if the id's next life begins and ends as it should; `last` is the capability of the one
/// before.
bool lives(uint32_t life, exo::Capability& last) {
  const test::Parts parts = allocate_parts();
  const exo::CallResult made = exo::env_create(parts.context, parts.info);
  if (!made.ok() || made.value != static_cast<int32_t>(kOther)) return false;
  const exo::Capability capability = made.capability();
  const bool is_new = records[kOther].lives == life && capability.word[1] != last.word[1] &&
                      refused(exo::env_destroy(last), EXO_ERROR_BAD_CAPABILITY);
  last = capability;
  return is_new && exo::env_destroy(capability).ok();
}

/// All of them; the last capability.
exo::Capability use_up() {
  exo::Capability last = {};
  uint32_t life = 1;
  while (life <= kLivesMax && lives(life, last)) ++life;
  CHECK(life == kLivesMax + 1);
  return last;
}

void has_no_more(const exo::Capability& last) {
  const auto* const pages =
      test::bind_table<exo::PageRecord>(exo::Exposed::kPages, kTables + 0x8000);
  const test::Parts parts = allocate_parts();
  const State before = state_now(parts, pages);
  CHECK(before.lives == kLivesMax && before.free[EXO_RESOURCE_ENVIRONMENTS] == 1);
  CHECK(before.own[EXO_RESOURCE_ENVIRONMENTS] == 0);
  CHECK(before.context_owner == 1 && before.info_owner == 1);
  for (unsigned tries = 0; tries < 2; ++tries)
    CHECK(refused(exo::env_create(parts.context, parts.info), EXO_ERROR_LIMIT));
  CHECK(state_now(parts, pages) == before);
  CHECK(refused(exo::env_destroy(last), EXO_ERROR_BAD_CAPABILITY));
  CHECK(test_yield(kOther) == -EXO_ERROR_NO_ENVIRONMENT);
  CHECK(exo::page_dealloc(parts.context).ok() && exo::page_dealloc(parts.info).ok());
}

void is_alone() {
  const test::Parts parts = allocate_parts();
  CHECK(machine->stock[EXO_RESOURCE_ENVIRONMENTS].free == 0);
  CHECK(refused(exo::env_create(parts.context, parts.info), EXO_ERROR_QUOTA));
  CHECK(exo::page_dealloc(parts.context).ok() && exo::page_dealloc(parts.info).ok());
}

void goes_on() {
  const uint32_t slices = test::slices();
  CHECK(test_yield(EXO_YIELD_NEXT) == 0);
  test::burn(exo::info().cpu_hz / 100);
  CHECK(test::slices() > slices && exo::env_id().value == 1);
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables + 0x4000);
  if (exo::info().environment_max == 1) {
    is_alone();
  } else {
    only_one_is_left();
    has_no_more(use_up());
  }
  goes_on();
}
