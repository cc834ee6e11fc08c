// disk_transfer: what is read and written, what tables and the saved image show, each refusal and
// boundary, that nobody reads what others have left, and being told of the end.
// options: --set devices.disk.image={source} --set devices.disk.save={saved}
// saved: ^// disk_transfer: what is read
// saved: written from a page by the test of the disk
#include <initializer_list>

#include "exokernel/tests/harness/disk.hpp"

using test::blocks;
using test::refused;
using test::ticket_of;
using test::wait;

namespace {

constexpr uint32_t kBlock = DISK_BLOCK_SIZE;
constexpr uint32_t kPage = 0x10000000;
constexpr uint32_t kWrite = EXO_DISK_WRITE;
constexpr uint32_t kRecords = 0x30040000;

const volatile exo::EnvironmentRecord* records;
exo::Capability page;

/// Sleeps until one of the events; which it was.
uint32_t sleep(uint32_t events, uint32_t cycles) {
  exo::context().events = 0;
  CHECK(test_sleep(events, cycles) == 0);
  return exo::context().events;
}

uint32_t transfer(const exo::Capability& extent, uint32_t block, uint32_t what) {
  return ticket_of(exo::disk_transfer(extent, page, block, what));
}

void reads_what_was_on_the_disk() {
  const exo::Capability extent = test::new_extent(0, 4);
  const uint32_t ticket = transfer(extent, 0, blocks(2, 0, 512));
  const volatile exo::RequestRecord& record = test::request(ticket);
  CHECK(record.ticket == ticket && record.block == 0 && record.blocks == 2);
  CHECK(record.environment == exo::info().environment && record.is_write == 0);
  CHECK(test::quota_of(exo::info().environment, EXO_RESOURCE_REQUESTS).own == 1);
  CHECK(test::stock(EXO_RESOURCE_REQUESTS).free == test::kDiskSlots - 1);
  CHECK(wait(ticket) == EXO_REQUEST_DONE);
  CHECK(record.moved == 2);
  CHECK(test::stock(EXO_RESOURCE_REQUESTS).free == test::kDiskSlots);
  CHECK(test::word_at(kPage) == 0 && test::word_at(kPage + 508) == 0);
  constexpr char kStart[] = "// disk_transfer: what is read and written";
  for (uint32_t index = 0; index + 1 < sizeof kStart; ++index)
    CHECK(*reinterpret_cast<volatile char*>(kPage + 512 + index) == kStart[index]);
  CHECK(test::word_at(kPage + 512 + 2 * kBlock) == 0);
  CHECK(exo::extent_dealloc(extent).ok());
}

/// Blocks 10 to 17 of the disk; every place in the page.
void writes_and_reads_back() {
  const exo::Capability extent = test::new_extent(8, 16);
  test::fill(kPage, PAGE_SIZE, 0x1000);
  CHECK(wait(transfer(extent, 2, blocks(8, kWrite))) == EXO_REQUEST_DONE);
  test::fill(kPage, PAGE_SIZE, 0x77770000);
  for (uint32_t index = 0; index < 8; ++index) {
    const uint32_t offset = (7 - index) * kBlock;
    const uint32_t ticket = transfer(extent, 2 + index, blocks(1, 0, offset));
    CHECK(wait(ticket) == EXO_REQUEST_DONE && test::request(ticket).moved == 1);
    CHECK(test::is_filled(kPage + offset, kBlock, 0x1000 + index * kBlock));
    if (index == 3) CHECK(test::is_filled(kPage, 4 * kBlock, 0x77770000));
  }
  CHECK(exo::extent_dealloc(extent).ok());
}

void fills_the_saved_image() {
  const exo::Capability extent = test::new_extent(40, 1);
  constexpr char kText[] = "written from a page by the test of the disk";
  for (uint32_t index = 0; index < sizeof kText; ++index)
    *reinterpret_cast<volatile char*>(kPage + index) = kText[index];
  CHECK(wait(transfer(extent, 0, blocks(1, kWrite))) == EXO_REQUEST_DONE);
}

/// In the order in which they were queued, though the heads could go another way.
void serves_in_order() {
  const exo::Capability near = test::new_extent(100, 8), far = test::new_extent(200'000, 8);
  const uint32_t first = transfer(near, 0, blocks(1, kWrite));
  const uint32_t second = transfer(far, 0, blocks(1));
  const uint32_t third = transfer(near, 1, blocks(1, kWrite));
  CHECK(second == first + 1 && third == first + 2);
  CHECK(wait(second) == EXO_REQUEST_DONE);
  CHECK(test::request(first).state == EXO_REQUEST_DONE);
  CHECK(test::request(third).state == EXO_REQUEST_PENDING);
  CHECK(wait(third) == EXO_REQUEST_DONE);
  CHECK(exo::extent_dealloc(near).ok() && exo::extent_dealloc(far).ok());
}

exo::CallResult ask(const exo::Capability& extent, uint32_t block, uint32_t what) {
  return exo::disk_transfer(extent, page, block, what);
}

void refuses_what_does_not_fit() {
  const exo::Capability extent = test::new_extent(300, 16);
  for (const uint32_t what :
       {blocks(0), blocks(9), blocks(8, 0, 512), blocks(1, 0, 256), blocks(1, 0, 4096),
        blocks(2, 0, 3584), blocks(1, 4), blocks(1, 8), 0xffffffffu, blocks(0xffff)})
    CHECK(refused(ask(extent, 0, what), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(ask(extent, 16, blocks(1)), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(ask(extent, 15, blocks(2)), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(ask(extent, 0xffffffff, blocks(2)), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(ask(extent, 0xffffffff, blocks(1)), EXO_ERROR_BAD_ARGUMENT));
  CHECK(wait(ticket_of(ask(extent, 15, blocks(1, 0, 3584)))) == EXO_REQUEST_DONE);
  CHECK(wait(ticket_of(ask(extent, 8, blocks(8)))) == EXO_REQUEST_DONE);
  CHECK(exo::extent_dealloc(extent).ok());
}

/// The last block of the disk, and extents of the largest size.
void reaches_every_block() {
  const uint32_t disk_blocks = exo::info().disk_blocks;
  const exo::Capability extent = test::new_extent(disk_blocks - EXO_EXTENT_MAX, EXO_EXTENT_MAX);
  CHECK(refused(ask(extent, EXO_EXTENT_MAX, blocks(1)), EXO_ERROR_BAD_ARGUMENT));
  test::fill(kPage, PAGE_SIZE, 1);
  const uint32_t ticket = transfer(extent, EXO_EXTENT_MAX - 1, blocks(1));
  CHECK(test::request(ticket).block == disk_blocks - 1);
  CHECK(wait(ticket) == EXO_REQUEST_DONE);
  CHECK(test::word_at(kPage) == 0 && test::word_at(kPage + kBlock) == 1 + kBlock);
  CHECK(exo::extent_dealloc(extent).ok());
}

exo::Capability weaker(const exo::Capability& capability, uint32_t rights) {
  return exo::capability_derive(capability, rights).capability();
}

void checks_both_capabilities() {
  const exo::Capability extent = test::new_extent(400, 8);
  const uint32_t in = blocks(1), out = blocks(1, kWrite);
  const exo::Capability reads = weaker(extent, EXO_RIGHT_READ);
  const exo::Capability writes = weaker(extent, EXO_RIGHT_WRITE);
  const exo::Capability read_page = weaker(page, EXO_RIGHT_READ);
  const exo::Capability write_page = weaker(page, EXO_RIGHT_WRITE);
  CHECK(refused(exo::disk_transfer(reads, page, 0u, out), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::disk_transfer(writes, page, 0u, in), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::disk_transfer(extent, read_page, 0u, in), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::disk_transfer(extent, write_page, 0u, in), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::disk_transfer(extent, write_page, 0u, out), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::disk_transfer(exo::Capability{}, page, 0u, in), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::disk_transfer(extent, exo::Capability{}, 0u, in), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::disk_transfer(page, page, 0u, in), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::disk_transfer(extent, extent, 0u, in), EXO_ERROR_BAD_CAPABILITY));
  CHECK(wait(ticket_of(exo::disk_transfer(reads, page, 0u, in))) == EXO_REQUEST_DONE);
  CHECK(wait(ticket_of(exo::disk_transfer(writes, read_page, 0u, out))) == EXO_REQUEST_DONE);
  CHECK(exo::extent_dealloc(extent).ok());
}

/// Of an extent that was somebody's only what has been written since can be read: the bits are
/// looked at on both sides of a word of the kernel's map, and within one.
void hides_what_others_have_left() {
  const exo::Capability before = test::new_extent(1000, 100);
  CHECK(wait(transfer(before, 0, blocks(8, kWrite))) == EXO_REQUEST_DONE);
  CHECK(exo::extent_dealloc(before).ok());
  const exo::Capability extent = test::new_extent(990, 120);  // 10 on each side were nobody's
  CHECK(wait(transfer(extent, 2, blocks(8))) == EXO_REQUEST_DONE);
  CHECK(wait(transfer(extent, 110, blocks(8))) == EXO_REQUEST_DONE);
  CHECK(refused(ask(extent, 3, blocks(8)), EXO_ERROR_NOT_WRITTEN));
  CHECK(refused(ask(extent, 109, blocks(1)), EXO_ERROR_NOT_WRITTEN));
  CHECK(refused(ask(extent, 109, blocks(2)), EXO_ERROR_NOT_WRITTEN));
  for (uint32_t block = 10; block < 110; ++block)
    CHECK(refused(ask(extent, block, blocks(1)), EXO_ERROR_NOT_WRITTEN));
  for (const uint32_t block : {30u, 60u}) {
    CHECK(wait(transfer(extent, block, blocks(8, kWrite))) == EXO_REQUEST_DONE);
    CHECK(wait(transfer(extent, block, blocks(8))) == EXO_REQUEST_DONE);
    CHECK(refused(ask(extent, block - 1, blocks(8)), EXO_ERROR_NOT_WRITTEN));
    CHECK(refused(ask(extent, block + 1, blocks(8)), EXO_ERROR_NOT_WRITTEN));
    CHECK(refused(ask(extent, block - 1, blocks(1)), EXO_ERROR_NOT_WRITTEN));
    CHECK(refused(ask(extent, block + 8, blocks(1)), EXO_ERROR_NOT_WRITTEN));
  }
  CHECK(exo::extent_dealloc(extent).ok());
}

/// Only when it is over: until then the block may hold what it held.
void hides_what_is_being_written() {
  CHECK(exo::extent_dealloc(test::new_extent(1200, 1)).ok());
  const exo::Capability extent = test::new_extent(1200, 1);
  const uint32_t ticket = transfer(extent, 0, blocks(1, kWrite));
  CHECK(refused(ask(extent, 0, blocks(1)), EXO_ERROR_NOT_WRITTEN));
  CHECK(wait(ticket) == EXO_REQUEST_DONE);
  CHECK(wait(transfer(extent, 0, blocks(1))) == EXO_REQUEST_DONE);
  CHECK(exo::extent_dealloc(extent).ok());
}

void tells_of_the_end() {
  const exo::Capability extent = test::new_extent(2000, 2);
  const uint32_t ticket = transfer(extent, 0, blocks(1, EXO_DISK_TELL));
  CHECK(sleep(EXO_EVENT_DISK, 0) == EXO_EVENT_DISK);
  CHECK(test::request(ticket).state == EXO_REQUEST_DONE);
  CHECK(sleep(EXO_EVENT_DISK | EXO_EVENT_TIME, 0) == EXO_EVENT_TIME);
  const uint32_t untold = transfer(extent, 1, blocks(1));
  CHECK(sleep(EXO_EVENT_DISK | EXO_EVENT_TIME, 2'000'000) == EXO_EVENT_TIME);
  CHECK(test::request(untold).state == EXO_REQUEST_DONE);
  CHECK(exo::extent_dealloc(extent).ok());
}

// ---- a child that has been given capabilities, and nothing else

exo::Capability lent;

void reads_what_it_was_lent() {
  test::bind_disk_tables();
  const exo::Capability own = test::new_page(kPage);
  CHECK(refused(exo::disk_transfer(lent, own, 0u, blocks(1, kWrite)), EXO_ERROR_NO_RIGHT));
  CHECK(wait(ticket_of(exo::disk_transfer(lent, own, 0u, blocks(1)))) == EXO_REQUEST_DONE);
  CHECK(test::is_filled(kPage, kBlock, 0xabc00000));
}

void is_shared_by_capability() {
  const exo::Capability extent = test::new_extent(2100, 1);
  test::fill(kPage, kBlock, 0xabc00000);
  CHECK(wait(transfer(extent, 0, blocks(1, kWrite))) == EXO_REQUEST_DONE);
  lent = weaker(extent, EXO_RIGHT_READ);
  const test::Child child = test::create_child(reads_what_it_was_lent);
  test::start_child(child);
  CHECK(test::wait_for(child, records) == 0);
  CHECK(exo::extent_dealloc(extent).ok());
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kRecords);
  test::bind_disk_tables();
  page = test::new_page(kPage);
  reads_what_was_on_the_disk();
  writes_and_reads_back();
  fills_the_saved_image();
  serves_in_order();
  refuses_what_does_not_fit();
  reaches_every_block();
  checks_both_capabilities();
  hides_what_others_have_left();
  hides_what_is_being_written();
  tells_of_the_end();
  is_shared_by_capability();
}
