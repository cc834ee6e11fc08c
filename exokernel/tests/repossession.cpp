// The abort protocol for each resource that can be revoked: what is taken first and last, what the
// repossession vector says, and that nothing an environment does keeps what it was asked for.
#include "exokernel/abi/code.h"
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/code.hpp"
#include "exokernel/tests/harness/pixels.hpp"

using test::encode;
using test::kReturn;
using test::refused;

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kShort = 1;  // cycles
constexpr uint32_t kSourceVirt = test::kVirt + PAGE_SIZE;
constexpr uint32_t kBoundVirt = test::kVirt + 2 * PAGE_SIZE;
constexpr uint32_t kCodes = 3;
constexpr uint32_t kTiles = 4;
constexpr uint32_t kChildPages = 40;

const volatile exo::EnvironmentRecord* records;
const volatile exo::SliceRecord* vector;
exo::Capability quota;

// Seen by parent and child.
volatile uint32_t notices, told_resource, told_count;
volatile bool is_ready, may_end;
volatile uint32_t stack_page;
exo::Capability codes[kCodes];
exo::Capability pages[kChildPages];
volatile uint32_t slice_positions[3];

void on_notice() {
  const volatile exo::Context& context = exo::context();
  if (context.notice_kind != EXO_NOTICE_REPOSSESSION) return;
  notices = notices + 1;
  told_resource = context.notice_resource;
  told_count = told_count + context.notice_count;
}

void idle_until_the_end() {
  is_ready = true;
  test::on_notice(on_notice);
  while (!may_end) test_yield(EXO_YIELD_NEXT);
}

test::Child start(void (*function)()) {
  notices = 0;
  told_count = 0;
  is_ready = false;
  may_end = false;
  const test::Child child = test::create_child(function);
  stack_page = child.stack;
  test::start_child(child);
  while (!is_ready) test_yield(child.id);
  return child;
}

void let_pass(unsigned slices) {
  for (unsigned slice = 0; slice < slices; ++slice) test_yield(EXO_YIELD_NEXT);
}

void end(const test::Child& child) {
  may_end = true;
  CHECK(test::wait_for(child, records) == 0);
}

exo::CallResult revoke(const test::Child& child, uint32_t resource, uint32_t count) {
  return exo::revoke(quota, child.id, resource, count, kShort);
}

uint32_t own(const test::Child& child, uint32_t resource) {
  return test::quota_of(child.id, resource).own;
}

/// The child's own view of the newest entries of its repossession vector.
exo::Repossession newest(uint32_t back) {
  const volatile exo::Context& context = exo::context();
  const uint32_t at = (context.repossessed - 1 - back) % EXO_REPOSSESSION_ENTRIES;
  return {.what = context.repossession[at].what, .saved = context.repossession[at].saved};
}
uint32_t entry(uint32_t resource, uint32_t index) { return (resource << 28) | index; }

void hold_slices() {
  for (volatile uint32_t& position : slice_positions)
    position = static_cast<uint32_t>(exo::slice_alloc(EXO_SLICE_ANY, 0u).value);
  idle_until_the_end();
  CHECK(newest(0).what == entry(EXO_RESOURCE_SLICES, slice_positions[1]));
  CHECK(newest(1).what == entry(EXO_RESOURCE_SLICES, slice_positions[2]));
}

void takes_slices() {
  const test::Child child = start(hold_slices);
  CHECK(own(child, EXO_RESOURCE_SLICES) == 4);
  CHECK(refused(revoke(child, EXO_RESOURCE_SLICES, 4), EXO_ERROR_LIMIT));
  CHECK(revoke(child, EXO_RESOURCE_SLICES, 2).ok());
  let_pass(5);
  CHECK(own(child, EXO_RESOURCE_SLICES) == 2);
  CHECK(vector[slice_positions[0]].environment == child.id);
  CHECK(vector[slice_positions[1]].environment == 0 && vector[slice_positions[2]].environment == 0);
  CHECK(notices == 1 && told_count == 2 && told_resource == EXO_RESOURCE_SLICES);
  end(child);
}

