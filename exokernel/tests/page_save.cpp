// The abort protocol with a disk: the state of pages taken by force goes to pages named for it,
// then to blocks, then nowhere; what is wrongly named; that the pages become free, also if the
// extent or the environment goes first.
// options:
// options: --set arguments=slice=1000
#include "exokernel/tests/harness/disk.hpp"

using test::blocks;
using test::refused;
using test::wait;

namespace {

constexpr uint32_t kPage = 0x10001000;
constexpr uint32_t kChildPages = 20;
constexpr uint32_t kTaken = 6;
constexpr uint32_t kFirst = 5;  // block of the extent
constexpr uint32_t kLeft = 3;   // pages
constexpr uint32_t kFrameMask = 0x0fffffff;

exo::Capability quota;

// What the child names, and whether it may go on. It shares the test's data.
volatile uint32_t named_first, named_left;
volatile uint32_t extent_first = 1000, extent_blocks = kFirst + 8 * kLeft;
volatile bool names_others, is_ready, may_look, may_end;
exo::Capability extent, others;
exo::Capability child_pages[kChildPages];

uint32_t where(uint32_t save) {
  return EXO_SAVED_ON_DISK | (extent.index() << EXO_SAVED_EXTENT_SHIFT) | (kFirst + 8 * save);
}

void hold_pages() {
  extent = test::new_extent(extent_first, extent_blocks);
  for (exo::Capability& page : child_pages) {
    page = exo::page_alloc(EXO_PAGE_ANY).capability();
    CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page).ok());
    for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
      test::poke(test::kVirt + offset, page.index() + (offset << 16));
  }
  volatile exo::Context& context = exo::context();
  context.save_pages[0] = child_pages[0].index();
  context.save_extent = names_others ? others.index() : extent.index();
  context.save_block = named_first;
  context.save_left = named_left;
  is_ready = true;
  while (!may_look) test_yield(EXO_YIELD_NEXT);
}

/// The page's number was in each of its words.
bool is_page(uint32_t virt, uint32_t pfn) {
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
    if (test::word_at(virt + offset) != pfn + (offset << 16)) return false;
  return true;
}

/// The state may still be on its way.
void read(const exo::Capability& page, uint32_t block) {
  exo::CallResult result = exo::disk_transfer(extent, page, block, blocks(8));
  while (refused(result, EXO_ERROR_NOT_WRITTEN)) {
    test_yield(EXO_YIELD_NEXT);
    result = exo::disk_transfer(extent, page, block, blocks(8));
  }
  CHECK(wait(test::ticket_of(result)) == EXO_REQUEST_DONE);
}

void find_state() {
  hold_pages();
  test::bind_disk_tables();
  const exo::Capability page = test::new_page(kPage);
  const volatile exo::Context& context = exo::context();
  CHECK(context.repossessed == kTaken);
  CHECK(context.save_left == 0 && context.save_block == kFirst + 8 * kLeft);
  for (uint32_t index = 0; index < kTaken; ++index) {
    const uint32_t pfn = context.repossession[index].what & kFrameMask;
    const uint32_t saved = context.repossession[index].saved;
    if (index == 0) {
      CHECK(saved == child_pages[0].index());
      CHECK(exo::tlb_write(test::kVirt, 0u, child_pages[0]).ok() && is_page(test::kVirt, pfn));
    } else if (index <= kLeft) {
      CHECK(saved == where(index - 1));
      read(page, kFirst + 8 * (index - 1));
      CHECK(is_page(kPage, pfn));
    } else {
      CHECK(saved == 0);
    }
  }
}

void look_at_nothing() {
  hold_pages();
  const volatile exo::Context& context = exo::context();
  CHECK(context.repossessed == kTaken);
  for (uint32_t index = 1; index < kTaken; ++index) CHECK(context.repossession[index].saved == 0);
  CHECK(context.save_left == named_left && context.save_block == named_first);
}

/// Gives its extent back at once when it may go on: the disk has got nowhere yet.
void give_the_extent_back() {
  hold_pages();
  CHECK(exo::context().repossession[1].saved == where(0));
  CHECK(exo::extent_dealloc(extent).ok());
  while (!may_end) test_yield(EXO_YIELD_NEXT);
}

uint32_t free_pages() { return test::stock(EXO_RESOURCE_PAGES).free; }

test::Child start(void (*function)()) {
  is_ready = false;
  may_look = false;
  may_end = false;
  const test::Child child = test::create_child(function);
  test::start_child(child);
  while (!is_ready) test_yield(EXO_YIELD_NEXT);
  return child;
}

void take_pages(const test::Child& child) {
  CHECK(exo::revoke(quota, child.id, EXO_RESOURCE_PAGES, kTaken, 1u).ok());
  const uint32_t own = test::pages_of(child.id);
  while (test::pages_of(child.id) != own - kTaken) test_yield(EXO_YIELD_NEXT);
}

void end(const test::Child& child) {
  may_look = true;
  while (test::pages_of(child.id) != 0) test_yield(EXO_YIELD_NEXT);
}

