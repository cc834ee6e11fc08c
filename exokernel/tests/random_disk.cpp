// Random extents, requests and changes of hands, beside a model of the disk: who may read which
// block, and what is on it.
// options: --set devices.disk.revolutions=20000 --set devices.disk.sectors=256 --set devices.disk.overhead=20us
#include "exokernel/tests/harness/disk.hpp"
#include "exokernel/tests/harness/random.hpp"

using test::refused;

namespace {

constexpr uint32_t kRounds = 3000;
constexpr uint32_t kBase = 70'000;  // the blocks of the model begin here
constexpr uint32_t kBlocks = 100;
constexpr uint32_t kExtents = 5;
constexpr uint32_t kPages = 6;
constexpr uint32_t kWindow = 0x10000000;
constexpr uint32_t kApart = 0x11000000;

constinit test::Random random(0x2545f491);
uint32_t next_value = 1;

struct Block {
  bool is_readable = true;
  uint32_t value = 0;  // of its first word; the others count on. 0: all are 0
};
Block disk[kBlocks];

struct Extent {
  uint32_t first, blocks;  // 0 blocks: there is none
  exo::Capability capability;
};
Extent extents[kExtents];

struct Request {
  bool is_write;
  uint32_t ticket;
  uint32_t block;   // of the model
  uint32_t count;   // 0: there is none
  uint32_t offset;  // in the page
  uint32_t value;   // of the first word, if it writes
  uint32_t extent;
};
exo::Capability pages[kPages], page_apart, apart;
Request requests[kPages];  // a page has one at a time

uint32_t counts[4];  // requests by their ends

uint32_t window(uint32_t page) { return kWindow + page * PAGE_SIZE; }

void bind(uint32_t page) {
  exo::tlb_write(window(page), EXO_MAP_WRITE | EXO_MAP_UNCACHED, pages[page]);
}

bool holds(uint32_t virt, uint32_t value) {
  for (uint32_t offset = 0; offset < DISK_BLOCK_SIZE; offset += 4)
    if (test::word_at(virt + offset) != (value == 0 ? 0 : value + offset)) return false;
  return true;
}

void written(const Request& request, uint32_t moved) {
  for (uint32_t index = 0; index < moved; ++index)
    disk[request.block + index] = {true, request.value + index * DISK_BLOCK_SIZE};
}

void end(uint32_t page) {
  Request& request = requests[page];
  const uint32_t state = test::request(request.ticket).state;
  ++counts[state];
  if (state == EXO_REQUEST_DONE) {
    CHECK(test::request(request.ticket).moved == request.count);
    if (request.is_write) written(request, request.count);
    for (uint32_t index = 0; !request.is_write && index < request.count; ++index)
      CHECK(holds(window(page) + request.offset + index * DISK_BLOCK_SIZE,
                  disk[request.block + index].value));
  }
  request.count = 0;
}

/// Notes what is over, in the order of the queue: of what was queued before this ticket.
void look(uint32_t before = 0xffffffff) {
  for (;;) {
    uint32_t oldest = kPages;
    for (uint32_t page = 0; page < kPages; ++page)
      if (requests[page].count != 0 &&
          (oldest == kPages || requests[page].ticket < requests[oldest].ticket))
        oldest = page;
    if (oldest == kPages || requests[oldest].ticket >= before ||
        test::request(requests[oldest].ticket).state == EXO_REQUEST_PENDING)
      return;
    end(oldest);
  }
}

/// Waits until the disk is through with everything.
void settle() {
  const exo::CallResult last = exo::disk_transfer(apart, page_apart, 0u, test::blocks(1));
  CHECK(test::wait(test::ticket_of(last)) == EXO_REQUEST_DONE);
}

bool is_free(uint32_t first, uint32_t blocks) {
  for (const Extent& extent : extents)
    if (extent.blocks != 0 && first < extent.first + extent.blocks && extent.first < first + blocks)
      return false;
  return true;
}

void allocate(Extent& extent) {
  const uint32_t first = random.below(kBlocks);
  const uint32_t blocks = 1 + random.below(random.below(2) != 0 ? kBlocks - first : 1);
  const exo::CallResult made = exo::extent_alloc(kBase + first, blocks);
  CHECK(is_free(first, blocks) ? made.ok() : refused(made, EXO_ERROR_BUSY));
  if (made.ok()) extent = {first, blocks, made.capability()};
}

/// Its requests are over; nobody can read what they have written.
void give_back(uint32_t index) {
  Extent& extent = extents[index];
  CHECK(exo::extent_dealloc(extent.capability).ok());
  for (uint32_t page = 0; page < kPages; ++page)
    CHECK(requests[page].count == 0 || requests[page].extent != index ||
          test::request(requests[page].ticket).state != EXO_REQUEST_PENDING);
  look();
  for (uint32_t block = 0; block < extent.blocks; ++block)
    disk[extent.first + block].is_readable = false;
  extent.blocks = 0;
}

bool may_read(uint32_t block, uint32_t count) {
  for (uint32_t index = 0; index < count; ++index)
    if (!disk[block + index].is_readable) return false;
  return true;
}

void ask(uint32_t index, uint32_t page) {
  const Extent& extent = extents[index];
  const uint32_t block = random.below(extent.blocks);
  const uint32_t most = extent.blocks - block < 8 ? extent.blocks - block : 8;
  const uint32_t count = 1 + random.below(most);
  const uint32_t offset = random.below(9 - count) * DISK_BLOCK_SIZE;
  const bool is_write = random.below(2) != 0;
  if (is_write) {
    next_value += 0x2000;
    test::fill(window(page) + offset, count * DISK_BLOCK_SIZE, next_value);
  }
  const uint32_t at = extent.first + block;
  const exo::CallResult asked =
      exo::disk_transfer(extent.capability, pages[page], block,
                         test::blocks(count, is_write ? EXO_DISK_WRITE : 0, offset));
  if (!is_write && !may_read(at, count)) {
    look();  // what was being written may be there now
    if (!may_read(at, count)) CHECK(refused(asked, EXO_ERROR_NOT_WRITTEN));
  } else {
    CHECK(asked.ok());
  }
  if (!asked.ok()) return;
  const auto ticket = static_cast<uint32_t>(asked.value);
  requests[page] = {is_write, ticket, at, count, offset, next_value, index};
}

/// What had been queued for it is over: of a write that was under way some blocks are there.
void change_page(uint32_t page) {
  CHECK(exo::page_dealloc(pages[page]).ok());
  Request request = requests[page];
  if (request.count != 0) CHECK(test::request(request.ticket).state != EXO_REQUEST_PENDING);
  const bool is_cancelled =
      request.count != 0 && test::request(request.ticket).state == EXO_REQUEST_CANCELLED;
  pages[page] = exo::page_alloc(pages[page].index()).capability();
  bind(page);
  if (is_cancelled) {
    ++counts[EXO_REQUEST_CANCELLED];
    requests[page].count = 0;
    settle();
    look(request.ticket);
    if (request.is_write) written(request, test::request(request.ticket).moved);
  }
  look();
}

/// All that the tables show agrees with the model.
void compare() {
  uint32_t blocks = 1;
  for (const Extent& extent : extents) {
    if (extent.blocks == 0) continue;
    const volatile exo::ExtentRecord& record = test::extents()[extent.capability.index()];
    CHECK(record.first == kBase + extent.first && record.blocks == extent.blocks);
    CHECK(record.owner == exo::info().environment);
    blocks += extent.blocks;
  }
  CHECK(test::stock(EXO_RESOURCE_BLOCKS).free == exo::info().disk_blocks - blocks);
}

void step() {
  const uint32_t index = random.below(kExtents), page = random.below(kPages);
  const bool is_there = extents[index].blocks != 0;
  look();
  bind(page);
  switch (random.below(16)) {
    case 0:
      if (is_there) return give_back(index);
      [[fallthrough]];
    case 1:
      if (!is_there) allocate(extents[index]);
      return;
    case 2:
      return change_page(page);
    case 3:
      return test::burn(random.below(20'000));
    default:
      if (is_there && requests[page].count == 0) ask(index, page);
  }
}

}  // namespace

void run_tests() {
  test::bind_disk_tables();
  for (exo::Capability& page : pages) page = exo::page_alloc(EXO_PAGE_ANY).capability();
  page_apart = test::new_page(kApart);
  apart = test::new_extent(0, 1);
  for (uint32_t round = 0; round < kRounds && test::failures() == 0; ++round) {
    step();
    if (round % 16 == 0) compare();
  }
  CHECK(counts[EXO_REQUEST_DONE] > 100 && counts[EXO_REQUEST_CANCELLED] > 100);
  CHECK(counts[EXO_REQUEST_PENDING] == 0 && counts[EXO_REQUEST_ERROR] == 0);
}
