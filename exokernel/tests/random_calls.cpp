// A million random calls from several environments at once, beside a model of who owns what
// (random_calls/model.hpp). The model says of each call what must come of it. After each, all
// pages' owners, the free list, and how much is free of each resource are compared with it, and the
// kernel's other tables after each of the first calls and then now and then. Every call of the
// kernel is drawn: accepted and refused, if it can be. Four environments are there all the time; up
// to four more come and go.
// sources: exokernel/tests/random_calls/model.cpp
// sources: exokernel/tests/random_calls/units.cpp
// sources: exokernel/tests/random_calls/queues.cpp
// sources: exokernel/tests/random_calls/compare.cpp
// sources: exokernel/tests/random_calls/pager.cpp
// sources: exokernel/tests/random_calls/pager.S
// sources: exokernel/tests/random_calls/page_calls.cpp
// sources: exokernel/tests/random_calls/capability_calls.cpp
// sources: exokernel/tests/random_calls/processor_calls.cpp
// sources: exokernel/tests/random_calls/environment_calls.cpp
// sources: exokernel/tests/random_calls/revocation_calls.cpp
// sources: exokernel/tests/random_calls/quota_calls.cpp
// sources: exokernel/tests/random_calls/code_calls.cpp
// sources: exokernel/tests/random_calls/device_calls.cpp
// sources: exokernel/tests/random_calls/disk_calls.cpp
// sources: exokernel/tests/random_calls/tile_calls.cpp
// script: exokernel/tests/random_calls/paged.ld
// run: exokernel_random_calls
// options: --set memory.size=1280KiB --set timing.engine=ideal --set devices.disk.cylinders=2 --set devices.framebuffer.width=256 --set devices.framebuffer.height=128
// cycles: 8G
#include "exokernel/tests/harness/code.hpp"
#include "exokernel/tests/random_calls/devices.hpp"
#include "exokernel/tests/random_calls/tables.hpp"
#include "isa/devices/timer.h"

namespace {

using namespace model;

constexpr uint32_t kCalls = 1'000'000;
constexpr uint32_t kFullCheckEvery = 64;
constexpr uint32_t kAllFullyChecked = 10'000;  // the first calls; pages are after all

volatile uint32_t ready;             // players
exo::Capability stacks[kSlots + 1];  // pages, of players that come and go

/// Code that allows, code that refuses, and what is no code.
alignas(32) const test::Word kCodes[] = {test::kReturn, test::encode<"ori">(REG_V0, 0, 1),
                                         test::kReturn, test::encode<"ori">(REG_V0, 0, 0),
                                         test::kReturn, test::encode<"syscall">(0)};

struct Group {
  const Call* calls;
  uint32_t weight;  // of 64
};
const Group kGroups[] = {{kPageCalls, 24},     {kCapabilityCalls, 7},  {kProcessorCalls, 5},
                         {kDeviceCalls, 10},   {kDiskCalls, 6},        {kTileCalls, 4},
                         {kCodeCalls, 4},      {kEnvironmentCalls, 2}, {kQuotaCalls, 1},
                         {kRevocationCalls, 1}};

void call_any_of(const Call* calls) {
  uint32_t count = 0;
  while (calls[count] != nullptr) ++count;
  calls[random(count)]();
}

void call_something() {
  uint32_t chance = random(64);
  for (const Group& group : kGroups) {
    if (chance < group.weight) return call_any_of(group.calls);
    chance -= group.weight;
  }
}

void take_turn() {
  for (uint32_t count = 1 + random(32); count > 0 && !is_over; --count) {
    ++calls_made;
    call_something();
    if (is_over) return;
    compare_briefly();
    if (calls_made <= kAllFullyChecked || calls_made % kFullCheckEvery == 0) compare_all();
    is_over = calls_made >= kCalls || test::failures() > 5;
  }
}

/// One at a time: a slice that ends in the middle of a call and its place in the model would
/// otherwise let another see a model that lags behind.
void play() {
  while (!is_over) {
    wait_for_turn(0);
    if (!is_over) compare_briefly();  // the last call may have been the end of who made it
    take_turn();
    turn = slots[random_player()].id;
  }
}

void open_entries() {
  exo::context().synchronous_entry = reinterpret_cast<uint32_t>(&test_entry_anywhere);
  exo::context().asynchronous_entry = reinterpret_cast<uint32_t>(&test_entry_anywhere);
  own_slot().has_entries = true;
}

/// The place of the page with the codes, for all to read.
void share_codes() {
  const auto at = reinterpret_cast<uint32_t>(kCodes);
  const exo::Info& info = exo::info();
  for (uint32_t index = 0; index < info.segment_count; ++index) {
    const exo::InfoSegment& segment = info.segments[index];
    if (at - segment.virt >= segment.pages * PAGE_SIZE) continue;
    const uint32_t pfn = segment.first_pfn + (at - segment.virt) / PAGE_SIZE;
    code_source = exo::page_capability(pfn, EXO_RIGHT_READ).capability();
    code_offset = at % PAGE_SIZE;
  }
}

exo::Capability new_page() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(page.ok());
  return page.capability();
}