volatile uint32_t last_ticket;

/// The engine is slower than the calls.
void hold_transfers() {
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  for (unsigned count = 0; count < 1000; ++count) {
    const exo::CallResult queued = exo::dma_copy(page, page, 0u, PAGE_SIZE);
    if (!queued.ok()) break;  // the ring is full
    last_ticket = static_cast<uint32_t>(queued.value);
  }
  idle_until_the_end();
  const uint32_t entries = exo::exposed_table(exo::info(), exo::Exposed::kTransfers).entries;
  const uint32_t last_taken = last_ticket + 1 - exo::context().repossessed;  // from the last one on
  CHECK(newest(0).what == entry(EXO_RESOURCE_TRANSFERS, last_taken % entries));
  CHECK(newest(7).what == entry(EXO_RESOURCE_TRANSFERS, (last_taken + 7) % entries));
  CHECK(exo::dma_copy(page, page, 0u, PAGE_SIZE).ok());
}

void takes_transfers() {
  const test::Child child = start(hold_transfers);
  const uint32_t queued = own(child, EXO_RESOURCE_TRANSFERS);
  CHECK(queued > 20);
  CHECK(refused(revoke(child, EXO_RESOURCE_TRANSFERS, queued + 1), EXO_ERROR_LIMIT));
  CHECK(revoke(child, EXO_RESOURCE_TRANSFERS, queued - 10).ok());
  const uint32_t target = own(child, EXO_RESOURCE_TRANSFERS) - (queued - 10);
  let_pass(8);
  CHECK(own(child, EXO_RESOURCE_TRANSFERS) <= target);
  CHECK(told_resource == EXO_RESOURCE_TRANSFERS && told_count >= 8);
  end(child);
}

/// Downloads code that allows everything.
void download(uint32_t count) {
  const exo::Capability source = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::guarantee(kSourceVirt, EXO_MAP_WRITE, source).ok());
  test::write_code(kSourceVirt, {kReturn, encode<"ori">(REG_V0, 0, 1)});
  for (uint32_t index = 0; index < count; ++index) {
    const exo::Capability kept = exo::page_alloc(EXO_PAGE_ANY).capability();
    codes[index] = exo::code_download(source, kept, 0u, 2u).capability();
  }
}

void hold_code() {
  download(kCodes);
  pages[0] = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::page_predicate(pages[0].index(), codes[kCodes - 1]).ok());
  CHECK(exo::bind_by_predicate(kBoundVirt, 0u, pages[0].index(), 0u).ok());
  CHECK(!test::raises(EXC_TLBL, [] { test::touch(kBoundVirt); }));
  idle_until_the_end();
  for (uint32_t index = 1; index < kCodes; ++index) {
    const uint32_t page = codes[index].index();
    CHECK(newest(index - 1).what == entry(EXO_RESOURCE_CODE, page));
    CHECK(exo::page_capability(page, EXO_RIGHT_ALL).ok());  // a page of its own again
    CHECK(refused(exo::code_remove(codes[index]), EXO_ERROR_BAD_CAPABILITY));
  }
  CHECK(test::raises(EXC_TLBL, [] { test::touch(kBoundVirt); }));
  CHECK(refused(exo::bind_by_predicate(kBoundVirt, 0u, pages[0].index(), 0u), EXO_ERROR_REFUSED));
  CHECK(exo::code_remove(codes[0]).ok());
}

void takes_code() {
  const test::Child child = start(hold_code);
  const uint32_t had = test::pages_of(child.id);
  CHECK(own(child, EXO_RESOURCE_CODE) == kCodes);
  CHECK(refused(revoke(child, EXO_RESOURCE_CODE, kCodes + 1), EXO_ERROR_LIMIT));
  CHECK(revoke(child, EXO_RESOURCE_CODE, kCodes - 1).ok());
  let_pass(5);
  CHECK(own(child, EXO_RESOURCE_CODE) == 1);
  CHECK(test::pages_of(child.id) == had);
  CHECK(told_resource == EXO_RESOURCE_CODE && told_count == kCodes - 1);
  end(child);
}

