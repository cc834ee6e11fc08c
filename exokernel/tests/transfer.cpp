// Protected control transfers: who may be entered, what a refusal leaves, who runs in whose slices.
// output: END
#include "exokernel/tests/harness/child.hpp"

using test::Child;

namespace {

constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kSlices = 5;
constexpr uint32_t kKinds[] = {EXO_SCALL, EXO_ACALL};

volatile uint32_t parent;
volatile uint32_t slices_seen;
volatile bool must_end;
volatile uint32_t taker;
Child giver;
Child victim;

constexpr uint32_t synchronous(uint32_t id) { return EXO_SCALL | (id << EXO_TRANSFER_SHIFT); }
constexpr uint32_t asynchronous(uint32_t id) { return EXO_ACALL | (id << EXO_TRANSFER_SHIFT); }
constexpr int32_t from(uint32_t id) { return static_cast<int32_t>(id << EXO_TRANSFER_SHIFT); }

void open_entries() {
  exo::context().synchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
}

/// Waits until it is entered, or must end. Returns by whom.
int32_t wait_for_entry() {
  int32_t caller = 0;
  while (caller == 0 && !must_end) caller = test_yield(EXO_YIELD_NEXT);
  return caller;
}

/// Lets the child get as far as it comes in one slice.
void let_run(const Child& child) {
  test::start_child(child);
  test_yield(EXO_YIELD_NEXT);
}

/// Each transfer to this child comes back at once, the other way than the first one.
void echo() {
  open_entries();
  int32_t caller = wait_for_entry();
  while (!must_end) {
    CHECK(caller == from(parent));
    caller = test_transfer(asynchronous(parent));
    if (caller == 0) caller = wait_for_entry();
  }
}

/// Keeps what it is given for some slices before it transfers control back.
void keep_slices() {
  open_entries();
  while (!must_end) {
    wait_for_entry();
    for (uint32_t slice = 0; slice < kSlices && !must_end; ++slice) {
      slices_seen = slices_seen + 1;
      test_yield(EXO_YIELD_NEXT);
    }
    if (!must_end) test_transfer(asynchronous(parent));
  }
}

/// Ends while it runs in the parent's slice.
void end_when_entered() {
  open_entries();
  wait_for_entry();
}

/// Passes every transfer on to the next environment, which then has the parent's slices.
void pass_on() {
  open_entries();
  while (!must_end)
    if (wait_for_entry() != 0) test_transfer(synchronous(exo::info().environment + 1));
}

/// Ends the environment whose slice it has been given, and goes on.
void end_giver() {
  open_entries();
  wait_for_entry();
  CHECK(exo::env_destroy(giver.capability).ok());
  CHECK(exo::env_id().value == static_cast<int32_t>(exo::info().environment));
  CHECK(test_yield(EXO_YIELD_NEXT) == 0);
}

/// Ends the environment that has the parent's slices, in a slice of its own.
void end_taker() {
  test_yield(EXO_YIELD_NEXT);
  CHECK(exo::env_destroy(victim.capability).ok());
  CHECK(test_yield(EXO_YIELD_NEXT) == 0);
}

void give() {
  open_entries();
  test_transfer(synchronous(taker));
}

void idle() {
  for (;;) test_yield(EXO_YIELD_NEXT);
}

void end(const Child& child, const volatile exo::EnvironmentRecord* records) {
  must_end = true;
  test::wait_for(child, records);
  must_end = false;
}

void refuses() {
  const Child unstarted = test::create_child(idle);
  const Child closed = test::create_child(idle);
  test::start_child(closed);
  for (const uint32_t kind : kKinds) {
    CHECK(exo::transfer(kind, 0) == -EXO_ERROR_NO_ENVIRONMENT);
    CHECK(exo::transfer(kind, 300) == -EXO_ERROR_NO_ENVIRONMENT);
    CHECK(exo::transfer(kind, 511) == -EXO_ERROR_NO_ENVIRONMENT);
    CHECK(exo::transfer(kind, unstarted.id) == -EXO_ERROR_NO_ENVIRONMENT);
    CHECK(exo::transfer(kind, closed.id) == -EXO_ERROR_NO_ENTRY);
    CHECK(exo::transfer(kind, exo::info().environment) == -EXO_ERROR_NO_ENTRY);
  }
  // The address space is still the caller's, also for what only the TLB knows.
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page).ok());
  const uint32_t before = test::caught().count;
  test::poke(test::kVirt, 7);
  CHECK(exo::scall(closed.id) == -EXO_ERROR_NO_ENTRY);
  CHECK(test::word_at(test::kVirt) == 7);
  CHECK(test::caught().count == before);
  CHECK(exo::page_dealloc(page).ok());
  CHECK(exo::env_destroy(unstarted.capability).ok());
  CHECK(exo::env_destroy(closed.capability).ok());
  CHECK(exo::scall(closed.id) == -EXO_ERROR_NO_ENVIRONMENT);
}

