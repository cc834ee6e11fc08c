// Events of the DMA engine: they end a sleep, none is lost, whenever it comes, and the interrupts
// that bring them change nothing of the program that they interrupt.
// options: --set arguments=slice=400 --set devices.dma.gap=300
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/overrun.hpp"
#include "isa/devices/dma.h"

using test::refused;

// In the restart window an interrupt goes back to the first instruction, which counts.
asm(R"(
  .set push
  .set noreorder
  .text
  .balign 32
  .globl counting_block
counting_block:
  addiu $2, $2, 1
1:
  bne   $8, $0, 1b
  addiu $8, $8, -1
  jr    $31
  nop
  .balign 32
counting_end:
  .globl counting_end
  .set pop
)");

extern "C" {
extern const char counting_block[];
extern const char counting_end[];
}

namespace {

constexpr uint32_t kRing = 0x30060000;
constexpr uint32_t kSlots = 64;

exo::Capability from, to;

uint32_t result(uint32_t ticket) {
  return test::word_at(kRing + (ticket % kSlots) * DMA_DESCRIPTOR_SIZE + DMA_DESCRIPTOR_RESULT);
}

uint32_t queue(uint32_t bytes, uint32_t flags = EXO_DMA_TELL) {
  const exo::CallResult queued = exo::dma_copy(from, to, 0u, bytes | flags);
  CHECK(queued.ok());
  return static_cast<uint32_t>(queued.value);
}

/// Sleeps until one of the events; which it was.
uint32_t sleep(uint32_t events, uint32_t cycles) {
  exo::context().events = 0;
  CHECK(test_sleep(events, cycles) == 0);
  return exo::context().events;
}

/// Waits until nothing is queued any more, and forgets what has been posted.
void settle() {
  exo::CallResult last{};
  do last = exo::dma_copy(from, to, 0u, 4u);
  while (!last.ok());
  while (result(static_cast<uint32_t>(last.value)) == DMA_RESULT_PENDING) {
  }
  sleep(EXO_EVENT_DMA | EXO_EVENT_TIME, 0);
}

void set_up() {
  const exo::ExposedTable& where = exo::exposed_table(exo::info(), exo::Exposed::kTransfers);
  const exo::CallResult ring = exo::page_capability(where.first_pfn, EXO_RIGHT_READ);
  CHECK(exo::guarantee(kRing, EXO_MAP_UNCACHED, ring.capability()).ok());
  from = exo::page_alloc(EXO_PAGE_ANY).capability();
  to = exo::page_alloc(EXO_PAGE_ANY).capability();
}

void refuses() {
  CHECK(refused(exo::dma_copy(from, to, 0u, 4u | 2u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::dma_copy(from, to, 0u, 4u | 3u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::dma_copy(from, to, 0u, 0u | EXO_DMA_TELL), EXO_ERROR_BAD_ARGUMENT));
  CHECK(
      refused(exo::dma_copy(from, to, 0u, (PAGE_SIZE + 4) | EXO_DMA_TELL), EXO_ERROR_BAD_ARGUMENT));
  CHECK(test_sleep(0, 0) == -EXO_ERROR_BAD_ARGUMENT);
  CHECK(test_sleep(EXO_EVENT_ALL + 1, 0) == -EXO_ERROR_BAD_ARGUMENT);
}

/// Nobody else runs: only the engine can wake the sleeper.
void ends_a_sleep() {
  const uint32_t ticket = queue(PAGE_SIZE);
  CHECK(sleep(EXO_EVENT_DMA, 0) == EXO_EVENT_DMA);
  CHECK(result(ticket) == DMA_RESULT_DONE);
}

void is_reported_once() {
  queue(4);
  CHECK(sleep(EXO_EVENT_DMA, 0) == EXO_EVENT_DMA);
  CHECK(sleep(EXO_EVENT_DMA | EXO_EVENT_TIME, 0) == EXO_EVENT_TIME);
}

/// Also while somebody waits for something else, or for nothing.
void waits_for_who_wants_it() {
  const uint32_t ticket = queue(4);
  while (result(ticket) == DMA_RESULT_PENDING) {
  }
  CHECK(sleep(EXO_EVENT_TIME, 1000) == EXO_EVENT_TIME);
  CHECK(sleep(EXO_EVENT_DMA, 0) == EXO_EVENT_DMA);
}

void is_posted_only_if_asked_for() {
  const uint32_t ticket = queue(4, 0);
  CHECK(sleep(EXO_EVENT_DMA | EXO_EVENT_TIME, 20'000) == EXO_EVENT_TIME);
  CHECK(result(ticket) == DMA_RESULT_DONE);
}

/// The transfer ends before, in and after the call that sleeps.
void is_never_lost() {
  for (uint32_t rounds = 0; rounds < 400; rounds += 3) {
    const uint32_t ticket = queue(64);
    test::burn(rounds);
    CHECK(sleep(EXO_EVENT_DMA, 0) == EXO_EVENT_DMA);
    CHECK(result(ticket) == DMA_RESULT_DONE);
  }
}

void comes_also_if_the_transfer_is_cancelled() {
  for (unsigned count = 0; count < 8; ++count) queue(PAGE_SIZE, 0);
  const uint32_t ticket = queue(PAGE_SIZE);
  CHECK(exo::page_dealloc(to).ok());
  CHECK(result(ticket) == DMA_RESULT_CANCELLED);
  CHECK(sleep(EXO_EVENT_DMA, 0) == EXO_EVENT_DMA);
  to = exo::page_alloc(EXO_PAGE_ANY).capability();
}

/// Sixty interrupts while all registers have known values.
void changes_no_register() {
  for (unsigned count = 0; count < 60; ++count) queue(256);
  CHECK(spin_with_patterns(test::slices() + 2) == 0);
  CHECK(sleep(EXO_EVENT_DMA, 0) == EXO_EVENT_DMA);
  CHECK(test::caught().count == 0);
}

/// Runs the block, for less than a slice and longer than the transfer; how often it was begun.
uint32_t begin_count() {
  test_yield(EXO_YIELD_NEXT);
  queue(4);
  register uint32_t begun asm("$2") = 0;
  asm volatile(
      ".set push\n.set noreorder\n"
      "li $8, 2000\n"
      "jal counting_block\n"
      "nop\n.set pop"
      : "+r"(begun)
      :
      : "$8", "$31", "memory");
  return begun;
}

/// k1 is lost by every interrupt.
void obeys_the_restart_window() {
  CHECK(begin_count() == 1);
  settle();
  const uint32_t begin = exo::context().restart_begin;
  const uint32_t end = exo::context().restart_end;
  exo::context().restart_begin = reinterpret_cast<uintptr_t>(counting_block);
  exo::context().restart_end = reinterpret_cast<uintptr_t>(counting_end);
  const uint32_t begun = begin_count();
  exo::context().restart_begin = begin;
  exo::context().restart_end = end;
  CHECK(begun >= 2);
  settle();
}

/// In the child's grace periods the engine is through with one transfer after the other: that costs
/// the child none of its time, and none of its registers.
void spin_with_late_ends() {
  late_rounds = 2200;  // most of the grace period
  exo::context().slice_end = reinterpret_cast<uintptr_t>(&late_end);
  CHECK(spin_with_patterns(test::slices() + 4) == 0);
}

void does_not_shorten_grace_periods() {
  constexpr uint32_t kTables = 0x30040000;
  const auto* records =
      test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  const test::Child child = test::create_child(spin_with_late_ends);
  test::start_child(child);
  // In a slice of the test's the ring fills; it is emptied in many of the child's.
  CHECK(exo::slice_alloc(EXO_SLICE_ANY, 10'000u).ok());
  CHECK(exo::slice_dealloc(exo::info().slice_position).ok());
  while (records[child.id].state != exo::EnvironmentState::kEnded) {
    for (unsigned count = 0; count < kSlots; ++count)
      exo::dma_copy(from, to, 0u, 4u | EXO_DMA_TELL);
    test_yield(EXO_YIELD_NEXT);
  }
  CHECK(records[child.id].status == 0);
  CHECK(records[child.id].excess == 0);
  settle();
}

/// Who has ended is not told: the engine's interrupt finds the slot free, or the next owner's.
void queue_and_exit() { queue(PAGE_SIZE); }

void survives_the_end_of_the_owner() {
  const test::Child child = test::create_child(queue_and_exit);
  test::start_child(child);
  test_yield(EXO_YIELD_NEXT);
  CHECK(sleep(EXO_EVENT_DMA | EXO_EVENT_TIME, 50'000) == EXO_EVENT_TIME);
  ends_a_sleep();
}

}  // namespace

void run_tests() {
  set_up();
  refuses();
  ends_a_sleep();
  is_reported_once();
  waits_for_who_wants_it();
  is_posted_only_if_asked_for();
  is_never_lost();
  comes_also_if_the_transfer_is_cancelled();
  changes_no_register();
  obeys_the_restart_window();
  does_not_shorten_grace_periods();
  survives_the_end_of_the_owner();
}
