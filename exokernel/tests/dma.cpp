// dma_copy: what is copied, who sees the result, each refusal, and that no transfer touches a page
// whose binding has been broken.
// latency: 15000
#include "isa/devices/dma.h"

#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kRing = 0x30060000;
constexpr uint32_t kFrom = 0x10000000;
constexpr uint32_t kTo = 0x10001000;
constexpr uint32_t kSlots = 64;

const volatile exo::EnvironmentRecord* records;
const volatile exo::SystemRecord* machine;
exo::Capability from, to;

/// The word of a transfer's descriptor.
uint32_t descriptor(uint32_t ticket, uint32_t offset) {
  return test::word_at(kRing + (ticket % kSlots) * DMA_DESCRIPTOR_SIZE + offset);
}

uint32_t result(uint32_t ticket) { return descriptor(ticket, DMA_DESCRIPTOR_RESULT); }

exo::CallResult copy(uint32_t from_offset, uint32_t to_offset, uint32_t bytes) {
  return exo::dma_copy(from, to, from_offset | (to_offset << 16), bytes);
}

void wait(uint32_t ticket) {
  while (result(ticket) == DMA_RESULT_PENDING) {
  }
}

exo::Capability bind(uint32_t virt) {
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::tlb_write(virt, EXO_MAP_WRITE | EXO_MAP_UNCACHED, page).ok());
  return page;
}

void set_up() {
  const exo::ExposedTable& where = exo::exposed_table(exo::info(), exo::Exposed::kTransfers);
  CHECK(where.entries == kSlots && where.entry_bytes == DMA_DESCRIPTOR_SIZE);
  const exo::CallResult ring = exo::page_capability(where.first_pfn, EXO_RIGHT_READ);
  CHECK(exo::guarantee(kRing, EXO_MAP_UNCACHED, ring.capability()).ok());
  CHECK(test::raises(EXC_MOD, [] { test::poke(kRing, 0); }));
  from = bind(kFrom);
  to = bind(kTo);
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4) test::poke(kFrom + offset, offset + 1);
}

void copies() {
  const exo::CallResult part = copy(8, 100, 12);
  CHECK(part.ok());
  wait(static_cast<uint32_t>(part.value));
  CHECK(result(static_cast<uint32_t>(part.value)) == DMA_RESULT_DONE);
  CHECK(descriptor(static_cast<uint32_t>(part.value), DMA_DESCRIPTOR_COUNT) == 12);
  const uint32_t tag = descriptor(static_cast<uint32_t>(part.value), DMA_DESCRIPTOR_OWNER);
  CHECK(tag == (static_cast<uint32_t>(part.value) << EXO_DMA_OWNER_BITS | exo::info().environment));
  CHECK(test::word_at(kTo + 96) == 0 && test::word_at(kTo + 112) == 0);
  CHECK(test::word_at(kTo + 100) == 9 && test::word_at(kTo + 108) == 17);
  const exo::CallResult whole = copy(0, 0, PAGE_SIZE);
  CHECK(whole.value == part.value + 1);
  wait(static_cast<uint32_t>(whole.value));
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
    CHECK(test::word_at(kTo + offset) == offset + 1);
}

