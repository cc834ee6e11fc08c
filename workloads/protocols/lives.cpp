// The life of an environment, from its first page to the moment at which nothing is left of it.
#include "workloads/protocols/protocols.hpp"

extern "C" int32_t leave_exit(uint32_t status);

namespace protocols {
namespace {

constexpr uint32_t kMany = 100;

[[gnu::noinline]] void live() {
  EXO_PASSAGE_END("life: from env_start to its first instruction");
  EXO_PASSAGE_BEGIN("life: from env_exit until all is reclaimed");
  leave_exit(0);
}

void wait_until_gone(uint32_t id) {
  while (records[id].state != exo::EnvironmentState::kEnded) test_yield(EXO_YIELD_NEXT);
}

void live_once() {
  EXO_OP_BEGIN("life: in all");
  EXO_OP_BEGIN("life: made");
  const test::Child child = test::create_child(live);
  EXO_OP_END("life: made");
  EXO_PASSAGE_BEGIN("life: from env_start to its first instruction");
  const exo::CallResult started = exo::env_start(child.capability);
  test_yield(child.id);
  wait_until_gone(child.id);
  EXO_PASSAGE_END("life: from env_exit until all is reclaimed");
  EXO_OP_END("life: in all");
  CHECK(started.ok());
}

/// A hundred pages more, each bound where it was before it was given away.
void die_rich() {
  const test::Child child = test::create_child(live);
  for (uint32_t count = 0; count < kMany; ++count)
    CHECK(exo::page_give(allocate(), child.capability).ok());
  EXO_OP_BEGIN("life: destroyed with 100 pages more, until all is reclaimed");
  EXO_OP_BEGIN("life: env_destroy with 100 pages more");
  const exo::CallResult destroyed = exo::env_destroy(child.capability);
  EXO_OP_END("life: env_destroy with 100 pages more");
  wait_until_gone(child.id);
  EXO_OP_END("life: destroyed with 100 pages more, until all is reclaimed");
  CHECK(destroyed.ok());
}

}  // namespace

void live_and_die() {
  live_once();
  die_rich();
}

}  // namespace protocols
