// A descriptor of the DMA engine's ring, as it lies in memory (isa/devices/dma.h).
#pragma once

#include <cstdint>

#include "sim/base/types.hpp"
#include "sim/bus/ram.hpp"

namespace exosim {

/// What software has asked for. Addresses are physical, lengths in bytes.
struct DmaDescriptor {
  uint32_t source = 0;
  uint32_t destination = 0;
  uint32_t length = 0;
  uint32_t flags = 0;  // DMA_FLAG_...
  uint32_t owner = 0;
  uint32_t result = 0;  // DMA_RESULT_...

  /// Where the word is read from or written to that comes after `moved` bytes.
  PhysAddr source_of(uint32_t moved) const;
  PhysAddr destination_of(uint32_t moved) const;
  /// Words that a burst may have after `moved` bytes, which are not all. Each end of it stays
  /// within a page of 4 KiB, so within one of DRAM.
  uint32_t burst_after(uint32_t moved, uint32_t most_words) const;
};

/// All of a descriptor must be in RAM.
DmaDescriptor read_descriptor(const Ram& ram, PhysAddr at);

/// DMA_CAUSE_... of what is wrong with it; 0 if nothing is.
uint32_t cause_against(const DmaDescriptor& descriptor);

}  // namespace exosim
