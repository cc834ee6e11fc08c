// DMA engine, disk, frame buffer and the floating-point coprocessor.
#include "exokernel/abi/resources.h"
#include "workloads/kernel_calls/measure.hpp"

namespace calls {
namespace {

constexpr uint32_t kUntilDone = 20'000;  // rounds of burning: more than a transfer takes

void copy_page() {
  const exo::Capability from = allocate(), to = allocate();
  MEASURE("dma_copy: a page queued", exo::dma_copy(from, to, 0u, uint32_t{PAGE_SIZE}));
  test::burn(kUntilDone);
  free(from);
  free(to);
}

constexpr uint32_t kFirstBlock = 1000;
constexpr uint32_t kBlocks = 16;
constexpr uint32_t kWriteOneBlock = EXO_DISK_WRITE | (1u << EXO_DISK_COUNT_SHIFT);

/// The request is cancelled before the disk gets to it: its page is given back.
void use_disk() {
  const exo::Capability page = allocate();
  const exo::Capability extent =
      MEASURE("extent_alloc: of 16 blocks", exo::extent_alloc(kFirstBlock, kBlocks)).capability();
  MEASURE("disk_transfer: a block queued", exo::disk_transfer(extent, page, 0u, kWriteOneBlock));
  free(page);
  MEASURE("extent_dealloc: nothing queued", exo::extent_dealloc(extent));
}

void use_tiles() {
  const exo::Capability own =
      MEASURE("tile_alloc: the caller's before", exo::tile_alloc(kOwnTile, 0u)).capability();
  MEASURE("tile_dealloc", exo::tile_dealloc(own));
  const exo::Capability others =
      MEASURE("tile_alloc: another's before (made black)", exo::tile_alloc(kPartnersTile, 0u))
          .capability();
  MEASURE("tile_give", exo::tile_give(others, partner().capability));
  MEASURE("pixels_bind", exo::pixels_bind(test::kVirt, 0u));
}

void use_interrupts() {
  constexpr uint32_t kLine = 4;  // the DMA engine's, on every machine of configs/
  const exo::Capability line = MEASURE("interrupt_bind", exo::interrupt_bind(kLine)).capability();
  MEASURE("interrupt_unmask", exo::interrupt_unmask(line));
  MEASURE("interrupt_unbind", exo::interrupt_unbind(line));
  MEASURE("timer_bind", exo::timer_bind(test::kVirt));
  CHECK(exo::tlb_delete(test::kVirt).ok());
}

}  // namespace

/// The partner takes the coprocessor in each of its turns.
void use_devices() {
  copy_page();
  use_disk();
  use_tiles();
  use_interrupts();
  MEASURE("fpu_mod: taken from another", exo::fpu_mod(1u));
  MEASURE("fpu_mod: given up", exo::fpu_mod(0u));
  MEASURE("fpu_mod: taken from nobody", exo::fpu_mod(1u));
}

}  // namespace calls
