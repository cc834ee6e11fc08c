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

/// The free list and the owners' pages are all that there is.
void compare_pages() {
  uint32_t count = 0;
  for (uint32_t pfn = machine().first_free_page;
       pfn != exo::kNoPage && count <= free_units[EXO_RESOURCE_PAGES]; pfn = page_record(pfn).next)
    count += pages[pfn].owner == exo::kOwnerNone;
  CHECK(count == free_units[EXO_RESOURCE_PAGES]);
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn) {
    const uint16_t owner = pages[pfn].owner;
    const volatile exo::PageRecord& record = page_record(pfn);
    if (owner == exo::kOwnerKernel)
      CHECK(record.owner != exo::kOwnerNone);
    else
      CHECK(record.owner == owner && record.guarantees == pages[pfn].guarantees);
  }
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

void compare_counts() {
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource)
    CHECK(is_queue(resource) || machine().stock[resource].free == free_units[resource]);
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
