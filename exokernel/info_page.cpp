// Writing info pages.
#include "exokernel/info_page.hpp"

#include "exokernel/binding.hpp"
#include "exokernel/device_table.hpp"
#include "exokernel/disk.hpp"
#include "exokernel/dma.hpp"
#include "exokernel/extent.hpp"
#include "exokernel/interrupt_line.hpp"
#include "exokernel/page.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/slice_vector.hpp"
#include "exokernel/software_tlb.h"
#include "exokernel/tile.hpp"
#include "exokernel/timer.hpp"
#include "exokernel/tlb.hpp"
#include "isa/machine/cp0.h"

namespace aegis {
namespace {

exo::Info alike;

template <typename Entry>
void say_where(exo::Exposed table, const Entry* entries, uint32_t count) {
  const auto begin = reinterpret_cast<uintptr_t>(entries);
  alike.exposed[static_cast<uint32_t>(table)] = {
      .first_pfn = page_at(begin),
      .pages = (count * uint32_t{sizeof(Entry)} + PAGE_SIZE - 1) >> PAGE_SHIFT,
      .entry_bytes = sizeof(Entry),
      .entries = count};
}

void copy_name(exo::Info& info, const char* name) {
  for (uint32_t index = 0; index + 1 < exo::kInfoNameMax && name[index] != '\0'; ++index)
    info.name[index] = name[index];
}

}  // namespace

void info_pages_start(uint32_t boot_environments, uint32_t cpu_hz) {
  alike.abi_version = EXO_ABI_VERSION;
  alike.environment_count = boot_environments;
  alike.environment_max = environment_max();
  alike.page_count = page_count();
  alike.cpu_hz = cpu_hz;
  alike.timer_hz = timer_hz();
  alike.slice_ticks = timer_slice_ticks();
  alike.grace_ticks = timer_grace_ticks();
  alike.slice_positions = kSlicePositions;
  const DiskShape disk = disk_shape();
  alike.disk_blocks = disk.blocks;
  alike.disk_heads = disk.heads;
  alike.disk_sectors = disk.sectors;
  say_where(exo::Exposed::kSystem, &system_page.record, 1);
  say_where(exo::Exposed::kPages, page_tables.records, page_count());
  say_where(exo::Exposed::kSoftwareTlb, software_tlb, SOFTWARE_TLB_ENTRIES);
  say_where(exo::Exposed::kEnvironments, environment_records, environment_max() + 1);
  say_where(exo::Exposed::kQuotas, quotas, environment_max() + 1);
  say_where(exo::Exposed::kSlices, slices, kSlicePositions);
  say_where(exo::Exposed::kExtents, extents.of, kExtents);
  say_where(exo::Exposed::kRequests, disk_requests.of, kDiskSlots);
  say_where(exo::Exposed::kTiles, tiles, framebuffer.tiles);
  alike.framebuffer = framebuffer;
  say_where(exo::Exposed::kTransfers, dma_ring.word, kDmaSlots);
  say_where(exo::Exposed::kDevices, device_records, device_count());
  say_where(exo::Exposed::kInterrupts, interrupt_table.line, kInterruptLines);
}

exo::Info& info_page_make(Environment& environment, uint32_t pfn) {
  environment.info_pfn = pfn;
  auto& info = *reinterpret_cast<exo::Info*>(page_address(pfn));
  info = alike;
  info.environment = environment.id;
  info.context_pfn = page_at(reinterpret_cast<uintptr_t>(environment.context));
  copy_name(info, environment.name);
  guarantee_at_start(environment, EXO_INFO_VA, pfn, false);
  return info;
}

}  // namespace aegis
