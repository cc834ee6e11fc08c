// Who is told that the slice ends and transfers control instead of yielding is charged for what
// follows; the callee is told in its turn, and is not charged for what the other has overrun.
// output: environment 2 .* destroyed: transfers control at the end of its slice
// output: END
#include "exokernel/tests/harness/child.hpp"

using test::Child;

namespace {

constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kExcessMax = 4;

volatile bool must_end;
volatile uint32_t times_entered;

}  // namespace

// At the end of its slice the culprit transfers control, with the program's a0 to a2 lost.
asm(R"(
  .set push
  .set noreorder
  .text
  .globl culprit_slice_end
culprit_slice_end:
  lui   $2, %hi(culprit_call)
  lw    $2, %lo(culprit_call)($2)
  nop
  syscall
  .globl culprit_slice_start
culprit_slice_start:
  b     culprit_slice_start
  nop
  .set pop
)");

extern "C" {
void culprit_slice_end();
void culprit_slice_start();
volatile uint32_t culprit_call;
}

namespace {

void be_culprit() {
  exo::context().slice_end = reinterpret_cast<uint32_t>(&culprit_slice_end);
  exo::context().slice_start = reinterpret_cast<uint32_t>(&culprit_slice_start);
  culprit_slice_start();
}

/// Spins when it is entered; the harness yields at the end of the slice.
void be_heir() {
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
  while (!must_end) {
    if (test_yield(EXO_YIELD_NEXT) == 0) continue;
    times_entered = times_entered + 1;
    const uint32_t before = test::slices();
    while (test::slices() == before) {
    }
  }
}

}  // namespace

void run_tests() {
  const auto* records =
      test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  const Child culprit = test::create_child(be_culprit);
  const Child other = test::create_child(be_heir);
  culprit_call = EXO_ACALL | (other.id << EXO_TRANSFER_SHIFT);
  test::start_child(other);
  test::start_child(culprit);
  while (records[culprit.id].state == exo::EnvironmentState::kRunning) {
    test_yield(EXO_YIELD_NEXT);
    CHECK(records[culprit.id].excess <= kExcessMax + 1);
  }
  CHECK(records[culprit.id].excess == kExcessMax + 1);
  CHECK(records[culprit.id].status == EXO_STATUS_DESTROYED);
  CHECK(times_entered == kExcessMax + 1);
  CHECK(records[other.id].excess == 0);
  CHECK(records[other.id].state == exo::EnvironmentState::kRunning);
  must_end = true;
  CHECK(test::wait_for(other, records) == 0);
  test::print("END\n");
}
