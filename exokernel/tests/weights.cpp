// Weights: who has one takes what there is until units are scarce, and then no more than its share;
// who has none is not weighed. Shown with the blocks of the disk, sixteenths of it at a time.
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kBlocks = EXO_RESOURCE_BLOCKS;
constexpr uint32_t kParts = 16;

const volatile exo::EnvironmentRecord* records;
const volatile exo::SystemRecord* machine;
exo::Capability quota;
volatile uint32_t part;  // blocks

// What the child does: takes part after part, and gives back those above `keeps`.
volatile uint32_t got, keeps;
volatile bool is_through, may_end;
exo::Capability extents[kParts];

exo::CallResult take(uint32_t index) { return exo::extent_alloc(index * part, uint32_t{part}); }

void take_all() {
  while (got < kParts) {
    const exo::CallResult result = take(got);
    if (!result.ok()) {
      CHECK(refused(result, EXO_ERROR_QUOTA));
      break;
    }
    extents[got] = result.capability();
    got = got + 1;
  }
  is_through = true;
  while (!may_end) test_yield(EXO_YIELD_NEXT);
}

exo::CallResult set(uint32_t id, uint32_t minimum, uint32_t weight) {
  return exo::quota_set(quota, id, kBlocks, minimum, EXO_NO_LIMIT, weight);
}

test::Child start(uint32_t minimum, uint32_t weight) {
  got = 0;
  is_through = false;
  may_end = false;
  const test::Child child = test::create_child(take_all);
  CHECK(set(child.id, minimum, weight).ok());
  test::start_child(child);
  while (!is_through) test_yield(EXO_YIELD_NEXT);
  return child;
}

void end(const test::Child& child) {
  may_end = true;
  CHECK(test::wait_for(child, records) == 0);
}

void keep_to_shares() {
  CHECK(set(exo::info().environment, 0, 3).ok());
  const test::Child child = start(0, 1);
  CHECK(got == 14);  // an eighth is left
  const exo::CallResult first = take(14), second = take(15);
  CHECK(first.ok() && second.ok());  // its share is twelve
  CHECK(exo::extent_dealloc(first.capability()).ok());
  CHECK(exo::extent_dealloc(second.capability()).ok());
  end(child);
}

/// The same weights, by which the share is four: so many it gets of the five that are left.
void have_their_share_in_the_end() {
  CHECK(set(exo::info().environment, 0, 0).ok());
  exo::Capability own[11];
  for (uint32_t index = 0; index < 11; ++index) own[index] = take(15 - index).capability();
  CHECK(set(exo::info().environment, 0, 3).ok());
  const test::Child child = start(0, 1);
  CHECK(got == 4);
  for (const exo::Capability& extent : own) CHECK(exo::extent_dealloc(extent).ok());
  end(child);
}

void need_no_weight() {
  const test::Child child = start(0, 0);
  CHECK(got == kParts);
  end(child);
}

/// What is promised does not depend on weights.
void yield_to_minima() {
  const test::Child child = start(15 * part, 1);
  CHECK(got == 15);
  end(child);
}

/// The sum of the weights is that of those who live.
void end_with_their_accounts() {
  CHECK(set(exo::info().environment, 0, 1).ok());
  for (uint32_t index = 0; index < kParts; ++index) {
    const exo::CallResult result = take(index);
    CHECK(result.ok());
    extents[index] = result.capability();
  }
  for (const exo::Capability& extent : extents) CHECK(exo::extent_dealloc(extent).ok());
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables + 0x10000);
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  part = machine->stock[kBlocks].free / kParts;
  keep_to_shares();
  have_their_share_in_the_end();
  need_no_weight();
  yield_to_minima();
  end_with_their_accounts();
}
