/* The info page: what the kernel tells an environment about itself and the machine. Mapped
 * read-only at EXO_INFO_VA; written once, before the environment starts. */
#pragma once

#include <cstdint>

#include "exokernel/abi/env.h"
#include "exokernel/abi/exposed.hpp"

namespace exo {

inline constexpr uint32_t kInfoSegmentsMax = 64;
inline constexpr uint32_t kInfoNameMax = 56;

/// Pages that the environment owned at its start: `pages` frames from `first_pfn` on belong at
/// `virt`. Pinned ones are mapped by the kernel; the others by the application, when it wants to.
struct InfoSegment {
  uint32_t virt;
  uint32_t first_pfn;
  uint32_t pages;
  uint32_t writable;  // 0 or 1
  uint32_t pinned;    // 0 or 1
};

/// The frame buffer; all 0 if there is none. The pixel in column x of line y is the byte
/// y * width + x of its pages (pixels_bind).
struct InfoFramebuffer {
  uint32_t first_pfn;
  uint32_t pages;
  uint32_t width;   // pixels
  uint32_t height;  // lines
  uint32_t tile_width;
  uint32_t tile_height;
  uint32_t tiles;  // counted along the lines
};

struct Info {
  uint32_t abi_version;        // EXO_ABI_VERSION
  uint32_t environment;        // own id, 1..
  uint32_t environment_count;  // started at boot
  uint32_t environment_max;    // the highest id
  uint32_t page_count;         // frames in the machine
  uint32_t context_pfn;        // the frame of the context page
  uint32_t cpu_hz;
  uint32_t timer_hz;
  uint32_t slice_ticks;      // length of a slice, in ticks of the timer
  uint32_t grace_ticks;      // time to yield after the end of a slice
  uint32_t slice_positions;  // length of the slice vector
  uint32_t slice_position;   // where in it this environment's slice stands
  uint32_t disk_blocks;      // 0 without a disk; a block's cylinder and track follow from the rest:
  uint32_t disk_heads;       // tracks of a cylinder
  uint32_t disk_sectors;     // blocks of a track
  ExposedTable exposed[static_cast<uint32_t>(Exposed::kCount)];
  InfoFramebuffer framebuffer;
  uint32_t segment_count;
  char name[kInfoNameMax];  // file name of the program
  InfoSegment segments[kInfoSegmentsMax];
};

static_assert(sizeof(Info) <= 4096);

/// Where a table of the kernel's stands.
inline const ExposedTable& exposed_table(const Info& info, Exposed table) {
  return info.exposed[static_cast<uint32_t>(table)];
}

/// The caller's own info page.
inline const Info& info() { return *reinterpret_cast<const Info*>(EXO_INFO_VA); }

}  // namespace exo
