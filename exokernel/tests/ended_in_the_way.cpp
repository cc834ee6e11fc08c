// What an environment had that has just been destroyed can be had: no call is refused for want of
// it, whether it is named, any, or a unit of an account; the call is made again meanwhile, with its
// arguments, and the slice may end.
// options: --set memory.size=8MiB
// options: --set memory.size=8MiB --set arguments=slice=100
#include "exokernel/tests/harness/code.hpp"
#include "exokernel/tests/harness/disk.hpp"

using test::encode;
using test::kReturn;
using test::refused;

/// What the program's registers were when a slice ended in `watched_call`.
struct Watched {
  uint32_t count, v0, v1, a0, a1, rest;
};
extern "C" volatile Watched watched;
volatile Watched watched;

asm(R"(
  .set push
  .set noreorder
  .set noat
  .text
watching_slice_end:
  lw    $4, 0x105c($0)            # EXO_CONTEXT_INTERRUPT_PC
  lui   $5, %hi(watched_call)
  addiu $5, $5, %lo(watched_call)
  bne   $4, $5, 1f
  lui   $5, %hi(watched)
  addiu $5, $5, %lo(watched)
  lw    $4, 0($5)
  sw    $2, 4($5)
  addiu $4, $4, 1
  sw    $4, 0($5)
  sw    $3, 8($5)
  lw    $4, 0x1050($0)            # EXO_CONTEXT_INTERRUPT_A0
  lw    $6, 0x1054($0)            # EXO_CONTEXT_INTERRUPT_A1
  sw    $4, 12($5)
  sw    $6, 16($5)
  lw    $4, 20($5)
  lw    $6, 0x1058($0)            # EXO_CONTEXT_INTERRUPT_A2
  or    $4, $4, $7
  or    $4, $4, $8
  or    $4, $4, $9
  or    $4, $4, $10
  or    $4, $4, $11
  or    $4, $4, $6
  sw    $4, 20($5)
1:
  j     test_slice_end
  nop
  .set pop
)");

extern "C" void watching_slice_end();

namespace {

constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kMax = EXO_EXTENT_MAX;
constexpr uint32_t kCodes = 3;  // so many steps until anything else is reclaimed
constexpr uint32_t kPages = 200;
constexpr uint32_t kSourceVirt = test::kVirt + PAGE_SIZE;
constexpr uint32_t kExtents = 256;

const volatile exo::SystemRecord* machine;
exo::Capability quota;

// The child shares them.
volatile bool is_ready;
uint32_t first_page, page_count, tile_count, extent_count;
exo::Capability grandchild;

bool are_slices_short() { return exo::info().slice_ticks < 1000; }

uint32_t self() { return exo::info().environment; }
uint32_t used(uint32_t resource, uint32_t id = self()) { return test::quota_of(id, resource).used; }

void set(uint32_t resource, uint32_t limit, uint32_t id = self(), uint32_t minimum = 0) {
  CHECK(exo::quota_set(quota, id, resource, minimum, limit, 0u).ok());
}

exo::CallResult download() {
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  const exo::Capability source = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::guarantee(kSourceVirt, EXO_MAP_WRITE, source).ok());
  test::write_code(kSourceVirt, {kReturn, encode<"ori">(REG_V0, 0, 1)});
  const exo::CallResult result = exo::code_download(source, page, 0u, 2u);
  CHECK(exo::unguarantee(kSourceVirt).ok());
  CHECK(exo::page_dealloc(source).ok());
  if (!result.ok()) CHECK(exo::page_dealloc(page).ok());
  return result;
}

void hold_still() {
  is_ready = true;
  for (;;) test_yield(EXO_YIELD_NEXT);
}

/// Code and the child's first page are reclaimed first and last.
void hold() {
  first_page = exo::page_alloc(EXO_PAGE_ANY).capability().index();
  for (uint32_t count = 1; count < page_count; ++count)
    if (!exo::page_alloc(EXO_PAGE_ANY).ok()) break;
  for (uint32_t count = 0; count < tile_count; ++count)
    CHECK(exo::tile_alloc(EXO_TILE_ANY, 0u).ok());
  for (uint32_t count = 0; count < extent_count; ++count) test::new_extent(8 * count, 8);
  hold_still();
}

void download_and_hold() {
  for (uint32_t count = 0; count < kCodes; ++count) CHECK(download().ok());
  hold();
}

/// A child of the child's, with a page and a tile more.
void create_and_hold() {
  const test::Parts parts = test::make_parts(hold_still);
  grandchild = exo::env_create(parts.context, parts.info).capability();
  CHECK(exo::page_give(exo::page_alloc(EXO_PAGE_ANY).capability(), grandchild).ok());
  if (exo::info().framebuffer.tiles != 0)
    CHECK(exo::tile_give(exo::tile_alloc(EXO_TILE_ANY, 0u).capability(), grandchild).ok());
  hold_still();
}