void refuses() {
  const exo::Capability read = exo::capability_derive(to, EXO_RIGHT_READ).capability();
  const exo::Capability freed = exo::capability_derive(from, EXO_RIGHT_FREE).capability();
  const exo::Capability write = exo::capability_derive(to, EXO_RIGHT_WRITE).capability();
  CHECK(refused(exo::dma_copy(from, read, 0u, 4u), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::dma_copy(from, write, 0u, 4u), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::dma_copy(freed, to, 0u, 4u), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::dma_copy(exo::Capability{}, to, 0u, 4u), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::dma_copy(from, exo::Capability{}, 0u, 4u), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(copy(0, 0, 0), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(copy(0, 0, 6), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(copy(2, 0, 4), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(copy(0, 2, 4), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(copy(0, 0, PAGE_SIZE + 4), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(copy(0, 0, 0xfffffffc), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(copy(4, 0, PAGE_SIZE), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(copy(0, 4, PAGE_SIZE), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(copy(PAGE_SIZE, 0, 4), EXO_ERROR_BAD_ARGUMENT));
  CHECK(copy(PAGE_SIZE - 4, PAGE_SIZE - 4, 4).ok());
}

uint32_t own_transfers() {
  return test::quota_of(exo::info().environment, EXO_RESOURCE_TRANSFERS).own;
}

/// The engine is slower than the calls: it fills up.
void refuses_when_full() {
  uint32_t count = 0;
  exo::CallResult last = copy(0, 0, PAGE_SIZE);
  while (last.ok()) {
    ++count;
    last = copy(0, 0, PAGE_SIZE);
  }
  CHECK(refused(last, EXO_ERROR_BUSY));
  CHECK(count >= kSlots);
  CHECK(own_transfers() == kSlots);
  CHECK(machine->stock[EXO_RESOURCE_TRANSFERS].free == 0);
}

/// With a full ring the page goes back: what was queued is cancelled, and the page stays as it is
/// for its next owner.
void never_touches_a_page_that_is_given_back() {
  CHECK(exo::page_dealloc(to).ok());
  CHECK(own_transfers() == 0);
  const exo::CallResult again = exo::page_alloc(to.index());
  CHECK(exo::tlb_write(kTo, EXO_MAP_WRITE | EXO_MAP_UNCACHED, again.capability()).ok());
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4) test::poke(kTo + offset, 0x5afe);
  test::burn(200'000);
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
    CHECK(test::word_at(kTo + offset) == 0x5afe);
  uint32_t cancelled = 0;
  for (uint32_t slot = 0; slot < kSlots; ++slot) cancelled += result(slot) == DMA_RESULT_CANCELLED;
  CHECK(cancelled >= kSlots - 16);
  to = again.capability();
}

/// Others' transfers go on when one environment's are cancelled.
volatile uint32_t child_ticket;

void queue_and_wait() {
  const exo::Capability own = exo::page_alloc(EXO_PAGE_ANY).capability();
  for (unsigned count = 0; count < 20; ++count)
    child_ticket = static_cast<uint32_t>(exo::dma_copy(own, own, 0u, PAGE_SIZE).value);
  for (;;) test_yield(EXO_YIELD_NEXT);
}

void cancels_what_an_ended_environment_has_queued() {
  const test::Child child = test::create_child(queue_and_wait);
  test::start_child(child);
  const uint32_t first = static_cast<uint32_t>(copy(0, 0, PAGE_SIZE).value);
  test_yield(child.id);
  const uint32_t last = static_cast<uint32_t>(copy(0, 0, PAGE_SIZE).value);
  CHECK(exo::env_destroy(child.capability).ok());
  wait(last);
  CHECK(result(first) == DMA_RESULT_DONE && result(last) == DMA_RESULT_DONE);
  CHECK(result(child_ticket) == DMA_RESULT_CANCELLED);
  CHECK(copy(0, 0, 4).ok());
}

void obeys_the_quota() {
  const uint32_t word = exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0);
  const exo::Capability quota = exo::capability_mint(word).capability();
  const uint32_t self = exo::info().environment;
  CHECK(exo::quota_set(quota, self, EXO_RESOURCE_TRANSFERS, 0u, 0u, 1u).ok());
  test::burn(20'000);  // until all are done
  CHECK(refused(copy(0, 0, 4), EXO_ERROR_QUOTA));
  CHECK(exo::quota_set(quota, self, EXO_RESOURCE_TRANSFERS, 0u, 1u, 1u).ok());
  CHECK(copy(0, 0, 4).ok());
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables + 0x10000);
  set_up();
  copies();
  refuses();
  refuses_when_full();
  never_touches_a_page_that_is_given_back();
  cancels_what_an_ended_environment_has_queued();
  obeys_the_quota();
}
