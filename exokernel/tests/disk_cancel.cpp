// What becomes of queued requests to the disk when a page or an extent changes hands, or who has
// queued them ends: none touches a page afterwards, whenever that happens, and no block can be read
// that has not been written whole.
#include "exokernel/tests/harness/disk.hpp"

using test::blocks;
using test::refused;
using test::ticket_of;
using test::wait;

namespace {

constexpr uint32_t kBlock = DISK_BLOCK_SIZE;
constexpr uint32_t kPage = 0x10000000;
constexpr uint32_t kOther = 0x10001000;
constexpr uint32_t kWrite = EXO_DISK_WRITE;

exo::Capability page;
exo::Capability other, apart;  // a page and an extent that nothing happens to

uint32_t self() { return exo::info().environment; }
uint32_t queued_by(uint32_t id) { return test::quota_of(id, EXO_RESOURCE_REQUESTS).own; }

/// The page goes back and comes again: the frame is the same, and has new contents.
void change_page(uint32_t value) {
  CHECK(exo::unguarantee(kPage).ok());
  CHECK(exo::page_dealloc(page).ok());
  page = exo::page_alloc(page.index()).capability();
  CHECK(exo::guarantee(kPage, EXO_MAP_WRITE | EXO_MAP_UNCACHED, page).ok());
  test::fill(kPage, PAGE_SIZE, value);
}

/// Waits until the disk is through with all that has been queued.
void settle() {
  CHECK(wait(ticket_of(exo::disk_transfer(apart, other, 0u, blocks(1)))) == EXO_REQUEST_DONE);
}

/// At many times of a revolution, and before and after.
template <typename Action>
void at_many_times(Action action) {
  constexpr uint32_t kTimes = 60;
  const uint32_t rotation = exo::info().cpu_hz / 60;  // cycles
  for (uint32_t time = 0; time < kTimes; ++time) {
    const uint32_t delay = time * (rotation + rotation / 2) / kTimes;
    action([=] { test::burn(delay / 2); });
  }
}

/// Nothing was moved, some blocks, all of them: each has happened.
void expect_all_kinds(const uint32_t (&seen)[9]) {
  uint32_t some = 0;
  for (uint32_t moved = 1; moved < 8; ++moved) some += seen[moved];
  CHECK(seen[0] != 0 && some != 0 && seen[8] != 0);
}

void never_touches_a_page_that_is_given_back() {
  const exo::Capability extent = test::new_extent(10'000, 24);
  uint32_t seen[9] = {};
  at_many_times([&](auto delay) {
    const uint32_t first = ticket_of(exo::disk_transfer(extent, page, 8u, blocks(8)));
    const uint32_t second = ticket_of(exo::disk_transfer(extent, page, 16u, blocks(8)));
    delay();
    change_page(0x5afe0000);
    CHECK(test::request(second).state != EXO_REQUEST_PENDING);
    CHECK(test::request(first).state != EXO_REQUEST_PENDING);
    CHECK(queued_by(self()) == 0);
    settle();
    CHECK(test::is_filled(kPage, PAGE_SIZE, 0x5afe0000));
    ++seen[test::request(first).moved];
  });
  expect_all_kinds(seen);
  CHECK(exo::extent_dealloc(extent).ok());
}

/// Of a request to write that is cancelled, what has been written was in the page before.
void writes_whole_blocks_or_none() {
  uint32_t seen[9] = {};
  at_many_times([&](auto delay) {
    CHECK(exo::extent_dealloc(test::new_extent(20'001, 8)).ok());
    const exo::Capability extent = test::new_extent(20'000, 9);
    test::fill(kPage, PAGE_SIZE, 0x01d00000);
    const uint32_t ticket = ticket_of(exo::disk_transfer(extent, page, 1u, blocks(8, kWrite)));
    delay();
    change_page(0x2e600000);
    settle();
    const uint32_t moved = test::request(ticket).moved;
    ++seen[moved];
    for (uint32_t block = 0; block < 8; ++block) {
      const exo::CallResult read = exo::disk_transfer(extent, page, block + 1, blocks(1));
      if (block >= moved) {
        CHECK(refused(read, EXO_ERROR_NOT_WRITTEN));
      } else {
        CHECK(wait(ticket_of(read)) == EXO_REQUEST_DONE);
        CHECK(test::is_filled(kPage, kBlock, 0x01d00000 + block * kBlock));
      }
    }
    CHECK(exo::extent_dealloc(extent).ok());
  });
  expect_all_kinds(seen);
}

/// What the disk still writes of the old extent, the owner of the new one does not get to see; what
/// that one writes is written later.
void ends_with_the_extent() {
  at_many_times([&](auto delay) {
    const exo::Capability before = test::new_extent(30'000, 8);
    test::fill(kPage, PAGE_SIZE, 0x01d00000);
    const uint32_t first = ticket_of(exo::disk_transfer(before, page, 0u, blocks(8, kWrite)));
    const uint32_t second = ticket_of(exo::disk_transfer(before, page, 0u, blocks(1, kWrite)));
    delay();
    CHECK(exo::extent_dealloc(before).ok());
    CHECK(test::request(second).state == EXO_REQUEST_CANCELLED);
    CHECK(test::request(first).state != EXO_REQUEST_PENDING);
    const exo::Capability extent = test::new_extent(30'000, 8);
    test::fill(kPage, PAGE_SIZE, 0x2e600000);
    CHECK(wait(ticket_of(exo::disk_transfer(extent, page, 2u, blocks(1, kWrite)))) ==
          EXO_REQUEST_DONE);
    for (uint32_t block = 0; block < 8; ++block) {
      const exo::CallResult read = exo::disk_transfer(extent, page, block, blocks(1));
      CHECK(block == 2 ? read.ok() : refused(read, EXO_ERROR_NOT_WRITTEN));
      if (read.ok()) wait(static_cast<uint32_t>(read.value));
    }
    CHECK(test::is_filled(kPage, kBlock, 0x2e600000));
    settle();
    CHECK(exo::extent_dealloc(extent).ok());
  });
}

// ---- a child with capabilities of the test's page and extent

exo::Capability lent_page, lent_extent;
volatile uint32_t childs_first, childs_last;
volatile bool is_ready;
constexpr uint32_t kChildsRequests = 4;

void queues_and_waits() {
  childs_first = ticket_of(exo::disk_transfer(lent_extent, lent_page, 0u, blocks(1)));
  for (uint32_t count = 1; count < kChildsRequests; ++count)
    childs_last = ticket_of(exo::disk_transfer(lent_extent, lent_page, count, blocks(1)));
  is_ready = true;
  for (;;) test_yield(EXO_YIELD_NEXT);
}

/// Two of the test's own requests, and the child's between them.
struct Queued {
  test::Child child;
  uint32_t first, last;
};
Queued queue_both(const exo::Capability& extent) {
  lent_page = page;
  lent_extent = extent;
  is_ready = false;
  const test::Child child = test::create_child(queues_and_waits);
  const uint32_t first = ticket_of(exo::disk_transfer(extent, page, 0u, blocks(1)));
  test::start_child(child);
  while (!is_ready) test_yield(child.id);
  const uint32_t last = ticket_of(exo::disk_transfer(extent, page, 1u, blocks(1)));
  CHECK(queued_by(child.id) == kChildsRequests && queued_by(self()) == 2);
  return {child, first, last};
}

void expect_only_own(const Queued& queued) {
  CHECK(queued_by(queued.child.id) == 0);
  CHECK(test::request(childs_first).state == EXO_REQUEST_CANCELLED);
  CHECK(test::request(childs_last).state == EXO_REQUEST_CANCELLED);
  CHECK(wait(queued.last) == EXO_REQUEST_DONE);
  CHECK(test::request(queued.first).state == EXO_REQUEST_DONE);
  CHECK(test::stock(EXO_RESOURCE_REQUESTS).free == test::kDiskSlots);
}

void ends_with_who_has_queued_it(const exo::Capability& extent) {
  const Queued queued = queue_both(extent);
  CHECK(exo::env_destroy(queued.child.capability).ok());
  expect_only_own(queued);
}

/// Also if the first of them is just being carried out.
void ends_with_who_has_queued_the_first(const exo::Capability& extent) {
  const Queued queued = queue_both(extent);
  CHECK(wait(queued.first) == EXO_REQUEST_DONE);
  CHECK(test::request(childs_first).state == EXO_REQUEST_PENDING);
  CHECK(exo::env_destroy(queued.child.capability).ok());
  expect_only_own(queued);
}

void ends_with_the_capabilities_of_the_extent(exo::Capability& extent) {
  const Queued queued = queue_both(extent);
  extent = exo::capability_change(extent.word[0]).capability();
  expect_only_own(queued);
  CHECK(exo::env_destroy(queued.child.capability).ok());
}

void ends_with_the_capabilities_of_the_page(const exo::Capability& extent) {
  const Queued queued = queue_both(extent);
  page = exo::capability_change(page.word[0]).capability();
  expect_only_own(queued);
  CHECK(exo::env_destroy(queued.child.capability).ok());
}

/// The receiver's own requests go on: there are none.
void ends_when_the_page_is_given_away(const exo::Capability& extent) {
  const exo::Capability given = exo::page_alloc(EXO_PAGE_ANY).capability();
  const test::Child child = test::create_child(queues_and_waits);
  const uint32_t ticket = ticket_of(exo::disk_transfer(extent, given, 0u, blocks(1)));
  CHECK(exo::page_give(given, child.capability).ok());
  CHECK(test::request(ticket).state == EXO_REQUEST_CANCELLED && queued_by(self()) == 0);
  CHECK(exo::env_destroy(child.capability).ok());
}

/// The engine and the disk use the same page: both let go of it.
void ends_with_transfers_of_the_engine(const exo::Capability& extent) {
  const uint32_t transfers = test::quota_of(self(), EXO_RESOURCE_TRANSFERS).own;
  ticket_of(exo::disk_transfer(extent, page, 0u, blocks(1)));
  for (unsigned count = 0; count < 8; ++count)
    CHECK(exo::dma_copy(other, page, 0u, PAGE_SIZE).ok());
  change_page(0x5afe0000);
  CHECK(test::quota_of(self(), EXO_RESOURCE_TRANSFERS).own == transfers);
  CHECK(queued_by(self()) == 0);
  settle();
  CHECK(test::is_filled(kPage, PAGE_SIZE, 0x5afe0000));
}

void tells_who_awaits_it(const exo::Capability& extent) {
  const uint32_t what = blocks(1, EXO_DISK_TELL);
  ticket_of(exo::disk_transfer(extent, other, 0u, blocks(1)));
  ticket_of(exo::disk_transfer(extent, page, 0u, what));
  change_page(0);
  exo::context().events = 0;
  CHECK(test_sleep(EXO_EVENT_DISK, 0) == 0 && exo::context().events == EXO_EVENT_DISK);
  settle();
}

void refuses_when_full(const exo::Capability& extent) {
  uint32_t count = 0;
  exo::CallResult last = exo::disk_transfer(extent, page, 0u, blocks(1));
  for (; last.ok(); ++count) last = exo::disk_transfer(extent, page, 0u, blocks(1));
  CHECK(refused(last, EXO_ERROR_BUSY));
  CHECK(count == test::kDiskSlots && queued_by(self()) == test::kDiskSlots);
  CHECK(test::stock(EXO_RESOURCE_REQUESTS).free == 0);
  change_page(0);
  CHECK(queued_by(self()) == 0);
  settle();
}

void obeys_the_quota(const exo::Capability& extent) {
  const uint32_t word = exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0);
  const exo::Capability quota = exo::capability_mint(word).capability();
  CHECK(exo::quota_set(quota, self(), EXO_RESOURCE_REQUESTS, 0u, 1u, 1u).ok());
  const uint32_t ticket = ticket_of(exo::disk_transfer(extent, page, 0u, blocks(1)));
  CHECK(refused(exo::disk_transfer(extent, page, 0u, blocks(1)), EXO_ERROR_QUOTA));
  wait(ticket);
  settle();
  CHECK(exo::quota_set(quota, self(), EXO_RESOURCE_REQUESTS, 0u, EXO_NO_LIMIT, 1u).ok());
}

}  // namespace

void run_tests() {
  test::bind_disk_tables();
  page = test::new_page(kPage);
  other = test::new_page(kOther);
  apart = test::new_extent(0, 1);
  never_touches_a_page_that_is_given_back();
  writes_whole_blocks_or_none();
  ends_with_the_extent();
  exo::Capability extent = test::new_extent(40'000, 8);
  ends_with_who_has_queued_it(extent);
  ends_with_who_has_queued_the_first(extent);
  ends_with_the_capabilities_of_the_extent(extent);
  ends_with_the_capabilities_of_the_page(extent);
  ends_when_the_page_is_given_away(extent);
  ends_with_transfers_of_the_engine(extent);
  tells_who_awaits_it(extent);
  refuses_when_full(extent);
  obeys_the_quota(extent);
}