/// The pixels stay as they are, out of reach, until the tile is another's.
void hold_tiles() {
  for (uint32_t tile = 0; tile < kTiles; ++tile) {
    CHECK(exo::tile_alloc(2 * tile, 0u).ok());
    test::fill_tile(2 * tile, 7);
  }
  idle_until_the_end();
  CHECK(newest(1).what == entry(EXO_RESOURCE_TILES, 2 * (kTiles - 1)));
  CHECK(newest(0).what == entry(EXO_RESOURCE_TILES, 2 * (kTiles - 2)));
  CHECK(newest(0).saved == 0);
  CHECK(test::is_tile_filled(0, 7));
  CHECK(test::is_tile_filled(2 * (kTiles - 1), 0));
  test::fill_tile(2 * (kTiles - 1), 8);
  CHECK(exo::tile_alloc(2 * (kTiles - 1), 0u).ok());
  CHECK(test::is_tile_filled(2 * (kTiles - 1), 7));
}

void takes_tiles() {
  const test::Child child = start(hold_tiles);
  CHECK(refused(revoke(child, EXO_RESOURCE_TILES, kTiles + 1), EXO_ERROR_LIMIT));
  CHECK(revoke(child, EXO_RESOURCE_TILES, 2).ok());
  let_pass(5);
  CHECK(own(child, EXO_RESOURCE_TILES) == kTiles - 2);
  CHECK(notices == 1 && told_resource == EXO_RESOURCE_TILES && told_count == 2);
  end(child);
}

/// Names its pages for the state of others, pins them, makes code of them. Its stack is the oldest
/// of those that it names.
void resist() {
  download(kCodes);
  for (exo::Capability& page : pages) page = exo::page_alloc(EXO_PAGE_ANY).capability();
  volatile exo::Context& context = exo::context();
  for (uint32_t index = 0; index < EXO_SAVE_PAGES; ++index)
    context.save_pages[index] = pages[kChildPages - 1 - index].index();
  for (uint32_t index = 0; index < EXO_REPOSSESSION_ENTRIES; ++index)
    context.repossession[index].saved = pages[index].index();
  context.repossession[0].saved = stack_page;
  for (uint32_t index = 0; index < 4; ++index)
    CHECK(exo::guarantee(kBoundVirt + index * PAGE_SIZE, 0u, pages[20 + index]).ok());
  idle_until_the_end();
}

void takes_all_pages_but_the_guaranteed_number() {
  const test::Child child = start(resist);
  const uint32_t above = test::pages_of(child.id) - EXO_GUARANTEED_PAGES;
  CHECK(above >= 30);
  CHECK(revoke(child, EXO_RESOURCE_PAGES, above).ok());
  let_pass(20);
  CHECK(test::pages_of(child.id) == EXO_GUARANTEED_PAGES);
  CHECK(told_count == above);
  CHECK(notices > 1);  // a few at a time
  CHECK(exo::env_destroy(child.capability).ok());
}

void refuses_what_cannot_be_taken() {
  const test::Child child = start(idle_until_the_end);
  CHECK(refused(revoke(child, EXO_RESOURCE_ENVIRONMENTS, 1), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(revoke(child, EXO_RESOURCE_COUNT, 1), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(revoke(child, 0xffffffff, 1), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(revoke(child, EXO_RESOURCE_CODE, 1), EXO_ERROR_LIMIT));
  CHECK(refused(revoke(child, EXO_RESOURCE_TRANSFERS, 1), EXO_ERROR_LIMIT));
  CHECK(refused(revoke(child, EXO_RESOURCE_TILES, 1), EXO_ERROR_LIMIT));
  end(child);
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  vector = test::bind_table<exo::SliceRecord>(exo::Exposed::kSlices, kTables + 0x10000);
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  takes_slices();
  takes_transfers();
  takes_code();
  takes_tiles();
  takes_all_pages_but_the_guaranteed_number();
  refuses_what_cannot_be_taken();
}