/// A child that has got everything.
test::Child start(void (*function)(), uint32_t pages, uint32_t tiles = 0, uint32_t extents = 0) {
  page_count = pages;
  tile_count = tiles;
  extent_count = extents;
  is_ready = false;
  const test::Child child = test::create_child(function);
  if (function == create_and_hold)  // in an account of its own
    for (uint32_t each = 0; each < EXO_RESOURCE_COUNT; ++each) set(each, EXO_NO_LIMIT, child.id);
  test::start_child(child);
  while (!is_ready) test_yield(EXO_YIELD_NEXT);
  return child;
}

void destroy(const test::Child& child) { CHECK(exo::env_destroy(child.capability).ok()); }

void finish() {
  while (used(EXO_RESOURCE_ENVIRONMENTS) != 0) test_yield(EXO_YIELD_NEXT);
}

void allocates_named_pages() {
  const test::Child child = start(download_and_hold, kPages);
  CHECK(refused(exo::page_alloc(first_page), EXO_ERROR_BUSY));
  destroy(child);
  const exo::CallResult made = exo::page_alloc(first_page);
  CHECK(made.value == static_cast<int32_t>(first_page));
  CHECK(refused(exo::page_alloc(first_page), EXO_ERROR_BUSY));
  CHECK(exo::page_dealloc(made.capability()).ok());
  finish();
}

void charges_an_account_for_pages() {
  const test::Child child = start(download_and_hold, kPages);
  set(EXO_RESOURCE_PAGES, used(EXO_RESOURCE_PAGES));
  CHECK(refused(exo::page_alloc(EXO_PAGE_ANY), EXO_ERROR_QUOTA));
  destroy(child);
  const exo::CallResult made = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(made.ok());
  CHECK(exo::page_dealloc(made.capability()).ok());
  set(EXO_RESOURCE_PAGES, EXO_NO_LIMIT);
  finish();
}

void creates_an_environment() {
  set(EXO_RESOURCE_ENVIRONMENTS, 1);
  const test::Child child = start(hold, kPages);
  const test::Parts parts = test::make_parts(hold_still);
  CHECK(refused(exo::env_create(parts.context, parts.info), EXO_ERROR_QUOTA));
  destroy(child);
  const exo::CallResult made = exo::env_create(parts.context, parts.info);
  CHECK(made.ok());
  CHECK(exo::env_destroy(made.capability()).ok());
  set(EXO_RESOURCE_ENVIRONMENTS, EXO_NO_LIMIT);
  finish();
}

void downloads_code() {
  set(EXO_RESOURCE_CODE, kCodes);
  const test::Child child = start(download_and_hold, 1);
  CHECK(refused(download(), EXO_ERROR_QUOTA));
  destroy(child);
  const exo::CallResult made = download();
  CHECK(made.ok());
  const exo::CallResult page = exo::code_remove(made.capability());
  CHECK(exo::page_dealloc(page.capability()).ok());
  set(EXO_RESOURCE_CODE, EXO_NO_LIMIT);
  finish();
}

void promises_pages() {
  const test::Child child = start(download_and_hold, kPages);
  const uint32_t all = used(EXO_RESOURCE_PAGES) + machine->pages().free;
  CHECK(refused(exo::quota_set(quota, self(), EXO_RESOURCE_PAGES, all + 1, EXO_NO_LIMIT, 0u),
                EXO_ERROR_NO_MEMORY));
  const test::Child other = test::create_child(hold_still);
  set(EXO_RESOURCE_PAGES, EXO_NO_LIMIT, other.id);
  destroy(child);
  const uint32_t most = machine->pages().free + used(EXO_RESOURCE_PAGES, other.id) + kPages;
  set(EXO_RESOURCE_PAGES, EXO_NO_LIMIT, other.id, most);
  destroy(other);
  finish();
}

/// The receiver's account is full, but for what its child had, which comes back after that of
/// another one.
void gives(uint32_t resource) {
  const bool are_tiles = resource == EXO_RESOURCE_TILES;
  const test::Child other = start(hold, kPages);
  const test::Child child = start(create_and_hold, 0);
  set(resource, used(resource, child.id), child.id);
  const exo::Capability unit =
      (are_tiles ? exo::tile_alloc(EXO_TILE_ANY, 0u) : exo::page_alloc(EXO_PAGE_ANY)).capability();
  const auto give = [&] {
    return are_tiles ? exo::tile_give(unit, child.capability)
                     : exo::page_give(unit, child.capability);
  };
  CHECK(refused(give(), EXO_ERROR_QUOTA));
  destroy(other);
  CHECK(exo::env_destroy(grandchild).ok());
  CHECK(give().ok());
  destroy(child);
  finish();
}