/// An environment that has only one of the entries cannot be entered at the other.
void has_two_entries() {
  const int32_t self = from(exo::info().environment);
  exo::context().synchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
  CHECK(test_transfer(synchronous(exo::info().environment)) == self);
  CHECK(test_transfer(asynchronous(exo::info().environment)) == -EXO_ERROR_NO_ENTRY);
  exo::context().synchronous_entry = 0;
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&test_entry);
  CHECK(test_transfer(synchronous(exo::info().environment)) == -EXO_ERROR_NO_ENTRY);
  CHECK(test_transfer(asynchronous(exo::info().environment)) == self);
  open_entries();
}

void comes_back(const volatile exo::EnvironmentRecord* records) {
  const Child child = test::create_child(echo);
  let_run(child);
  for (unsigned turn = 0; turn < 100; ++turn) {
    CHECK(test_transfer(synchronous(child.id)) == from(child.id));
    CHECK(test_transfer(asynchronous(child.id)) == from(child.id));
  }
  // Bits that say nothing are not looked at.
  CHECK(test_transfer(synchronous(child.id) | 0x3fffc01f) == from(child.id));
  end(child, records);
}

/// A synchronous transfer gives this slice and all that follow, until one comes back.
void donates_slices(const volatile exo::EnvironmentRecord* records) {
  const Child child = test::create_child(keep_slices);
  let_run(child);
  slices_seen = 0;
  CHECK(test_transfer(synchronous(child.id)) == from(child.id));
  CHECK(slices_seen == kSlices);
  // They are the parent's again.
  CHECK(test_yield(EXO_YIELD_NEXT) == 0);
  end(child, records);
}

/// An asynchronous one gives the rest of this slice: the parent's next one comes before the child
/// has had all of its own.
void donates_one_slice(const volatile exo::EnvironmentRecord* records) {
  const Child child = test::create_child(keep_slices);
  let_run(child);
  slices_seen = 0;
  CHECK(test_transfer(asynchronous(child.id)) == 0);
  CHECK(slices_seen == 2);  // the parent's, and its own
  CHECK(wait_for_entry() == from(child.id));
  end(child, records);
}

/// Who ends, or is ended, while others' slices are its own gives them back.
void gives_back_at_the_end(const volatile exo::EnvironmentRecord* records) {
  const Child first = test::create_child(end_when_entered);
  let_run(first);
  CHECK(test_transfer(synchronous(first.id)) == 0);
  CHECK(test::wait_for(first, records) == 0);
  CHECK(exo::scall(first.id) == -EXO_ERROR_NO_ENVIRONMENT);
}

/// The same if a third one ends it.
void has_back_what_a_third_one_ends(const volatile exo::EnvironmentRecord* records) {
  victim = test::create_child(keep_slices);
  const Child third = test::create_child(end_taker);
  let_run(victim);
  slices_seen = 0;
  test::start_child(third);
  CHECK(test_transfer(synchronous(victim.id)) == 0);
  CHECK(slices_seen > 1 && slices_seen < kSlices);
  CHECK(test::wait_for(victim, records) == EXO_STATUS_DESTROYED);
  CHECK(test::wait_for(third, records) == 0);
}

/// The slices go to the last of a chain of synchronous transfers.
void goes_through_others(const volatile exo::EnvironmentRecord* records) {
  const Child first = test::create_child(pass_on);
  const Child second = test::create_child(keep_slices);
  CHECK(second.id == first.id + 1);
  let_run(first);
  let_run(second);
  slices_seen = 0;
  CHECK(test_transfer(synchronous(first.id)) == from(second.id));
  CHECK(slices_seen == kSlices);
  end(first, records);
  end(second, records);
}

/// The owner of a slice may end while another runs in it.
void outlives_the_giver(const volatile exo::EnvironmentRecord* records) {
  const Child child = test::create_child(end_giver);
  giver = test::create_child(give);
  taker = child.id;
  let_run(child);
  let_run(giver);
  CHECK(test::wait_for(giver, records) == EXO_STATUS_DESTROYED);
  CHECK(test::wait_for(child, records) == 0);
}

}  // namespace

void run_tests() {
  const auto* records =
      test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  parent = exo::info().environment;
  refuses();
  has_two_entries();
  comes_back(records);
  donates_slices(records);
  donates_one_slice(records);
  gives_back_at_the_end(records);
  has_back_what_a_third_one_ends(records);
  goes_through_others(records);
  outlives_the_giver(records);
  test::print("END\n");
}
