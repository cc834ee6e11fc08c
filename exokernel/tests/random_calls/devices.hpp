// What the model knows of devices: tiles of the frame buffer, interrupt lines, the coprocessor, the
// disk's extents and blocks, and what is queued for the DMA engine and the disk.
#pragma once

#include "exokernel/tests/random_calls/model.hpp"

namespace model {

inline constexpr uint32_t kTilesMax = 16;  // as many as the picture has
inline constexpr uint32_t kLines = 8;
inline constexpr uint32_t kExtents = 24;  // of the table that are used
inline constexpr uint32_t kFirstBlock = 600;
inline constexpr uint32_t kBlocks = 128;  // of the disk, from there on
inline constexpr uint32_t kTransferSlots = 64;
inline constexpr uint32_t kRequestSlots = 32;

struct Tile {
  uint16_t owner;  // id; 0: nobody
  uint16_t access;
  exo::Capability newest;
};
inline Tile tiles[kTilesMax];

struct Line {
  uint16_t owner;  // id; 0: nobody
  bool is_there;   // a device has it, and not the timer
  exo::Capability newest;
};
inline Line lines[kLines];

struct Extent {
  uint16_t owner;  // id; 0: there is none
  uint16_t first;  // block of the model
  uint16_t blocks;
  exo::Capability newest;
};
inline Extent extents[kExtents];

/// Whether a block may be read: what is being written to it may be there or not.
enum class Readable : uint8_t { kYes, kNo, kPerhaps };
inline Readable readable[kBlocks];

inline uint32_t coprocessor_user;  // id; 0: nobody

/// What a device has been asked to do, by the entry of its ring or table.
struct Queued {
  uint16_t owner;  // id; 0: it is over
  uint16_t page, other_page;
  uint16_t extent;
  uint16_t block, count;  // of the model, written
  bool is_write;
};

/// A queue as the model sees it: what is over is found by looking.
struct Queue {
  uint32_t resource;
  uint32_t size;
  Queued* of;
  bool (*is_pending)(uint32_t index);
  bool (*is_done)(uint32_t index);  // false: it has been cancelled
  uint32_t first, next;             // tickets: from the oldest that is not over
  uint32_t first_perhaps;           // all tickets before it are no longer in the device's way

  /// Notes what is over. Of what has been cancelled the model knows already, unless it was revoked.
  void look(bool may_be_cancelled = false);
  /// All that the function says must be over, and is forgotten.
  template <typename Is>
  void must_be_over(Is is) {
    for (uint32_t index = 0; index < size; ++index) {
      if (of[index].owner == 0 || !is(of[index])) continue;
      CHECK(!is_pending(index));
      forget(index);
    }
  }
  void forget(uint32_t index) {
    charge(of[index].owner, resource, -1);
    of[index].owner = 0;
  }
  /// True if something that is not over uses the page.
  bool uses(uint32_t pfn);
  /// Entries from the oldest that is pending to the next ticket, when it has been looked at.
  uint32_t occupied() const { return next - first; }
  void add(const exo::CallResult& queued, const Queued& entry);
  /// Whether the device must accept one more, given what was queued before the call.
  void expect(const exo::CallResult& result, uint32_t error_before, uint32_t occupied_before,
              unsigned line);
};
extern Queue transfers, requests;

inline void end_queued_of_page(uint32_t pfn, uint32_t keeper) {
  const auto uses = [=](const Queued& entry) {
    return entry.owner != keeper && (entry.page == pfn || entry.other_page == pfn);
  };
  transfers.must_be_over(uses);
  requests.must_be_over(uses);
}
void end_queued_of_extent(uint32_t extent, uint32_t keeper);
/// The last blocks of an extent are nobody's.
void take_blocks(uint32_t extent, uint32_t count);
void free_tile(uint32_t tile);

}  // namespace model
