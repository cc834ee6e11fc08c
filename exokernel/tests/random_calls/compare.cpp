// The kernel's tables beside the model: no lost page or other unit, no double owner.
#include "exokernel/tests/random_calls/devices.hpp"
#include "exokernel/tests/random_calls/model.hpp"
#include "exokernel/tests/random_calls/tables.hpp"

namespace model {
namespace {

bool is_queue(uint32_t resource) {
  return resource == EXO_RESOURCE_TRANSFERS || resource == EXO_RESOURCE_REQUESTS;
}

void look() {
  transfers.look();
  requests.look();
}

const exo::PageRecord* page_records() {
  return const_cast<const exo::PageRecord*>(table<exo::PageRecord>(exo::Exposed::kPages));
}

/// Begins the line that says what is wrong.
void name_call() {
  test::print("after call ");
  test::print(calls_made);
  test::print(": ");
}

void check_after_call(bool condition, const char* text, unsigned line) {
  if (condition) return;
  name_call();
  test::check(false, text, line);
}

bool owners_agree(const exo::PageRecord* records) {
  uint32_t difference = 0;
#pragma GCC unroll 16
  for (uint32_t pfn = 0; pfn < kPagesMax; ++pfn)
    difference |= records[pfn].owner ^ recorded_owners[pfn];
  return difference == 0;
}

void say_which_disagree(const exo::PageRecord* records) {
  for (uint32_t pfn = 0; pfn < kPagesMax; ++pfn) {
    if (records[pfn].owner == recorded_owners[pfn]) continue;
    name_call();
    test::print("page ");
    test::print(pfn);
    test::print(": owner ");
    test::print(records[pfn].owner);
    test::print(", the model's ");
    test::print(recorded_owners[pfn]);
    test::check(false, "; an owner is not the model's, ", __LINE__);
  }
}

/// The list ends after as many pages as are free: so none is on it twice, and all are on it.
bool free_list_agrees(const exo::PageRecord* records) {
  uint32_t pfn = machine().first_free_page;
  uint32_t owners = exo::kOwnerNone;
  for (uint32_t left = free_units[EXO_RESOURCE_PAGES]; left > 0; --left) {
    if (pfn >= kPagesMax) return false;
    owners |= records[pfn].owner;
    pfn = records[pfn].next;
  }
  return owners == exo::kOwnerNone && pfn == exo::kNoPage;
}

bool has_list(uint32_t owner) { return owner < exo::kOwnerCode; }

/// How many pages are on the list that begins with this one; 0: it is not a list of one owner's.
uint32_t length_of_list(uint32_t first) {
  uint32_t previous = exo::kNoPage, length = 0;
  for (uint32_t pfn = first; pfn != exo::kNoPage; pfn = page_record(pfn).next) {
    if (pfn >= kPagesMax || page_record(pfn).previous != previous) return 0;
    if (page_record(pfn).owner != page_record(first).owner) return 0;
    previous = pfn;
    ++length;
  }
  return length;
}

/// No page is on two lists, or on none; each owner has one.
void compare_lists() {
  uint32_t with_list = 0, on_lists = 0, seen = 0;  // owners: bits, by slot; 0: free pages
  for (uint32_t pfn = 0; pfn < kPagesMax; ++pfn) {
    if (!has_list(page_record(pfn).owner)) continue;
    ++with_list;
    if (page_record(pfn).previous != exo::kNoPage) continue;
    const uint32_t owner = 1u << slot_of(page_record(pfn).owner);
    CHECK((seen & owner) == 0);
    seen |= owner;
    on_lists += length_of_list(pfn);
  }
  CHECK(on_lists == with_list);
}

void compare_pages() {
  compare_lists();
  for (uint32_t pfn = 0; pfn < kPagesMax; ++pfn)
    CHECK(pages[pfn].owner == exo::kOwnerKernel ||
          page_record(pfn).guarantees == pages[pfn].guarantees);
}

void compare_environment(uint32_t number) {
  using exo::EnvironmentState;
  const Slot& slot = slots[number];
  const volatile exo::EnvironmentRecord& record = environment_record(slot.id);
  CHECK(record.state ==
        (slot.is_started ? EnvironmentState::kRunning : EnvironmentState::kCreated));
  CHECK(record.owner == slot.owner && record.account == slots[slot.account].id);
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource) {
    const volatile exo::QuotaRecord& quotas = quota_record(slot.id, resource);
    const uint32_t own = quotas.own;
    if (is_queue(resource)) look();  // what is over since then is no longer in the model
    CHECK(is_queue(resource) ? own >= slot.own[resource] : own == slot.own[resource]);
    if (slot.account != number) continue;
    const Quota& limits = slot.quotas[resource];
    CHECK(quotas.minimum == limits.minimum && quotas.limit == limits.limit);
    CHECK(quotas.weight == limits.weight);
    CHECK(is_queue(resource) || quotas.used == used_by_account(number, resource));
  }
}

void compare_devices() {
  using exo::Exposed;
  for (uint32_t index = 0; index < kExtents; ++index) {
    const volatile exo::ExtentRecord& record = table<exo::ExtentRecord>(Exposed::kExtents)[index];
    const Extent& extent = extents[index];
    CHECK(record.owner == extent.owner);
    CHECK(extent.owner == 0 ||
          (record.first == kFirstBlock + extent.first && record.blocks == extent.blocks));
  }
  for (uint32_t tile = 0; tile < kTilesMax; ++tile) {
    const volatile exo::TileRecord& record = table<exo::TileRecord>(Exposed::kTiles)[tile];
    CHECK(record.owner == tiles[tile].owner && record.access == tiles[tile].access);
  }
  for (uint32_t line = 0; line < kLines; ++line) {
    const volatile exo::InterruptRecord& record =
        table<exo::InterruptRecord>(Exposed::kInterrupts)[line];
    CHECK(record.owner == lines[line].owner || record.owner == exo::kOwnerKernel);
    CHECK(record.is_masked == 0);
  }
}

}  // namespace

void compare_briefly() {
  const exo::PageRecord* const records = page_records();
  if (!owners_agree(records)) say_which_disagree(records);
  check_after_call(free_list_agrees(records), "the free list is not all free pages", __LINE__);
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource)
    check_after_call(is_queue(resource) || machine().stock[resource].free == free_units[resource],
                     "units are lost", __LINE__);
}

void compare_all() {
  look();
  compare_pages();
  compare_devices();
  for (uint32_t position = 0; position < kPositions; ++position)
    CHECK(table<exo::SliceRecord>(exo::Exposed::kSlices)[position].environment ==
          positions[position]);
  for (uint32_t slot = 1; slot <= kSlots; ++slot)
    if (slots[slot].id != 0) compare_environment(slot);
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource) {
    const volatile exo::SystemRecord::Stock& stock = machine().stock[resource];
    CHECK(is_queue(resource) || stock.promised == promised(resource));
    CHECK(stock.promised <= stock.free);
  }
  CHECK(machine().arbiter == arbiter);
}

}  // namespace model
