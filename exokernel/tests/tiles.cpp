// tile_alloc, tile_dealloc, tile_give, pixels_bind: who owns which tile, what the device then lets
// an environment do to pixels, what is left on a tile for its next owner, each refusal.
// options:
// options: --set devices.framebuffer.width=1000 --set devices.framebuffer.height=100
#include <initializer_list>

#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/pixels.hpp"

using test::Child;
using test::pixel_word;
using test::refused;

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kTile = 3;
constexpr uint32_t kOther = 7;
constexpr uint32_t kWhite = 0xffffffff;

const volatile exo::SystemRecord* machine;
const volatile exo::EnvironmentRecord* records;
const volatile exo::TileRecord* tiles;
exo::Capability quota;

const exo::InfoFramebuffer& screen() { return exo::info().framebuffer; }
uint32_t self() { return exo::info().environment; }
uint32_t own_tiles() { return test::quota_of(self(), EXO_RESOURCE_TILES).own; }
uint32_t free_tiles() { return machine->stock[EXO_RESOURCE_TILES].free; }

exo::Capability allocate(uint32_t tile, uint32_t access) {
  const exo::CallResult made = exo::tile_alloc(tile, access);
  CHECK(made.value == static_cast<int32_t>(tile));
  return made.capability();
}

exo::CallResult mint(uint32_t tile, uint32_t rights) {
  return exo::capability_mint(exo::capability_word(EXO_KIND_TILE, rights, tile));
}

/// Words from the first pixel of a tile's first line.
volatile uint32_t& first_word(uint32_t tile) {
  return pixel_word(test::left(tile), test::top(tile));
}

/// The child ends well.
void run_child(void (*function)()) {
  const Child child = test::create_child(function);
  test::start_child(child);
  CHECK(test::wait_for(child, records) == 0);
}

void says_what_there_is() {
  const exo::ExposedTable& where = exo::exposed_table(exo::info(), exo::Exposed::kTiles);
  const uint32_t columns = (screen().width + screen().tile_width - 1) / screen().tile_width;
  const uint32_t rows = (screen().height + screen().tile_height - 1) / screen().tile_height;
  CHECK(screen().tiles == columns * rows);
  CHECK(where.entries == screen().tiles && where.entry_bytes == sizeof(exo::TileRecord));
  CHECK(screen().pages == (screen().width * screen().height + PAGE_SIZE - 1) / PAGE_SIZE);
  CHECK(free_tiles() == screen().tiles && own_tiles() == 0);
  for (uint32_t tile = 0; tile < screen().tiles; ++tile)
    CHECK(tiles[tile].owner == exo::kOwnerNone && tiles[tile].access == 0);
}

