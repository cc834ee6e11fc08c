// Environments that pass control on at the end of a slice do not keep the processor with them: the
// first callee is told of the end too, and from then on transfers are refused. What all of them
// take is paid by the slice's owner, in slices.
// options: --set arguments=slice=200
// output: END
#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/child.hpp"

using test::Child;

namespace {

constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kLinks = 24;
constexpr uint32_t kExcessMax = 4;

const volatile exo::EnvironmentRecord* records;

}  // namespace

// At the end of the slice a link transfers control to the next. One that is entered, or refused,
// waits.
asm(R"(
  .set push
  .set noreorder
  .text
  .globl link_slice_end
link_slice_end:
  lw    $2, 0x1ff0($0)
  nop
  syscall
  lui   $4, %hi(link_error)
  sw    $2, %lo(link_error)($4)
  .globl link_entry
link_entry:
  b     link_entry
  nop
  .set pop
)");

extern "C" {
void link_slice_end();
void link_entry();
volatile int32_t link_error;
}

namespace {

Child links[kLinks];
volatile uint32_t first_id;
volatile uint32_t position_of[kLinks];

/// The links form a ring. Only the first keeps its slice.
void be_link() {
  volatile exo::Context& context = exo::context();
  const uint32_t own = exo::info().environment;
  const uint32_t next = own + 1 == first_id + kLinks ? first_id : own + 1;
  test::word_at(0x1ff0) = EXO_ACALL | (next << EXO_TRANSFER_SHIFT);
  if (own != first_id) CHECK(exo::slice_dealloc(position_of[own - first_id]).ok());
  context.slice_end = reinterpret_cast<uint32_t>(&link_slice_end);
  context.slice_start = reinterpret_cast<uint32_t>(&link_entry);
  context.asynchronous_entry = reinterpret_cast<uint32_t>(&link_entry);
  test_yield(EXO_YIELD_NEXT);
}

void make_chain() {
  for (Child& link : links) link = test::create_child(be_link);
  first_id = links[0].id;
  test_yield(EXO_YIELD_NEXT);  // each is started at the begin of a slice: it runs only behind that
  for (uint32_t index = kLinks; index-- > 0;) {
    CHECK(links[index].id == first_id + index);
    const exo::CallResult started = exo::env_start(links[index].capability);
    CHECK(started.ok());
    position_of[index] = static_cast<uint32_t>(started.value);
    test_yield(EXO_YIELD_NEXT);
  }
}

void end_chain() {
  for (const Child& link : links)
    if (records[link.id].state == exo::EnvironmentState::kRunning)
      CHECK(exo::env_destroy(link.capability).ok());
}

uint32_t excess_of_all() {
  uint32_t sum = 0;
  for (uint32_t index = 0; index < kLinks; ++index) sum += records[first_id + index].excess;
  return sum;
}

/// Of the timer's counter.
uint32_t now() {
  return exo::ticks(test::kVirt + static_cast<uint32_t>(exo::timer_bind(test::kVirt).value));
}

/// The first link's slice, between two of the test's: its ticks.
uint32_t slice_of_chain() {
  const uint32_t before = now();
  test_yield(EXO_YIELD_NEXT);
  return now() - before;
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  make_chain();
  CHECK(excess_of_all() == 0);
  const uint32_t grace = exo::info().grace_ticks;
  const uint32_t spent = slice_of_chain();
  // The first link's period, and those in which the second wears the kernel's patience out. Its end
  // is told on the console, which takes time too.
  CHECK(spent < exo::info().slice_ticks + 2 * (kExcessMax + 2) * grace);
  CHECK(link_error == -EXO_ERROR_BUSY);
  CHECK(records[first_id].excess == 1);
  CHECK(records[first_id + 1].excess == kExcessMax + 1);
  CHECK(records[first_id + 1].status == EXO_STATUS_DESTROYED);
  CHECK(excess_of_all() == kExcessMax + 2);
  // All of that comes off the slices of the first.
  const uint32_t owed = (kExcessMax + 2) * grace / exo::info().slice_ticks;
  CHECK(owed > 2);
  uint32_t free_rounds = 0;
  while (slice_of_chain() < grace / 2) ++free_rounds;
  CHECK(free_rounds >= owed);
  end_chain();
  test::print("END\n");
}
