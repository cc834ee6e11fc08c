// Random calls about the processor: slices, yields, sleep, transfers.
#include "exokernel/tests/random_calls/model.hpp"

namespace model {
namespace {

uint32_t count_positions(uint32_t owner) {
  uint32_t count = 0;
  for (const uint16_t entry : positions) count += entry == owner;
  return count;
}

/// Somebody must always have a slice: the first environment keeps its last one.
bool must_keep(uint32_t position) {
  return position < kPositions && positions[position] == 1 && self() == 1 &&
         count_positions(1) == 1;
}

uint32_t own_error(uint32_t position) {
  if (position >= exo::info().slice_positions) return EXO_ERROR_BAD_ARGUMENT;
  return position < kPositions && positions[position] == self() ? 0 : EXO_ERROR_NOT_OWNER;
}

uint32_t allocation_error(uint32_t position, uint32_t ticks) {
  if (position >= kPositions || ticks > EXO_SLICE_TICKS_MAX) return EXO_ERROR_BAD_ARGUMENT;
  if (positions[position] != 0) return EXO_ERROR_BUSY;
  return quota_error(slot_of(self()), EXO_RESOURCE_SLICES, 1);
}

void allocate_slice() {
  if (first_free_position() == kPositions) return;  // the next one is no longer the model's
  const bool any = random(2) == 0;
  const uint32_t position =
      any ? first_free_position()
          : (random(8) == 0 ? exo::info().slice_positions + random(3) : random(kPositions));
  const uint32_t ticks = random(2) == 0 ? 0 : (random(16) == 0 ? random() : 500 + random(1000));
  const exo::CallResult result = CALL(slice_alloc, any ? EXO_SLICE_ANY : position, ticks);
  EXPECT(result, allocation_error(position, ticks));
  if (!result.ok()) return;
  CHECK(static_cast<uint32_t>(result.value) == position);
  set_position(position, self());
}

uint32_t random_position() {
  return random(8) == 0 ? random(2 * exo::info().slice_positions) : random(kPositions);
}

void deallocate_slice() {
  const uint32_t position = random_position();
  if (must_keep(position)) return;
  const exo::CallResult result = CALL(slice_dealloc, position);
  EXPECT(result, own_error(position));
  if (result.ok()) set_position(position, 0);
}

void give_slice() {
  const uint32_t position = random_position();
  if (must_keep(position)) return;
  const uint32_t to = random_slot();
  const Attempt with = attempt_environment(to);
  const exo::CallResult result = CALL(slice_give, position, with.capability);
  uint32_t error = own_error(position);
  if (error == 0) error = with.error(EXO_RIGHT_WRITE);
  if (error == 0 && !slots[to].is_started) error = EXO_ERROR_NO_ENVIRONMENT;
  if (error == 0) error = quota_transfer_error(slot_of(self()), to, EXO_RESOURCE_SLICES);
  EXPECT(result, error);
  if (result.ok()) set_position(position, slots[to].id);
}

/// An id that nobody may be entered by: it has not been started, or is none.
uint32_t closed_id() {
  const uint32_t slot = random_slot();
  if (!slots[slot].is_started) return slots[slot].id;
  for (;;) {
    const uint32_t id = 1 + random(exo::info().environment_max);
    if (slot_of(id) == 0) return id;
  }
}

/// Counts a call that returns when it is the caller's turn again.
void count(exo::Syscall call, bool is_accepted) {
  model::counted(call, {.value = is_accepted ? 0 : -1, .word = {}});
  calls_that_did_something += is_accepted;
}

/// What a call that gives the slice away says when it is refused. If the slice ends just before the
/// call, the harness takes that for it: then it is made again.
template <typename Call>
int32_t refusal_of(Call call) {
  for (unsigned tries = 0; tries < 3; ++tries)
    if (const int32_t result = call(); result != 0) return result;
  return 0;
}

void yield() {
  if (random(2) == 0) {
    count(exo::Syscall::k_yield, false);
    const uint32_t id = closed_id();
    CHECK(refusal_of([id] { return test_yield(id); }) == -EXO_ERROR_NO_ENVIRONMENT);
    return;
  }
  count(exo::Syscall::k_yield, true);
  let_kernel_work();
}

/// Another has its turn meanwhile, and may wake the caller.
void sleep() {
  if (random(4) == 0) {
    count(exo::Syscall::k_sleep, false);
    const uint32_t events = random(2) == 0 ? 0 : EXO_EVENT_ALL + 1 + random(1000);
    const uint32_t cycles = random();
    CHECK(refusal_of([=] { return test_sleep(events, cycles); }) == -EXO_ERROR_BAD_ARGUMENT);
    return;
  }
  count(exo::Syscall::k_sleep, true);
  turn = slots[random_player()].id;
  wait_for_turn(test_sleep(EXO_EVENT_TIME | random(EXO_EVENT_ALL + 1), random(3000)));
}

void transfer() {
  const uint32_t kind = random(2) == 0 ? EXO_SCALL : EXO_ACALL;
  if (random(4) == 0) {
    CHECK(exo::transfer(kind, closed_id()) == -EXO_ERROR_NO_ENVIRONMENT);
    return;
  }
  const uint32_t to = slots[random_player()].id;
  if (!slots[slot_of(to)].has_entries) return;
  ++calls_that_did_something;
  transfers_to[slot_of(self())] = static_cast<uint16_t>(to);
  turn = to;
  wait_for_turn(test_transfer(kind | (to << EXO_TRANSFER_SHIFT)));
}

}  // namespace

const Call kProcessorCalls[] = {allocate_slice, deallocate_slice, give_slice, yield,
                                sleep,          transfer,         transfer,   nullptr};

}  // namespace model
