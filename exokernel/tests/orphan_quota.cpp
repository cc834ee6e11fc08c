// Environments that outlive their creator are charged to the account until they end, and not after
// that.
#include "exokernel/tests/harness/child.hpp"

namespace {

const volatile exo::EnvironmentRecord* records;

exo::CallResult made;
volatile bool is_made;
volatile bool may_end;

void live_on() {
  while (!may_end) test_yield(EXO_YIELD_NEXT);
}

void leave_one_behind() {
  const test::Parts parts = test::make_parts(live_on);
  made = exo::env_create(parts.context, parts.info);
  is_made = true;
  while (!may_end) test_yield(EXO_YIELD_NEXT);
}

uint32_t charged(uint32_t id) { return test::quota_of(id, EXO_RESOURCE_ENVIRONMENTS).used; }

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, 0x30000000);
  const uint32_t own = exo::info().environment;
  for (unsigned round = 0; round < 3; ++round) {
    may_end = false;
    is_made = false;
    const uint32_t before = charged(own);
    const test::Child child = test::create_child(leave_one_behind);
    test::start_child(child);
    while (!is_made) test_yield(EXO_YIELD_NEXT);
    const test::Child orphan =
        test::equip_child(static_cast<uint32_t>(made.value), made.capability());
    test::start_child(orphan);
    CHECK(charged(own) == before + 2);
    CHECK(exo::env_destroy(child.capability).ok());
    CHECK(test::wait_for(child, records) == EXO_STATUS_DESTROYED);
    CHECK(records[orphan.id].state == exo::EnvironmentState::kRunning);
    CHECK(records[orphan.id].owner == orphan.id);
    CHECK(charged(own) == before + 1);
    may_end = true;
    CHECK(test::wait_for(orphan, records) == 0);
    CHECK(charged(own) == before);
  }
}
