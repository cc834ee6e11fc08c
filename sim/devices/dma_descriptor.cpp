// What a descriptor asks for, and whether it may.
#include "sim/devices/dma_descriptor.hpp"

#include <algorithm>

#include "isa/devices/dma.h"

namespace exosim {

namespace {

constexpr uint32_t kPageBytes = 4096;
constexpr uint64_t kAddressSpace = uint64_t{1} << 32;
constexpr uint32_t kKnownFlags =
    DMA_FLAG_INTERRUPT | DMA_FLAG_SOURCE_FIXED | DMA_FLAG_DESTINATION_FIXED;

uint32_t words_left_in_page(PhysAddr address) {
  return (kPageBytes - address.value % kPageBytes) / 4;
}

bool wraps(uint32_t address, uint32_t length, bool fixed) {
  return !fixed && address + uint64_t{length} > kAddressSpace;
}

}  // namespace

PhysAddr DmaDescriptor::source_of(uint32_t moved) const {
  return {(flags & DMA_FLAG_SOURCE_FIXED) != 0 ? source : source + moved};
}

PhysAddr DmaDescriptor::destination_of(uint32_t moved) const {
  return {(flags & DMA_FLAG_DESTINATION_FIXED) != 0 ? destination : destination + moved};
}

uint32_t DmaDescriptor::burst_after(uint32_t moved, uint32_t most_words) const {
  uint32_t words = std::min((length - moved) / 4, most_words);
  if ((flags & DMA_FLAG_SOURCE_FIXED) == 0)
    words = std::min(words, words_left_in_page(source_of(moved)));
  if ((flags & DMA_FLAG_DESTINATION_FIXED) == 0)
    words = std::min(words, words_left_in_page(destination_of(moved)));
  return words;
}

DmaDescriptor read_descriptor(const Ram& ram, PhysAddr at) {
  const auto word = [&](uint32_t offset) { return ram.read({at.value + offset}, 4); };
  return {.source = word(DMA_DESCRIPTOR_SOURCE),
          .destination = word(DMA_DESCRIPTOR_DESTINATION),
          .length = word(DMA_DESCRIPTOR_LENGTH),
          .flags = word(DMA_DESCRIPTOR_FLAGS),
          .owner = word(DMA_DESCRIPTOR_OWNER),
          .result = word(DMA_DESCRIPTOR_RESULT)};
}

uint32_t cause_against(const DmaDescriptor& descriptor) {
  const auto& [source, destination, length, flags, owner, result] = descriptor;
  if ((flags & ~kKnownFlags) != 0) return DMA_CAUSE_FLAGS;
  if (length == 0 || length % 4 != 0 || length > DMA_MAX_LENGTH) return DMA_CAUSE_LENGTH;
  if (source % 4 != 0 || destination % 4 != 0) return DMA_CAUSE_ALIGNMENT;
  if (wraps(source, length, (flags & DMA_FLAG_SOURCE_FIXED) != 0)) return DMA_CAUSE_WRAP;
  if (wraps(destination, length, (flags & DMA_FLAG_DESTINATION_FIXED) != 0)) return DMA_CAUSE_WRAP;
  return 0;
}

}  // namespace exosim
