// What the kernel's primitives cost with 1, 2, 4, ... 256 environments: for the tables in
// docs/exokernel.md (.ci/gen_scaling.py). All take turns, each of which uses the primitives once
// and reads a page of its own; then all are under revocation; then all but the first sleep, while
// that one creates one environment more and destroys it. It is to run with slices that are longer
// than any turn.
#include "exokernel/abi/resources.h"
#include "workloads/scaling/crowd.hpp"

extern "C" {
#define STUBS(count) extern const scaling::Stubs stubs_##count;
STUBS(0)
STUBS(1)
STUBS(2)
STUBS(4)
STUBS(8)
STUBS(16)
STUBS(32)
STUBS(64)
STUBS(128)
STUBS(256)
#undef STUBS
}

namespace scaling {

Crowd crowd;

namespace {

struct Stage {
  uint32_t environments;
  uint32_t rounds;  // a multiple of 4, so that each has all that take turns in them
  const Stubs* stubs;
};
constexpr Stage kStages[] = {
    {1, 32, &stubs_1},  {2, 16, &stubs_2},    {4, 16, &stubs_4},
    {8, 8, &stubs_8},   {16, 8, &stubs_16},   {32, 8, &stubs_32},
    {64, 4, &stubs_64}, {128, 4, &stubs_128}, {256, 4, &stubs_256},
};
constexpr unsigned kWarmUp = 2;  // rounds before those of a stage, with stubs_0
constexpr unsigned kRepeated = 8;

void act() {
  switch (crowd.mode) {
    case Mode::kNothing:
      break;
    case Mode::kTurns:
      return take_turn();
    case Mode::kSleep:
      test_sleep(EXO_EVENT_NOTICE, 0);
      test_yield(kFirst);
      return;
    case Mode::kYield:
      scaling_leave(EXO_YIELD_NEXT, 0, stubs().yield_revoked);
      return;
    case Mode::kReturn:
      CHECK(exo::tile_dealloc(kept(SCALING_TILE)).ok());
      break;
    case Mode::kTake:
      keep(SCALING_TILE, exo::tile_alloc(EXO_TILE_ANY, 0u).capability());
      break;
  }
  test_yield(EXO_YIELD_NEXT);
}

void be_one_of_many() {
  prepare();
  test_yield(EXO_YIELD_NEXT);
  for (;;) act();
}

/// The others act, too, before the first runs again.
void all_act(Mode mode, unsigned rounds) {
  crowd.mode = mode;
  for (unsigned round = 0; round < rounds; ++round) {
    crowd.round = round;
    act();
  }
}

void join(const test::Child& child) {
  crowd.number[child.id] = static_cast<uint16_t>(crowd.count);
  crowd.member[crowd.count++] = child;
}

void create_up_to(uint32_t count) {
  while (crowd.count < count) {
    const test::Child child = test::create_child(be_one_of_many);
    join(child);
    test::start_child(child);
  }
  all_act(Mode::kNothing, 1);  // the new ones prepare
}

/// Each is asked for its tile, and returns it in the end.
void revoke_from_all() {
  const exo::Capability quota = quota_capability();
  for (uint32_t number = 0; number < crowd.count; ++number)
    CHECK(exo::revoke(quota, crowd.member[number].id, uint32_t{EXO_RESOURCE_TILES}, 1u, kForever)
              .ok());
  all_act(Mode::kYield, 2);
  all_act(Mode::kReturn, 1);
  all_act(Mode::kTake, 1);
}

void send_to_sleep() {
  crowd.mode = Mode::kSleep;
  test_yield(EXO_YIELD_NEXT);
}
void wake_up() {
  crowd.mode = Mode::kTurns;
  for (uint32_t number = 1; number < crowd.count; ++number) test_yield(crowd.member[number].id);
}

void run(const Stage& stage) {
  crowd.stubs = &stubs_0;
  create_up_to(stage.environments);
  all_act(Mode::kTurns, kWarmUp);
  crowd.stubs = stage.stubs;
  all_act(Mode::kTurns, stage.rounds);
  miss_tlb();
  revoke_from_all();
  send_to_sleep();
  for (unsigned round = 0; round < kRepeated; ++round) {
    scaling_leave(EXO_YIELD_NEXT, 0, stubs().yield_past);
    live_once();
  }
  wake_up();
}

}  // namespace
}  // namespace scaling

void run_tests() {
  using namespace scaling;
  join({.id = exo::info().environment, .capability = {}, .stack = 0});
  prepare();
  for (const Stage& stage : kStages) run(stage);
  for (uint32_t number = 1; number < crowd.count; ++number)
    CHECK(exo::env_destroy(crowd.member[number].capability).ok());
}
