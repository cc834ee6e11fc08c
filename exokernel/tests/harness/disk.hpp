// For tests of the disk: extents, requests, and waiting for their ends.
#pragma once

#include "exokernel/tests/harness/child.hpp"
#include "isa/devices/disk.h"

namespace test {

inline constexpr uint32_t kDiskTables = 0x30100000;
inline constexpr uint32_t kDiskSlots = 32;

inline const volatile exo::ExtentRecord* extents() {
  return reinterpret_cast<const volatile exo::ExtentRecord*>(kDiskTables);
}
inline const volatile exo::RequestRecord& request(uint32_t ticket) {
  return reinterpret_cast<const volatile exo::RequestRecord*>(kDiskTables +
                                                              PAGE_SIZE)[ticket % kDiskSlots];
}
inline const volatile exo::SystemRecord::Stock& stock(uint32_t resource) {
  return reinterpret_cast<const volatile exo::SystemRecord*>(kDiskTables + 2 * PAGE_SIZE)
      ->stock[resource];
}

/// Binds the three tables. To be called once.
inline void bind_disk_tables() {
  bind_table<exo::ExtentRecord>(exo::Exposed::kExtents, kDiskTables);
  bind_table<exo::RequestRecord>(exo::Exposed::kRequests, kDiskTables + PAGE_SIZE);
  bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kDiskTables + 2 * PAGE_SIZE);
}

/// A page of the caller's, bound uncached: what the disk writes is seen.
inline exo::Capability new_page(uint32_t virt) {
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  check(exo::guarantee(virt, EXO_MAP_WRITE | EXO_MAP_UNCACHED, page).ok(), "bound", __LINE__);
  return page;
}

inline exo::Capability new_extent(uint32_t first, uint32_t blocks) {
  const exo::CallResult made = exo::extent_alloc(first, blocks);
  check(made.ok(), "the blocks are free", __LINE__);
  return made.capability();
}

/// The last argument of disk_transfer.
constexpr uint32_t blocks(uint32_t count, uint32_t flags = 0, uint32_t offset = 0) {
  return (count << EXO_DISK_COUNT_SHIFT) | flags | offset;
}

inline uint32_t ticket_of(const exo::CallResult& queued) {
  check(queued.ok(), "the request is queued", __LINE__);
  return static_cast<uint32_t>(queued.value);
}

/// Waits for the end of a request. Its state.
inline uint32_t wait(uint32_t ticket) {
  while (request(ticket).state == EXO_REQUEST_PENDING) {
  }
  return request(ticket).state;
}

inline void fill(uint32_t virt, uint32_t bytes, uint32_t value) {
  for (uint32_t offset = 0; offset < bytes; offset += 4) poke(virt + offset, value + offset);
}

/// True if fill has been called with this value.
inline bool is_filled(uint32_t virt, uint32_t bytes, uint32_t value) {
  for (uint32_t offset = 0; offset < bytes; offset += 4)
    if (word_at(virt + offset) != value + offset) return false;
  return true;
}

}  // namespace test
