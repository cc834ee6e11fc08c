// A turn: an environment uses the primitives once, and yields. No slice ends in between: they are
// longer. Of the exceptions, the two null calls and the two kinds of transfer each round has one,
// so that none finds in the caches what another has just brought there.
#include <initializer_list>

#include "isa/machine/exceptions.h"
#include "workloads/scaling/crowd.hpp"

extern "C" {
void skip_handler();
void scaling_entry();
void scaling_slice_start();
}

namespace scaling {
namespace {

constexpr uint32_t kBlocksApart = 16;
constexpr uint32_t kOneBlock = EXO_DISK_WRITE | (1u << EXO_DISK_COUNT_SHIFT);
constexpr uint32_t kUntilDone = 500;  // rounds of burning: more than kTransferBytes take
constexpr uint32_t kTransferBytes = 64;
constexpr uint32_t kTransferTo = PAGE_SIZE / 2;
constexpr uint32_t kLarge = 0x7fffffff;

uint32_t address(void (*function)()) { return reinterpret_cast<uint32_t>(function); }
uint32_t own_number() { return crowd.number[exo::info().environment]; }

/// The first load from a page of its own. The rest of the page is read to displace what others have
/// in the data cache.
void read_page() {
  measure(stubs().first_access, uint32_t{SCALING_OWN_VA}, 0u, kept(SCALING_OWN));
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 16) test::touch(SCALING_OWN_VA + offset);
}

void enter_kernel() {
  measure(crowd.round % 2 == 0 ? stubs().null : stubs().env_id);
  switch (crowd.round % 4) {
    case 0:
      measure(stubs().unaligned);
      break;
    case 1:
      measure(stubs().overflow, kLarge);
      break;
    case 2:
      measure(stubs().not_mips1_coprocessor);
      break;
    default:
      measure(stubs().protection, uint32_t{SCALING_OWN_VA});
      break;
  }
}

/// It holds a page between its turns: what others free and allocate does not matter.
void use_page() {
  const exo::Capability page = kept(SCALING_PAGE);
  must(stubs().tlb_write, uint32_t{SCALING_PAGE_VA}, uint32_t{EXO_MAP_WRITE}, page);
  must(stubs().capability_derive, page, uint32_t{EXO_RIGHT_ALL});
  must(stubs().page_dealloc, page);
  keep(SCALING_PAGE, must(stubs().page_alloc, page.index()).capability());
}

void use_guarantee() {
  constexpr uint32_t kVirt = SCALING_GUARANTEED_VA;
  must(stubs().guarantee, kVirt, 0u, kept(SCALING_OWN));
  measure(stubs().guaranteed_refill, kVirt);
  must(stubs().tlb_delete, kVirt);
  must(stubs().unguarantee, kVirt);
}

/// The request to the disk is cancelled when its extent is given back.
void use_devices() {
  const exo::Capability page = kept(SCALING_OWN), extent = kept(SCALING_EXTENT);
  must(stubs().disk_transfer, extent, page, 0u, kOneBlock);
  must(stubs().extent_dealloc, extent);
  keep(SCALING_EXTENT, must(stubs().extent_alloc, kBlocksApart * own_number(), 1u).capability());
  must(stubs().tile_dealloc, kept(SCALING_TILE));
  keep(SCALING_TILE, must(stubs().tile_alloc, uint32_t{EXO_TILE_ANY}, 0u).capability());
  must(stubs().dma_copy, page, page, kTransferTo << 16, kTransferBytes);
  test::burn(kUntilDone);
  must(stubs().fpu_mod, 1u);
  CHECK(exo::fpu_mod(0u).ok());
}

void use_slices() {
  const exo::CallResult position = must(stubs().slice_alloc, uint32_t{EXO_SLICE_ANY}, 0u);
  must(stubs().slice_dealloc, static_cast<uint32_t>(position.value));
}

/// To the one whose turn is next, and back.
void transfer_control() {
  const uint32_t next = crowd.member[(own_number() + 1) % crowd.count].id << EXO_TRANSFER_SHIFT;
  const int32_t answer = crowd.round / 2 % 2 == 0
                             ? scaling_transfer(EXO_SCALL | next, stubs().synchronous)
                             : scaling_transfer(EXO_ACALL | next, stubs().asynchronous);
  CHECK(static_cast<uint32_t>(answer) == next);
}

}  // namespace

void prepare() {
  volatile exo::Context& context = exo::context();
  for (const uint32_t code : {EXC_MOD, EXC_ADEL, EXC_OV, EXC_CPU})
    context.handlers[code] = address(skip_handler);
  context.synchronous_entry = address(scaling_entry);
  context.asynchronous_entry = address(scaling_entry);
  context.slice_start = address(scaling_slice_start);
  keep(SCALING_OWN, allocate());
  keep(SCALING_PAGE, allocate());
  const exo::CallResult extent = exo::extent_alloc(kBlocksApart * own_number(), 1u);
  const exo::CallResult tile = exo::tile_alloc(EXO_TILE_ANY, 0u);
  CHECK(extent.ok() && tile.ok());
  keep(SCALING_EXTENT, extent.capability());
  keep(SCALING_TILE, tile.capability());
}

void take_turn() {
  read_page();
  enter_kernel();
  use_page();
  use_guarantee();
  use_devices();
  use_slices();
  transfer_control();
  scaling_leave(EXO_YIELD_NEXT, 0, stubs().yield);
}

void miss_tlb() {
  const exo::Capability page = allocate();
  for (uint32_t index = 0; index < SCALING_MANY; ++index)
    CHECK(exo::tlb_write(SCALING_MANY_VA + index * PAGE_SIZE, 0u, page).ok());
  for (uint32_t index = 0; index < SCALING_MANY; ++index)
    measure(stubs().refill, SCALING_MANY_VA + index * PAGE_SIZE);
  CHECK(exo::page_dealloc(page).ok());
}

}  // namespace scaling
