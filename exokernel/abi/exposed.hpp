/* The kernel's tables that every environment may read and none may write: who owns what, the free
 * list, the bindings in the software TLB. The info page says where each stands
 * (exo::info().exposed). A reader asks for a capability of a page of a table
 * (capability_mint with EXO_RIGHT_READ) and binds it like any other page.
 *
 * A table changes while it is read: it is exact at each instruction of the reader's slice, and
 * anything may have happened when the next one starts. */
#pragma once

#include <cstdint>

#include "exokernel/abi/resources.h"

namespace exo {

/// Owners of pages that are not environments.
inline constexpr uint16_t kOwnerNone = 0;          // the page is free
inline constexpr uint16_t kOwnerCode = 0xfffd;     // the kernel's, with downloaded code in it
inline constexpr uint16_t kOwnerExposed = 0xfffe;  // the kernel's, and readable by everyone
inline constexpr uint16_t kOwnerKernel = 0xffff;

inline constexpr uint32_t kNoPage = 0xffffffff;

/// Where a table stands: it begins at the first byte of frame `first_pfn`, and no page of it holds
/// anything else.
struct ExposedTable {
  uint32_t first_pfn;
  uint32_t pages;
  uint32_t entry_bytes;
  uint32_t entries;
};

/// Index in Info::exposed. kTransfers is the DMA engine's ring: the transfer with ticket n has
/// entry n modulo the number of entries until as many later ones have been queued;
/// isa/devices/dma.h says what its words mean; the lower half of the owner's is the environment,
/// the upper one the ticket's. The engine writes it past the cache: bind it with EXO_MAP_UNCACHED.
enum class Exposed : uint32_t {
  kSystem,
  kPages,
  kSoftwareTlb,
  kEnvironments,
  kQuotas,
  kTransfers,
  kSlices,
  kExtents,
  kRequests,
  kTiles,
  kDevices,
  kInterrupts,
  kCount
};

/// The only entry of Exposed::kSystem.
struct SystemRecord {
  uint32_t first_free_page;  // kNoPage if there is none; PageRecord::next goes on
  uint32_t arbiter;          // the environment that is told of refusals; 0 if there is none
  struct Stock {
    uint32_t free;      // units that nobody has
    uint32_t promised;  // of these: to accounts that have not reached their minimum
  } stock[EXO_RESOURCE_COUNT];

  const volatile Stock& pages() const volatile { return stock[EXO_RESOURCE_PAGES]; }
};

/// Exposed::kPages, by frame number. Pages of one owner form a list, the free ones too.
struct PageRecord {
  uint16_t owner;       // kOwner..., or the environment's id
  uint16_t last_owner;  // whose data the page may still hold
  uint32_t next;        // of the same owner, kNoPage at the end
  uint32_t previous;
  uint16_t guarantees;  // guaranteed mappings of the page, in all environments
  uint16_t last_life;   // which environment under the id last_owner: EnvironmentRecord::lives
};
static_assert(sizeof(PageRecord) == 16);

/// kEnding: it has ended, and what it had is being reclaimed; kEnded: all of that is free again.
enum class EnvironmentState : uint8_t { kUnused, kCreated, kRunning, kEnding, kEnded };

/// Exposed::kEnvironments, by id. Entry 0 is unused.
struct EnvironmentRecord {
  EnvironmentState state;
  uint8_t status;    // exit status, once it ends
  uint16_t owner;    // who may mint capabilities for it: its creator, or itself
  uint32_t excess;   // grace periods overrun
  uint32_t account;  // the environment whose quotas it uses: its own, or that of its creator
  uint16_t lives;    // how often the id has been given out
  uint16_t space;    // address space identifier; 0 while it has none
};
static_assert(sizeof(EnvironmentRecord) == 16);

/// Exposed::kSlices: the slice vector, by position.
struct SliceRecord {
  uint16_t environment;  // 0: the position is free
  uint16_t ticks;        // of the timer: its length; 0: that of Info::slice_ticks
};

/// Exposed::kExtents: ranges of blocks of the disk, in any order.
struct ExtentRecord {
  uint32_t first;   // block of the disk
  uint32_t blocks;  // from there on
  uint16_t owner;   // kOwnerNone: the entry is free
  uint16_t reserved;
};
static_assert(sizeof(ExtentRecord) == 12);

/// Exposed::kRequests: requests to the disk. The one with ticket n has entry n modulo the number of
/// entries until as many later ones have been queued.
struct RequestRecord {
  uint32_t ticket;
  uint32_t block;        // of the disk: the first
  uint16_t environment;  // that has queued it
  uint8_t blocks;
  uint8_t moved;  // blocks; known when it is over
  uint8_t is_write;
  uint8_t state;  // EXO_REQUEST_...
  uint16_t reserved;
};
static_assert(sizeof(RequestRecord) == 16);
/// Exposed::kTiles, by tile of the frame buffer (isa/devices/framebuffer.h).
struct TileRecord {
  uint16_t owner;       // kOwnerNone, or the environment's id
  uint16_t access;      // EXO_TILE_PUBLIC or 0
  uint16_t last_owner;  // whose picture may still be on it
  uint16_t last_life;   // as in PageRecord
};
static_assert(sizeof(TileRecord) == 8);

/// DeviceRecord::line of a device that cannot interrupt.
inline constexpr uint32_t kNoLine = 0xffffffff;

/// Exposed::kDevices: what the machine has, in the order of addresses. Entries are those of the
/// boot PROM's directory.
struct DeviceRecord {
  uint32_t id;       // CONSOLE_ID, TIMER_ID, ...: isa/devices
  uint32_t address;  // physical, of the first register
  uint32_t bytes;    // of registers
  uint32_t line;     // interrupt line: bit of Cause.IP, or kNoLine
  char name[16];     // the configuration's
};
static_assert(sizeof(DeviceRecord) == 32);

/// Exposed::kInterrupts: the interrupt lines, by bit of Cause.IP.
struct InterruptRecord {
  uint16_t owner;     // kOwnerNone, the environment's id, or kOwnerKernel: the timer's line
  uint8_t devices;    // that share it; 0: nobody can own it
  uint8_t is_masked;  // 1: it does not interrupt until interrupt_unmask
};
static_assert(sizeof(InterruptRecord) == 4);

/// Exposed::kQuotas: EXO_RESOURCE_COUNT records for each environment id.
struct QuotaRecord {
  uint32_t minimum;  // nobody else can take so many units from the account
  uint32_t limit;    // most units, or EXO_NO_LIMIT
  uint32_t
      weight;     // its part in the sum of all weights is its share while units are scarce; 0: none
  uint32_t used;  // charged to the account: by the environment and those it created
  uint32_t own;   // held by the environment itself
};
static_assert(sizeof(QuotaRecord) == 20);

}  // namespace exo