/// Time for the disk: eight revolutions at 25 MHz.
void let_it_write() {
  for (unsigned slice = 0; slice < 16; ++slice) {
    test::burn(100'000);
    test_yield(EXO_YIELD_NEXT);
  }
}

void saves_to_the_disk() {
  named_first = kFirst;
  named_left = kLeft;
  const test::Child child = start(find_state);
  const uint32_t before = free_pages();
  take_pages(child);
  CHECK(free_pages() == before + kTaken - kLeft);  // those on their way are the kernel's
  let_it_write();
  CHECK(free_pages() == before + kTaken);
  end(child);
}

/// The blocks are of another extent than before: until then they hold what was in that.
void is_there_when_it_is_read() {
  const test::Child child = start(find_state);
  take_pages(child);
  end(child);
}

void nothing() {}

void saves_nowhere(uint32_t first, uint32_t left, void (*when_named)() = nothing) {
  named_first = first;
  named_left = left;
  const test::Child child = start(look_at_nothing);
  when_named();
  const uint32_t before = free_pages();
  take_pages(child);
  CHECK(free_pages() == before + kTaken);
  end(child);
}

void saves_nowhere_that_is_not_its_own() {
  others = test::new_extent(5000, 100);
  names_others = true;
  saves_nowhere(0, kLeft);
  saves_nowhere(0, kLeft, [] { CHECK(exo::extent_dealloc(others).ok()); });
  others.word[0] |= EXO_CAPABILITY_INDEX_MASK;
  saves_nowhere(0, kLeft);
  names_others = false;
}

void saves_nowhere_beyond_the_extent() {
  constexpr uint32_t kBlocks = kFirst + 8 * kLeft;
  saves_nowhere(kBlocks - 7, 1);
  saves_nowhere(kBlocks, 1);
  saves_nowhere(0xffffffff, 1);
  saves_nowhere(0xfffffff9, 1);
  saves_nowhere(0, 0);
  extent_blocks = 7;
  saves_nowhere(0, 1);
  extent_blocks = kBlocks;
}

void frees_pages_whose_extent_goes() {
  named_first = kFirst;
  named_left = kLeft;
  const uint32_t before = free_pages();
  const test::Child child = start(give_the_extent_back);
  const uint32_t held = free_pages();
  take_pages(child);
  CHECK(free_pages() == held + kTaken - kLeft);
  may_look = true;
  while (free_pages() != held + kTaken) test_yield(EXO_YIELD_NEXT);
  const exo::Capability again = test::new_extent(1000, kFirst + 8 * kLeft);
  let_it_write();
  const exo::Capability page = test::new_page(kPage);
  for (uint32_t block = 0; block < kFirst + 8 * kLeft; ++block)
    CHECK(refused(exo::disk_transfer(again, page, block, blocks(1)), EXO_ERROR_NOT_WRITTEN));
  CHECK(exo::unguarantee(kPage).ok() && exo::page_dealloc(page).ok());
  CHECK(exo::extent_dealloc(again).ok());
  may_end = true;
  end(child);
  CHECK(free_pages() == before);
}

void frees_pages_whose_owner_goes() {
  const uint32_t before = free_pages();
  const test::Child child = start(hold_pages);
  take_pages(child);
  CHECK(exo::env_destroy(child.capability).ok());
  end(child);
  for (unsigned slice = 0; slice < 4; ++slice) test_yield(EXO_YIELD_NEXT);
  CHECK(free_pages() == before);
  CHECK(test::stock(EXO_RESOURCE_BLOCKS).free == exo::info().disk_blocks);
}

/// Pages of three environments wait for the disk; those of the second are freed at its end.
void frees_only_pages_of_the_extent_that_goes() {
  const uint32_t before = free_pages();
  test::Child children[3];
  CHECK(exo::extent_dealloc(test::new_extent(3000, extent_blocks)).ok());
  for (uint32_t index = 0; index < 3; ++index) {
    extent_first = 1000 * (index + 1);
    children[index] = start(hold_pages);
    take_pages(children[index]);
    if (index == 1) CHECK(exo::env_destroy(children[index].capability).ok());
  }
  const exo::Capability last = extent;
  let_it_write();
  const exo::Capability page = test::new_page(kPage);
  for (uint32_t block = 0; block < kFirst + 8 * kLeft; ++block)
    CHECK(refused(exo::disk_transfer(last, page, block, blocks(1)), EXO_ERROR_NOT_WRITTEN) ==
          (block < kFirst));
  CHECK(exo::unguarantee(kPage).ok() && exo::page_dealloc(page).ok());
  end(children[0]);
  end(children[2]);
  for (unsigned slice = 0; slice < 4; ++slice) test_yield(EXO_YIELD_NEXT);
  CHECK(free_pages() == before);
  extent_first = 1000;
}

}  // namespace

void run_tests() {
  test::bind_disk_tables();
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  saves_to_the_disk();
  is_there_when_it_is_read();
  saves_nowhere_that_is_not_its_own();
  saves_nowhere_beyond_the_extent();
  frees_pages_whose_extent_goes();
  frees_pages_whose_owner_goes();
  frees_only_pages_of_the_extent_that_goes();
}
