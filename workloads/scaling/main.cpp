// What the kernel's primitives cost with 1, 2, 4, ... 256 environments that take turns, each of
// which uses all of them once and reads a page of its own: for the table in docs/exokernel.md
// (.ci/gen_scaling.py). It is to run with slices that are longer than any turn.
#include "exokernel/tests/harness/child.hpp"
#include "workloads/scaling/layout.h"

extern "C" {
void skip_handler();
void scaling_entry();
void scaling_slice_start();
#define TURN(count)    \
  void turn_##count(); \
  void misses_##count();
TURN(0)
TURN(1)
TURN(2)
TURN(4)
TURN(8)
TURN(16)
TURN(32)
TURN(64)
TURN(128)
TURN(256)
#undef TURN
}

namespace {

constexpr uint32_t kMost = 256;

struct Stage {
  uint32_t environments;
  uint32_t rounds;
  void (*turn)();
  void (*misses)();
};
constexpr Stage kStages[] = {
    {1, 32, turn_1, misses_1},   {2, 16, turn_2, misses_2},      {4, 16, turn_4, misses_4},
    {8, 8, turn_8, misses_8},    {16, 8, turn_16, misses_16},    {32, 4, turn_32, misses_32},
    {64, 4, turn_64, misses_64}, {128, 4, turn_128, misses_128}, {256, 4, turn_256, misses_256},
};
constexpr unsigned kWarmUp = 2;  // rounds before those of a stage, with turn_0

exo::Capability children[kMost + 1];  // by id
void (*volatile turn)() = turn_0;
volatile uint32_t environments = 1;

uint32_t address(void (*function)()) { return reinterpret_cast<uint32_t>(function); }

exo::Capability allocate() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(page.ok());
  return page.capability();
}

void keep_capability(uint32_t where) {
  const exo::Capability page = allocate();
  for (uint32_t index = 0; index < 3; ++index) test::word_at(where + 4 * index) = page.word[index];
}

/// One page to read, one to give back and allocate again; own handler and entry.
void prepare() {
  volatile exo::Context& context = exo::context();
  context.handlers[EXC_ADEL] = address(skip_handler);
  context.synchronous_entry = address(scaling_entry);
  context.slice_start = address(scaling_slice_start);
  keep_capability(SCALING_OWN);
  keep_capability(SCALING_PAGE);
}

void take_turn() {
  const uint32_t self = exo::info().environment;
  const uint32_t next = self == environments ? 1 : self + 1;
  test::word_at(SCALING_NEXT) = EXO_SCALL | next << EXO_TRANSFER_SHIFT;
  turn();
  CHECK(static_cast<int32_t>(test::word_at(SCALING_RESULT)) > 0);
}

void take_turns() {
  prepare();
  for (;;) take_turn();
}

void create_up_to(uint32_t count) {
  for (uint32_t id = environments + 1; id <= count; ++id) {
    const test::Child child = test::create_child(take_turns);
    CHECK(child.id == id);
    children[id] = child.capability;
    test::start_child(child);
  }
  environments = count;
}

/// Pages that the software TLB has and the TLB has not, all the same frame.
void miss_tlb(void (*misses)()) {
  const exo::Capability page{
      {test::word_at(SCALING_OWN), test::word_at(SCALING_OWN + 4), test::word_at(SCALING_OWN + 8)}};
  for (uint32_t index = 0; index < SCALING_MANY; ++index)
    CHECK(exo::tlb_write(SCALING_MANY_VA + index * PAGE_SIZE, 0u, page).ok());
  misses();
}

void run(const Stage& stage) {
  create_up_to(stage.environments);
  turn = turn_0;
  for (unsigned round = 0; round < kWarmUp; ++round) take_turn();
  turn = stage.turn;
  for (unsigned round = 0; round < stage.rounds; ++round) take_turn();
  miss_tlb(stage.misses);
}

}  // namespace

void run_tests() {
  prepare();
  for (const Stage& stage : kStages) run(stage);
  for (uint32_t id = 2; id <= environments; ++id) CHECK(exo::env_destroy(children[id]).ok());
}
