// The DMA engine as a resource: its ring belongs to the kernel and everyone may read it. A transfer
// is authorised once, by capabilities for both pages; from then on the engine carries it out, and
// breaking a binding to one of its pages cancels it first.
#pragma once

#include <cstdint>

#include "exokernel/boot_info.hpp"
#include "isa/devices/dma.h"
#include "isa/machine/cp0.h"

namespace aegis {

struct Environment;

/// Transfers that can be queued at a time.
inline constexpr uint32_t kDmaSlots = 64;

/// Descriptors of isa/devices/dma.h, which names their words.
struct alignas(PAGE_SIZE) DmaRing {
  uint32_t word[kDmaSlots][DMA_DESCRIPTOR_SIZE / sizeof(uint32_t)];
};
extern DmaRing dma_ring;

/// Hands the ring to the engine, if the machine has one.
void dma_start(const DeviceEntry& device);
/// Cancels every transfer from or to a page, but those of the environment `keeper` (null: all).
/// When it returns, none of them will touch the page again.
void dma_flush_page(uint32_t pfn, const Environment* keeper);
/// Cancels every transfer of an environment.
void dma_flush_owner(const Environment& environment);
/// Cancels transfers of an environment by force, those queued last first. Returns how many.
uint32_t dma_repossess(Environment& environment, uint32_t count);

}  // namespace aegis
