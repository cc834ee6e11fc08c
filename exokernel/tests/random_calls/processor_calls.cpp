// Random calls about the processor: slices and their revocation, yields, sleep, transfers.
#include "exokernel/tests/random_calls/model.hpp"

namespace model {
namespace {

constexpr uint32_t kLong = 1'000'000'000;  // cycles

uint32_t count_positions(uint32_t owner) {
  uint32_t count = 0;
  for (const uint8_t entry : positions) count += entry == owner;
  return count;
}

uint32_t first_free_position() {
  for (uint32_t position = 0; position < kPositions; ++position)
    if (positions[position] == 0) return position;
  return kPositions;
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

void allocate_slice() {
  if (first_free_position() == kPositions) return;  // the next one is no longer the model's
  const bool any = random(2) == 0;
  const uint32_t position =
      any ? first_free_position()
          : (random(8) == 0 ? exo::info().slice_positions + random(3) : random(kPositions));
  const exo::CallResult result =
      exo::slice_alloc(any ? EXO_SLICE_ANY : position, random(2) == 0 ? 0u : 500 + random(1000));
  if (position >= kPositions) return EXPECT(result, EXO_ERROR_BAD_ARGUMENT);
  EXPECT(result, positions[position] == 0 ? 0 : EXO_ERROR_BUSY);
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
  const exo::CallResult result = exo::slice_dealloc(position);
  EXPECT(result, own_error(position));
  if (result.ok()) set_position(position, 0);
}

void give_slice() {
  const uint32_t position = random_position();
  if (must_keep(position)) return;
  const uint32_t to = random_slot();
  const Attempt with = attempt_environment(to);
  const exo::CallResult result = exo::slice_give(position, with.capability);
  uint32_t error = own_error(position);
  if (error == 0 && !with.is_genuine) error = EXO_ERROR_BAD_CAPABILITY;
  if (error == 0 && !is_player(to)) error = EXO_ERROR_NO_ENVIRONMENT;
  EXPECT(result, error);
  if (result.ok()) set_position(position, slots[to].id);
}

/// Takes the last one of a player's by force.
void take_slice() {
  const uint32_t from = 1 + random(kPlayers);
  const exo::CallResult result = exo::revoke(quota, from, uint32_t{EXO_RESOURCE_SLICES}, 1u, 1u);
  const bool has_two = count_positions(from) > 1;
  EXPECT(result, has_two ? 0 : EXO_ERROR_LIMIT);
  if (!result.ok()) return;
  const uint32_t left = machine->stock[EXO_RESOURCE_SLICES].free;
  for (uint32_t tries = 0; machine->stock[EXO_RESOURCE_SLICES].free == left && tries < 1000;
       ++tries)
    let_kernel_work();
  uint32_t last = kPositions;
  while (positions[--last] != from) {
  }
  set_position(last, 0);
}

/// The caller returns what is asked of it.
void return_slice() {
  const uint32_t resource = EXO_RESOURCE_SLICES;
  uint32_t last = kPositions;
  while (last > 0 && positions[last - 1] != self()) --last;
  if (count_positions(self()) < 2) return;
  EXPECT(exo::revoke(quota, self(), resource, 1u, kLong), 0);
  EXPECT(exo::revoke(quota, self(), resource, 1u, kLong), EXO_ERROR_BUSY);
  EXPECT(exo::slice_dealloc(last - 1), 0);
  set_position(last - 1, 0);
  let_kernel_work();
  EXPECT(exo::revoke(quota, self(), resource, kPositions, kLong), EXO_ERROR_LIMIT);
}

/// An id that nobody may be entered by: it has not been started, or is none.
uint32_t closed_id() {
  const uint32_t slot = random_slot();
  return is_player(slot) ? 200 + random(200) : slots[slot].id;
}

void yield() {
  if (random(2) == 0)
    CHECK(test_yield(closed_id()) == -EXO_ERROR_NO_ENVIRONMENT);
  else
    let_kernel_work();
}

/// Another has its turn meanwhile, and may wake the caller.
void sleep() {
  turn = 1 + random(kPlayers);
  wait_for_turn(test_sleep(EXO_EVENT_TIME | (random(2) == 0 ? EXO_EVENT_NOTICE : 0), random(3000)));
}

void transfer() {
  const uint32_t kind = random(2) == 0 ? EXO_SCALL : EXO_ACALL;
  if (random(4) == 0) {
    CHECK(exo::transfer(kind, closed_id()) == -EXO_ERROR_NO_ENVIRONMENT);
    return;
  }
  const uint32_t to = 1 + random(kPlayers);
  ++calls_that_did_something;
  transfers_to[self()] = static_cast<uint8_t>(to);
  turn = to;
  wait_for_turn(test_transfer(kind | (to << EXO_TRANSFER_SHIFT)));
}

}  // namespace

const Call kProcessorCalls[] = {
    allocate_slice, deallocate_slice, give_slice, take_slice, return_slice, yield,
    sleep,          transfer,         transfer,   nullptr};

}  // namespace model