void refuses_to_bind() {
  CHECK(refused(exo::pixels_bind(0u, 0u), EXO_ERROR_BAD_ADDRESS));
  CHECK(refused(exo::pixels_bind(test::kVirt + 4, 0u), EXO_ERROR_BAD_ADDRESS));
  CHECK(refused(exo::pixels_bind(0x80000000u, 0u), EXO_ERROR_BAD_ADDRESS));
  CHECK(refused(exo::pixels_bind(0xfffff000u, 0u), EXO_ERROR_BAD_ADDRESS));
  CHECK(refused(exo::pixels_bind(uint32_t{EXO_CONTEXT_VA}, 0u), EXO_ERROR_BUSY));
  CHECK(refused(exo::pixels_bind(uint32_t{EXO_INFO_VA}, 0u), EXO_ERROR_BUSY));
  CHECK(refused(exo::pixels_bind(test::kVirt, screen().pages), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::pixels_bind(test::kVirt, 0xffffffffu), EXO_ERROR_BAD_ARGUMENT));
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
  CHECK(exo::pixels_bind(test::kVirt, screen().pages - 1).ok());
  CHECK(!test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
  CHECK(exo::tlb_delete(test::kVirt).ok());
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
}

/// Neither the pixels nor the device's registers are pages of memory.
void is_no_memory() {
  for (uint32_t pfn = screen().first_pfn - 1; pfn < screen().first_pfn + 2; ++pfn) {
    CHECK(refused(exo::page_alloc(pfn), EXO_ERROR_BAD_ARGUMENT));
    CHECK(refused(exo::page_capability(pfn, EXO_RIGHT_READ), EXO_ERROR_BAD_ARGUMENT));
    CHECK(refused(exo::bind_by_predicate(test::kVirt, 0u, pfn, 0u), EXO_ERROR_BAD_ARGUMENT));
  }
}

/// Nobody's pixels, then one's own.
void owner_writes() {
  first_word(kTile) = kWhite;
  CHECK(first_word(kTile) == 0);
  const exo::Capability tile = allocate(kTile, 0);
  CHECK(tiles[kTile].owner == self() && tiles[kTile].last_owner == self());
  CHECK(own_tiles() == 1 && free_tiles() == screen().tiles - 1);
  first_word(kTile) = 0x12345678;
  test::settle();
  CHECK(first_word(kTile) == 0x12345678);
  first_word(kTile + 1) = kWhite;
  test::settle();
  CHECK(first_word(kTile + 1) == 0);
  CHECK(exo::tile_dealloc(tile).value == 0);
  CHECK(tiles[kTile].owner == exo::kOwnerNone && own_tiles() == 0);
  CHECK(free_tiles() == screen().tiles);
  CHECK(first_word(kTile) == 0);
}

void refuses() {
  const exo::Capability tile = allocate(kTile, 0);
  CHECK(refused(exo::tile_alloc(kTile, 0u), EXO_ERROR_BUSY));
  CHECK(refused(exo::tile_alloc(kOther, 2u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::tile_alloc(kOther, 0x80000001u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::tile_alloc(screen().tiles, 0u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::tile_alloc(0xfffffffeu, 0u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::tile_dealloc(exo::Capability{}), EXO_ERROR_BAD_CAPABILITY));
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(refused(exo::tile_dealloc(page), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::page_dealloc(tile), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::page_dealloc(page).ok());
  const exo::Capability weak =
      exo::capability_derive(tile, EXO_RIGHT_READ | EXO_RIGHT_WRITE).capability();
  CHECK(refused(exo::tile_dealloc(weak), EXO_ERROR_NO_RIGHT));
  CHECK(refused(mint(kOther, EXO_RIGHT_ALL), EXO_ERROR_NOT_OWNER));
  CHECK(refused(mint(screen().tiles, EXO_RIGHT_ALL), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(mint(EXO_CAPABILITY_INDEX_MASK, EXO_RIGHT_ALL), EXO_ERROR_BAD_ARGUMENT));
  CHECK(tiles[kTile].owner == self() && tiles[kOther].owner == exo::kOwnerNone);
  CHECK(exo::tile_dealloc(tile).ok());
  CHECK(refused(exo::tile_dealloc(tile), EXO_ERROR_BAD_CAPABILITY));
  const exo::Capability again = allocate(kTile, 0);
  CHECK(refused(exo::tile_dealloc(tile), EXO_ERROR_BAD_CAPABILITY));
  const exo::CallResult changed = exo::capability_change(again.word[0]);
  CHECK(changed.ok());
  CHECK(refused(exo::tile_dealloc(again), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::tile_dealloc(changed.capability()).ok());
}

volatile bool is_readable;

void look_at_the_tile() {
  CHECK(first_word(kTile) == (is_readable ? kWhite : 0));
  first_word(kTile) = 0x0bad0bad;
  test::settle();
  CHECK(first_word(kTile) == (is_readable ? kWhite : 0));
}

void is_public_or_not() {
  for (const uint32_t access : {0u, uint32_t{EXO_TILE_PUBLIC}}) {
    const exo::Capability tile = allocate(kTile, access);
    CHECK(tiles[kTile].access == access);
    first_word(kTile) = kWhite;
    is_readable = access != 0;
    run_child(look_at_the_tile);
    CHECK(first_word(kTile) == kWhite);
    CHECK(exo::tile_dealloc(tile).ok());
  }
  CHECK(first_word(kTile) == 0);
}

void limits() {
  const auto set = [](uint32_t minimum, uint32_t limit) {
    CHECK(exo::quota_set(quota, self(), EXO_RESOURCE_TILES, minimum, limit, 1u).ok());
  };
  const exo::Capability tile = allocate(kTile, 0);
  set(0, 1);
  CHECK(refused(exo::tile_alloc(kOther, 0u), EXO_ERROR_QUOTA));
  CHECK(refused(exo::tile_alloc(EXO_TILE_ANY, 0u), EXO_ERROR_QUOTA));
  CHECK(tiles[kOther].owner == exo::kOwnerNone && own_tiles() == 1);
  set(0, 2);
  CHECK(exo::tile_dealloc(allocate(kOther, 0)).ok());
  CHECK(exo::tile_dealloc(tile).ok());
  set(0, EXO_NO_LIMIT);
}

/// Takes all there are, each filled with its number.
void take_all() {
  for (uint32_t count = 0; count < screen().tiles; ++count) {
    const exo::CallResult made = exo::tile_alloc(EXO_TILE_ANY, 0u);
    CHECK(made.ok());
    test::fill_tile(static_cast<uint32_t>(made.value), static_cast<uint32_t>(made.value) + 1);
  }
  CHECK(refused(exo::tile_alloc(EXO_TILE_ANY, 0u), EXO_ERROR_LIMIT));
}

uint32_t word_for(uint32_t tile) { return tile + 1; }

/// The tiles that a child gets are black; the others, all round them, are as they were.
volatile uint32_t wanted;

void find_it_black() {
  CHECK(exo::tile_alloc(wanted, 0u).ok());
  CHECK(test::is_tile_filled(wanted, 0));
  test::fill_tile(wanted, kWhite);
}

void next_owner_finds_it_black(uint32_t tile) {
  wanted = tile;
  CHECK(exo::tile_dealloc(mint(tile, EXO_RIGHT_FREE).capability()).ok());
  run_child(find_it_black);
  for (uint32_t other = 0; other < screen().tiles; ++other)
    CHECK(other == tile || test::is_tile_filled(other, word_for(other)));
  // The child's end has freed it; what the child had on it is gone when it is the parent's again.
  CHECK(tiles[tile].owner == exo::kOwnerNone && own_tiles() == screen().tiles - 1);
  CHECK(exo::tile_alloc(tile, 0u).ok());
  CHECK(test::is_tile_filled(tile, 0));
  test::fill_tile(tile, word_for(tile));
}

void are_black_for_others() {
  take_all();
  CHECK(free_tiles() == 0 && own_tiles() == screen().tiles);
  next_owner_finds_it_black(kTile);
  next_owner_finds_it_black(0);
  next_owner_finds_it_black(screen().tiles - 1);
  // Nobody has had it in between.
  CHECK(exo::tile_dealloc(mint(kTile, EXO_RIGHT_FREE).capability()).ok());
  CHECK(exo::tile_alloc(kTile, 0u).ok());
  CHECK(test::is_tile_filled(kTile, word_for(kTile)));
  for (uint32_t tile = 0; tile < screen().tiles; ++tile)
    CHECK(exo::tile_dealloc(mint(tile, EXO_RIGHT_FREE).capability()).ok());
  CHECK(free_tiles() == screen().tiles);
}

void have_been_given() {
  CHECK(mint(kTile, EXO_RIGHT_ALL).ok());
  CHECK(first_word(kTile) == kWhite);
  first_word(kTile) = 0x600d600d;
  test::settle();
  CHECK(first_word(kTile) == 0x600d600d);
}

void go_to_others() {
  const Child child = test::create_child(have_been_given);
  const exo::Capability tile = allocate(kTile, EXO_TILE_PUBLIC);
  first_word(kTile) = kWhite;
  const exo::Capability weak =
      exo::capability_derive(child.capability, EXO_RIGHT_READ).capability();
  CHECK(refused(exo::tile_give(exo::Capability{}, child.capability), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::tile_give(tile, exo::Capability{}), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::tile_give(tile, tile), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::tile_give(tile, weak), EXO_ERROR_NO_RIGHT));
  const exo::CallResult read = exo::capability_derive(tile, EXO_RIGHT_READ);
  CHECK(refused(exo::tile_give(read.capability(), child.capability), EXO_ERROR_NO_RIGHT));
  CHECK(exo::quota_set(quota, child.id, EXO_RESOURCE_TILES, 0u, 0u, 1u).ok());
  CHECK(refused(exo::tile_give(tile, child.capability), EXO_ERROR_QUOTA));
  CHECK(tiles[kTile].owner == self() && own_tiles() == 1);
  CHECK(exo::quota_set(quota, child.id, EXO_RESOURCE_TILES, 0u, 1u, 1u).ok());
  CHECK(exo::tile_give(tile, child.capability).value == 0);
  CHECK(tiles[kTile].owner == child.id && own_tiles() == 0);
  CHECK(refused(exo::tile_give(tile, child.capability), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(mint(kTile, EXO_RIGHT_READ), EXO_ERROR_NOT_OWNER));
  first_word(kTile) = 0x0bad0bad;
  test::settle();
  CHECK(first_word(kTile) == kWhite);  // it is still public
  test::start_child(child);
  CHECK(test::wait_for(child, records) == 0);
  CHECK(free_tiles() == screen().tiles && first_word(kTile) == 0);
}

/// A capability alone is not enough, as for pages.
volatile uint32_t shown[3];

void try_to_free() {
  const exo::Capability tile{{shown[0], shown[1], shown[2]}};
  CHECK(refused(exo::tile_dealloc(tile), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::tile_give(tile, tile), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::capability_change(tile.word[0]), EXO_ERROR_NOT_OWNER));
}

void only_the_owner_parts() {
  const exo::Capability tile = allocate(kTile, 0);
  for (unsigned word = 0; word < 3; ++word) shown[word] = tile.word[word];
  run_child(try_to_free);
  CHECK(exo::tile_dealloc(tile).ok());
}

/// What is destroyed loses its tiles too.
void hold_on() {
  CHECK(exo::tile_alloc(kTile, 0u).ok() && exo::tile_alloc(kOther, 0u).ok());
  for (;;) test_yield(EXO_YIELD_NEXT);
}

void are_free_after_destruction() {
  const Child child = test::create_child(hold_on);
  test::start_child(child);
  test_yield(child.id);
  CHECK(tiles[kTile].owner == child.id && free_tiles() == screen().tiles - 2);
  CHECK(exo::env_destroy(child.capability).ok());
  CHECK(tiles[kTile].owner == exo::kOwnerNone && free_tiles() == screen().tiles);
}

void fill_and_end() {
  CHECK(exo::tile_alloc(kTile, 0u).ok());
  test::fill_tile(kTile, kWhite);
}

void find_it_black_in_a_new_life() {
  CHECK(exo::tile_alloc(kTile, 0u).ok());
  CHECK(test::is_tile_filled(kTile, 0));
}

/// Another environment under the same id is another owner.
void are_black_for_the_next_with_the_id() {
  const Child first = test::create_child(fill_and_end);
  test::start_child(first);
  CHECK(test::wait_for(first, records) == 0);
  CHECK(tiles[kTile].last_owner == first.id);
  for (uint32_t id = 0; id + 1 != first.id;) {
    const test::Parts parts = test::make_parts(find_it_black_in_a_new_life);
    const exo::CallResult made = exo::env_create(parts.context, parts.info);
    id = static_cast<uint32_t>(made.value);
    CHECK(made.ok() && exo::env_destroy(made.capability()).ok());
  }
  const Child next = test::create_child(find_it_black_in_a_new_life);
  CHECK(next.id == first.id);
  test::start_child(next);
  CHECK(test::wait_for(next, records) == 0);
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables + 0x10000);
  tiles = test::bind_table<exo::TileRecord>(exo::Exposed::kTiles, kTables + 0x11000);
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  says_what_there_is();
  refuses_to_bind();
  is_no_memory();
  owner_writes();
  refuses();
  is_public_or_not();
  limits();
  are_black_for_others();
  go_to_others();
  only_the_owner_parts();
  are_free_after_destruction();
  are_black_for_the_next_with_the_id();
}