void allocates_tiles() {
  const uint32_t tiles = exo::info().framebuffer.tiles;
  if (tiles == 0) return;
  test::Child child = start(download_and_hold, 1, tiles);
  CHECK(refused(exo::tile_alloc(EXO_TILE_ANY, 0u), EXO_ERROR_LIMIT));
  destroy(child);
  const exo::CallResult any = exo::tile_alloc(EXO_TILE_ANY, 0u);
  CHECK(any.ok() && exo::tile_dealloc(any.capability()).ok());
  finish();
  child = start(download_and_hold, 1, tiles);
  CHECK(refused(exo::tile_alloc(tiles - 1, 0u), EXO_ERROR_BUSY));
  destroy(child);
  const exo::CallResult named = exo::tile_alloc(tiles - 1, 0u);
  CHECK(named.ok() && exo::tile_dealloc(named.capability()).ok());
  finish();
  set(EXO_RESOURCE_TILES, 1);
  child = start(download_and_hold, 1, 1);
  CHECK(refused(exo::tile_alloc(tiles - 1, 0u), EXO_ERROR_QUOTA));
  destroy(child);
  const exo::CallResult charged = exo::tile_alloc(tiles - 1, 0u);
  CHECK(charged.ok() && exo::tile_dealloc(charged.capability()).ok());
  set(EXO_RESOURCE_TILES, EXO_NO_LIMIT);
  finish();
}

void free_extent(const exo::CallResult& made) {
  CHECK(made.ok());
  CHECK(exo::extent_dealloc(made.capability()).ok());
  finish();
}

void allocates_extents() {
  test::Child child = start(download_and_hold, 1, 0, kExtents);
  CHECK(refused(exo::extent_alloc(kMax, 1u), EXO_ERROR_LIMIT));
  CHECK(refused(exo::extent_alloc(0u, 1u), EXO_ERROR_BUSY));
  destroy(child);
  free_extent(exo::extent_alloc(kMax, 1u));
  child = start(download_and_hold, 1, 0, kExtents);
  destroy(child);
  free_extent(exo::extent_alloc(0u, 8 * kExtents));
  set(EXO_RESOURCE_BLOCKS, 8);
  child = start(download_and_hold, 1, 0, 1);
  CHECK(refused(exo::extent_alloc(kMax, 1u), EXO_ERROR_QUOTA));
  destroy(child);
  free_extent(exo::extent_alloc(kMax, 1u));
  set(EXO_RESOURCE_BLOCKS, EXO_NO_LIMIT);
}

/// The last test: it keeps them all.
void allocates_any_page() {
  const uint32_t before = machine->pages().free;
  const test::Child child = start(download_and_hold, 0xffffffff);
  CHECK(machine->pages().free == 0);
  destroy(child);
  for (uint32_t count = 0; count < before; ++count) CHECK(exo::page_alloc(EXO_PAGE_ANY).ok());
  CHECK(refused(exo::page_alloc(EXO_PAGE_ANY), EXO_ERROR_NO_MEMORY));
}

/// One call lasts for several slices, and what is interrupted is the call.
void lasts_for_slices() {
  const test::Child child = start(download_and_hold, 0xffffffff);
  destroy(child);
  const uint32_t begin = test::slices();
  const exo::CallResult made = exo::page_alloc(first_page);
  CHECK(made.value == static_cast<int32_t>(first_page));
  if (are_slices_short()) CHECK(test::slices() - begin > 5);
  CHECK(exo::page_dealloc(made.capability()).ok());
  finish();
}

/// The registers of page_alloc when it is made again: an earlier caller's arguments, which stand
/// where calls keep theirs, are not among them.
void shows_nothing_of_others() {
  const test::Child child = start(download_and_hold, 0xffffffff);
  CHECK(exo::quota_set(quota, self(), EXO_RESOURCE_TILES, 0u, EXO_NO_LIMIT, 1u).ok());
  destroy(child);
  exo::context().slice_end = reinterpret_cast<uint32_t>(&watching_slice_end);
  register uint32_t v0 asm("$2") = static_cast<uint32_t>(exo::Syscall::k_page_alloc);
  register uint32_t v1 asm("$3") = 31;
  register uint32_t a0 asm("$4") = first_page;
  register uint32_t a1 asm("$5") = 51;
  asm volatile(
      ".irp number, 6, 7, 8, 9, 10, 11\n\tmove $\\number, $0\n\t.endr\nwatched_call:\n\tsyscall"
      : "+r"(v0), "+r"(v1), "+r"(a0), "+r"(a1)
      :
      : "$1", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$24", "$25", "hi",
        "lo", "memory");
  const uint32_t result = v0;
  const exo::Capability page{{v1, a0, a1}};
  exo::context().slice_end = reinterpret_cast<uint32_t>(&test_slice_end);
  CHECK(result == first_page);
  if (are_slices_short()) {
    CHECK(watched.count > 5);
    CHECK(watched.v0 == static_cast<uint32_t>(exo::Syscall::k_page_alloc));
    CHECK(watched.v1 == 31 && watched.a0 == first_page && watched.a1 == 51);
    CHECK(watched.rest == 0);
  }
  CHECK(exo::page_dealloc(page).ok());
  finish();
}

}  // namespace

void run_tests() {
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables);
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  allocates_named_pages();
  charges_an_account_for_pages();
  creates_an_environment();
  downloads_code();
  promises_pages();
  gives(EXO_RESOURCE_PAGES);
  if (exo::info().framebuffer.tiles != 0) gives(EXO_RESOURCE_TILES);
  allocates_tiles();
  allocates_extents();
  lasts_for_slices();
  shows_nothing_of_others();
  allocates_any_page();
}
