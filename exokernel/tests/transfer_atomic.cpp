// A transfer is there or not yet: a slice that ends at any cycle of it ends in the caller before
// the call, or in the callee behind it, never twice and never not at all; and the message, which is
// every register, arrives whole.
// sources: exokernel/tests/transfer_patterns.S
// options: --set timing.engine=ideal
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/transfer_patterns.h"

volatile Receiver receiver;

namespace {

// 250000 cycles are a slice at 25 MHz, two for each round.
constexpr uint32_t kTooManyRounds = 125500;
constexpr uint32_t kCoarseRounds = 20;
// As many cycles as a transfer takes, thrice as many as the coarse steps leave in doubt, and a tick
// of the timer before and behind, by which slices differ.
constexpr uint32_t kCycles = 40 + 6 * kCoarseRounds + 2 * 25;

enum class EndedIn : uint8_t { kCaller, kCallee, kOther };

/// One message, so many cycles after the beginning of a slice. Returns where this slice ended.
EndedIn send(uint32_t kind, uint32_t id, uint32_t rounds, uint32_t odd) {
  test_yield(EXO_YIELD_NEXT);
  const uint32_t own = test::slices();
  const uint32_t others = receiver.slices;
  const uint32_t entered = receiver.entered;
  CHECK(send_patterns(kind | (id << EXO_TRANSFER_SHIFT), rounds, odd) == 0);
  CHECK(test::word_at(SENT_RESULT) == id << EXO_TRANSFER_SHIFT);
  CHECK(receiver.changed == 0);
  CHECK(receiver.entered == entered + 1);
  CHECK(receiver.v0 == exo::info().environment << EXO_TRANSFER_SHIFT);
  const uint32_t in_caller = test::slices() - own;
  const uint32_t in_callee = receiver.slices - others;
  if (in_caller == 1 && in_callee == 0) return EndedIn::kCaller;
  return in_caller == 0 && in_callee == 1 ? EndedIn::kCallee : EndedIn::kOther;
}

void every_cycle(uint32_t kind, uint32_t id) {
  uint32_t rounds = kTooManyRounds;
  while (send(kind, id, rounds, 0) == EndedIn::kCaller) rounds -= kCoarseRounds;
  rounds += 3 * kCoarseRounds;
  uint32_t in_callee = 0;
  for (uint32_t cycle = 0; cycle < kCycles; ++cycle) {
    const EndedIn ended = send(kind, id, rounds - (cycle + 1) / 2, cycle % 2);
    CHECK(ended != EndedIn::kOther);
    in_callee += ended == EndedIn::kCallee;
  }
  CHECK(in_callee > 40 && in_callee < kCycles - 40);
}

}  // namespace

void run_tests() {
  exo::context().synchronous_entry = reinterpret_cast<uint32_t>(&sender_entry);
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&sender_entry);
  const test::Child child = test::create_child(receive_patterns);
  test::start_child(child);
  test_yield(EXO_YIELD_NEXT);
  every_cycle(EXO_SCALL, child.id);
  every_cycle(EXO_ACALL, child.id);
  CHECK(exo::env_destroy(child.capability).ok());
}