void create_players() {
  for (uint32_t slot = 1; slot <= kSlots; ++slot) {
    stacks[slot] = new_page();
    if (slot > kCore) continue;
    slots[slot].id = static_cast<uint16_t>(slot);
    slots[slot].owner = slots[slot].creator = slots[slot].account = 1;
    slots[slot].is_started = true;
    if (slot == 1) continue;
    const test::Parts parts = test::make_parts(start_playing);
    const exo::CallResult made = exo::env_create(parts.context, parts.info);
    CHECK(made.value == static_cast<int32_t>(slot));
    slots[slot].capability = made.capability();
    slots[slot].guarantee_count = 2;
    equip(slots[slot]);
  }
  const uint32_t word = exo::capability_word(EXO_KIND_ENVIRONMENT, kAll, 1);
  slots[1].capability = exo::capability_mint(word).capability();
  slots[1].guarantee_count = static_cast<uint16_t>(2 + release_image());
}

void set_up_pages() {
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn) {
    const uint16_t owner = page_record(pfn).owner;
    const bool is_free = owner == exo::kOwnerNone;
    recorded_owners[pfn] = owner;
    pages[pfn].owner = is_free ? exo::kOwnerNone : exo::kOwnerKernel;
    if (is_free) playable[playable_count++] = static_cast<uint16_t>(pfn);
    pages[pfn].is_part_of_test = !is_free && owner <= kCore;
  }
}

void set_up_model() {
  const uint32_t word = exo::capability_word(EXO_KIND_QUOTA, kAll, 0);
  quota = exo::capability_mint(word).capability();
  set_up_pages();
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource) {
    free_units[resource] = machine().stock[resource].free;
    for (uint32_t slot = 1; slot <= kCore; ++slot)
      slots[slot].own[resource] = quota_record(slot, resource).own;
    const volatile exo::QuotaRecord& record = quota_record(1, resource);
    slots[1].quotas[resource] = {record.minimum, record.limit, record.weight};
  }
  positions[0] = 1;
  for (uint32_t line = 0; line < kLines; ++line) {
    const volatile exo::InterruptRecord& record =
        table<exo::InterruptRecord>(exo::Exposed::kInterrupts)[line];
    lines[line].is_there = record.devices != 0 && record.owner == exo::kOwnerNone;
  }
}

void start_players() {
  for (uint32_t slot = 2; slot <= kCore; ++slot) {
    const exo::CallResult position = exo::env_start(slots[slot].capability);
    CHECK(position.ok());
    set_position(static_cast<uint32_t>(position.value), slot);
  }
  while (ready != kCore - 1) test_yield(EXO_YIELD_NEXT);
}

/// Every call of syscalls.def has been accepted, and refused, if that can be.
void check_draws() {
  using exo::Syscall;
  for (uint32_t number = 0; number < EXO_SYSCALL_COUNT; ++number) {
    const auto call = static_cast<Syscall>(number);
    const bool never_fails =
        call == Syscall::k_null || call == Syscall::k_env_id || call == Syscall::k_env_exit;
    const bool is_drawn =
        draws[number].accepted != 0 && (never_fails || draws[number].refused != 0);
    if (is_drawn) continue;
    test::print("call number ");
    test::print(number);
    test::check(false, " is not accepted, or not refused", __LINE__);
  }
}

/// What they had queued is cancelled.
void end_queued_of_others() {
  const auto is_others = [](const Queued& entry) { return entry.owner != 1; };
  transfers.must_be_over(is_others);
  requests.must_be_over(is_others);
}

/// When nobody else is left and the devices are through, no unit of their queues is missing. What
/// the first program has queued for pages of others may have been cancelled with these.
void check_queues() {
  while (transfers.occupied() != 0 || requests.occupied() != 0) {
    transfers.look(true);
    requests.look(true);
  }
  exo::dma_copy(stacks[1], stacks[1], 64u, 4u | EXO_DMA_TELL);  // the kernel looks, then and after
  for (unsigned tries = 0; tries < 100; ++tries) test_yield(EXO_YIELD_NEXT);
  CHECK(machine().stock[EXO_RESOURCE_TRANSFERS].free == kTransferSlots);
  CHECK(machine().stock[EXO_RESOURCE_REQUESTS].free == kRequestSlots);
}

}  // namespace

void model::equip(Slot& slot) {
  const auto number = static_cast<uint32_t>(&slot - slots);
  const uint32_t pinned = guarantee_pager(slot.capability);
  const exo::CallResult bound =
      exo::env_guarantee(slot.capability, test::kChildStack | EXO_MAP_WRITE, stacks[number]);
  CHECK(bound.ok());
  slot.guarantee_count = static_cast<uint16_t>(slot.guarantee_count + pinned + 1);
  slot.is_equipped = true;
}

void model::start_playing() {
  open_entries();
  ready = ready + 1;
  play();
}

void run_tests() {
  CHECK(page_count() == kPagesMax && exo::info().framebuffer.tiles == kTilesMax);
  share_codes();
  pager_start();
  create_players();
  set_up_model();
  start_players();
  open_entries();
  play();
  test::print(calls_that_did_something);
  test::print(" of ");
  test::print(calls_made);
  test::print(" calls did something\n");
  CHECK(calls_that_did_something > calls_made / 5);
  check_draws();
  for (uint32_t slot = 2; slot <= kSlots; ++slot)
    if (slots[slot].id != 0) exo::env_destroy(slots[slot].capability);  // a player may have ended
  end_queued_of_others();
  if (test::failures() == 0) check_queues();
}
