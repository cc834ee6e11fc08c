// Extents: who gets which blocks, each refusal and boundary, their capabilities, what quotas and
// tables show of them, and what becomes of them when their owner ends.
#include "exokernel/tests/harness/disk.hpp"

using test::refused;

namespace {

constexpr uint32_t kMax = EXO_EXTENT_MAX;

uint32_t disk_blocks() { return exo::info().disk_blocks; }
uint32_t own_blocks(uint32_t id = exo::info().environment) {
  return test::quota_of(id, EXO_RESOURCE_BLOCKS).own;
}
uint32_t free_blocks() { return test::stock(EXO_RESOURCE_BLOCKS).free; }

uint32_t error_of(uint32_t first, uint32_t blocks) {
  const exo::CallResult made = exo::extent_alloc(first, blocks);
  return made.ok() ? 0 : static_cast<uint32_t>(-made.value);
}

void free(const exo::Capability& extent) { CHECK(exo::extent_dealloc(extent).value == 0); }

/// An RZ55.
void shows_the_disk() {
  CHECK(disk_blocks() == 1224 * 15 * 36);
  CHECK(exo::info().disk_heads == 15 && exo::info().disk_sectors == 36);
  CHECK(free_blocks() == disk_blocks());
}

void shows_who_has_what() {
  const exo::CallResult made = exo::extent_alloc(1000u, 50u);
  CHECK(made.ok());
  const exo::Capability extent = made.capability();
  CHECK(extent.kind() == EXO_KIND_EXTENT && extent.rights() == EXO_RIGHT_ALL);
  CHECK(extent.index() == static_cast<uint32_t>(made.value));
  const volatile exo::ExtentRecord& record = test::extents()[extent.index()];
  CHECK(record.first == 1000 && record.blocks == 50);
  CHECK(record.owner == exo::info().environment);
  CHECK(own_blocks() == 50 && free_blocks() == disk_blocks() - 50);
  free(extent);
  CHECK(record.owner == exo::kOwnerNone);
  CHECK(own_blocks() == 0 && free_blocks() == disk_blocks());
  CHECK(refused(exo::extent_dealloc(extent), EXO_ERROR_BAD_CAPABILITY));
  const exo::Capability next = test::new_extent(2000, 1);
  CHECK(next.index() == extent.index());
  CHECK(refused(exo::extent_dealloc(extent), EXO_ERROR_BAD_CAPABILITY));
  free(next);
}

void refuses_what_is_not_on_the_disk() {
  CHECK(error_of(0, 0) == EXO_ERROR_BAD_ARGUMENT);
  CHECK(error_of(0, kMax + 1) == EXO_ERROR_BAD_ARGUMENT);
  CHECK(error_of(disk_blocks(), 1) == EXO_ERROR_BAD_ARGUMENT);
  CHECK(error_of(disk_blocks() - 1, 2) == EXO_ERROR_BAD_ARGUMENT);
  CHECK(error_of(0xffffffff, 2) == EXO_ERROR_BAD_ARGUMENT);
  CHECK(error_of(1, 0xffffffff) == EXO_ERROR_BAD_ARGUMENT);
  free(test::new_extent(0, 1));
  free(test::new_extent(0, kMax));
  free(test::new_extent(disk_blocks() - 1, 1));
  free(test::new_extent(disk_blocks() - kMax, kMax));
}

void refuses_what_overlaps() {
  const exo::Capability extent = test::new_extent(100, 10);
  CHECK(error_of(100, 10) == EXO_ERROR_BUSY);
  CHECK(error_of(109, 1) == EXO_ERROR_BUSY);
  CHECK(error_of(100, 1) == EXO_ERROR_BUSY);
  CHECK(error_of(104, 2) == EXO_ERROR_BUSY);
  CHECK(error_of(99, 2) == EXO_ERROR_BUSY);
  CHECK(error_of(90, 30) == EXO_ERROR_BUSY);
  const exo::Capability below = test::new_extent(90, 10);
  const exo::Capability above = test::new_extent(110, 10);
  free(extent);
  CHECK(error_of(99, 12) == EXO_ERROR_BUSY);
  free(test::new_extent(100, 10));
  free(below);
  free(above);
}

void refuses_more_than_the_table_has() {
  static exo::Capability all[256];
  const exo::ExposedTable& where = exo::exposed_table(exo::info(), exo::Exposed::kExtents);
  CHECK(where.entries == 256 && where.entry_bytes == sizeof(exo::ExtentRecord));
  for (uint32_t index = 0; index < 256; ++index) all[index] = test::new_extent(2 * index, 1);
  CHECK(error_of(600, 1) == EXO_ERROR_LIMIT);
  CHECK(error_of(0, 1) == EXO_ERROR_BUSY);
  free(all[77]);
  all[77] = test::new_extent(600, 1);
  for (const exo::Capability& extent : all) free(extent);
  CHECK(own_blocks() == 0);
}

void capabilities() {
  const exo::Capability extent = test::new_extent(5, 5);
  const exo::Capability read = exo::capability_derive(extent, EXO_RIGHT_READ).capability();
  CHECK(refused(exo::extent_dealloc(read), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::extent_dealloc(exo::Capability{}), EXO_ERROR_BAD_CAPABILITY));
  exo::Capability forged = extent;
  forged.word[1] ^= 1;
  CHECK(refused(exo::extent_dealloc(forged), EXO_ERROR_BAD_CAPABILITY));
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(refused(exo::extent_dealloc(page), EXO_ERROR_BAD_CAPABILITY));
  const uint32_t word = exo::capability_word(EXO_KIND_EXTENT, EXO_RIGHT_FREE, extent.index());
  const exo::CallResult minted = exo::capability_mint(word);
  CHECK(minted.ok());
  const exo::CallResult changed = exo::capability_change(word);
  CHECK(changed.ok() && changed.capability().rights() == EXO_RIGHT_ALL);
  CHECK(refused(exo::extent_dealloc(minted.capability()), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::extent_dealloc(extent), EXO_ERROR_BAD_CAPABILITY));
  free(changed.capability());
  CHECK(refused(exo::capability_mint(word), EXO_ERROR_BAD_ARGUMENT));
  const uint32_t none = exo::capability_word(EXO_KIND_EXTENT, EXO_RIGHT_ALL, 256);
  CHECK(refused(exo::capability_mint(none), EXO_ERROR_BAD_ARGUMENT));
}

void obeys_the_quota() {
  const exo::Capability quota =
      exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  const uint32_t self = exo::info().environment;
  CHECK(exo::quota_set(quota, self, EXO_RESOURCE_BLOCKS, 0u, 10u, 1u).ok());
  CHECK(error_of(0, 11) == EXO_ERROR_QUOTA);
  const exo::Capability most = test::new_extent(0, 9);
  CHECK(error_of(20, 2) == EXO_ERROR_QUOTA);
  free(test::new_extent(20, 1));
  CHECK(exo::quota_set(quota, self, EXO_RESOURCE_BLOCKS, 0u, EXO_NO_LIMIT, 1u).ok());
  free(most);
}

// ---- a child's extents

exo::Capability childs, lent;
volatile bool is_ready;

void allocates_and_waits() {
  childs = test::new_extent(3000, 100);
  test::new_extent(4000, kMax);
  CHECK(refused(exo::extent_dealloc(lent), EXO_ERROR_NOT_OWNER));
  const uint32_t word = exo::capability_word(EXO_KIND_EXTENT, EXO_RIGHT_READ, lent.index());
  CHECK(refused(exo::capability_mint(word), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::capability_change(word), EXO_ERROR_NOT_OWNER));
  is_ready = true;
  for (;;) test_yield(EXO_YIELD_NEXT);
}

test::Child start() {
  is_ready = false;
  const test::Child child = test::create_child(allocates_and_waits);
  test::start_child(child);
  while (!is_ready) test_yield(EXO_YIELD_NEXT);
  CHECK(own_blocks(child.id) == 100 + kMax);
  return child;
}

/// They become free one after the other, between slices.
void end(const test::Child& child) {
  CHECK(exo::env_destroy(child.capability).ok());
  for (unsigned slice = 0; slice < 5; ++slice) test_yield(EXO_YIELD_NEXT);
  CHECK(own_blocks(child.id) == 0);
  CHECK(free_blocks() == disk_blocks() - own_blocks());
}

void ends_with_its_owner() {
  lent = test::new_extent(2000, 1);
  const test::Child child = start();
  CHECK(refused(exo::extent_dealloc(childs), EXO_ERROR_NOT_OWNER));
  CHECK(error_of(3099, 1) == EXO_ERROR_BUSY);
  end(child);
  CHECK(refused(exo::extent_dealloc(childs), EXO_ERROR_BAD_CAPABILITY));
  free(test::new_extent(3000, 100));
  free(test::new_extent(4000, kMax));
}

/// Blocks are taken from the ends of extents; whoever holds a capability for the rest keeps it.
void is_taken_by_force() {
  const test::Child child = start();
  const uint32_t word = exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0);
  const exo::Capability quota = exo::capability_mint(word).capability();
  const uint32_t blocks = EXO_RESOURCE_BLOCKS;
  CHECK(refused(exo::revoke(quota, child.id, blocks, kMax + 101, 1u), EXO_ERROR_LIMIT));
  CHECK(exo::revoke(quota, child.id, blocks, kMax + 60, 1u).ok());
  for (unsigned slice = 0; slice < 6; ++slice) test_yield(EXO_YIELD_NEXT);
  CHECK(own_blocks(child.id) == 40);
  CHECK(free_blocks() == disk_blocks() - own_blocks() - 40);
  uint32_t found = 0;
  for (uint32_t index = 0; index < 256; ++index) {
    const volatile exo::ExtentRecord& record = test::extents()[index];
    if (record.owner != child.id) continue;
    CHECK(record.first == 3000);
    found += record.blocks;
  }
  CHECK(found == 40);
  end(child);
}

}  // namespace

void run_tests() {
  test::bind_disk_tables();
  shows_the_disk();
  shows_who_has_what();
  refuses_what_is_not_on_the_disk();
  refuses_what_overlaps();
  refuses_more_than_the_table_has();
  capabilities();
  obeys_the_quota();
  ends_with_its_owner();
  is_taken_by_force();
}
