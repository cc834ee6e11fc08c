// Queueing transfers, telling of their ends, and cancelling them when a binding is broken. Each
// transfer has a tag of its own, so that one can be cancelled and the owner's others go on.
#include "exokernel/dma.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/device_register.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/interrupt_line.hpp"
#include "exokernel/page.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/revocation.hpp"
#include "isa/machine/device_directory.h"
#include "isa/machine/memory_map.h"
#include "isa/markers.h"

namespace aegis {

DmaRing dma_ring;

namespace {

/// Who has queued what; parallel to the ring. `owner` 0: the engine will not touch the pages again.
struct Slot {
  uint16_t owner;
  bool is_awaited;  // EXO_DMA_TELL
  uint32_t source_pfn;
  uint32_t destination_pfn;

  bool uses(uint32_t pfn) const { return source_pfn == pfn || destination_pfn == pfn; }
};

uintptr_t engine;  // its registers; 0 without one
bool can_tell;     // it has an interrupt line
Slot slots[kDmaSlots];
uint32_t reaped;  // transfers whose slots are free again
uint32_t queued;  // transfers ever handed over: the next one's ticket

volatile uint32_t& engine_register(uint32_t offset) { return device_register(engine, offset); }

/// The word of a transfer's descriptor as the engine sees it, past the cache.
volatile uint32_t& descriptor_word(uint32_t ticket, uint32_t offset) {
  uint32_t* const word = &dma_ring.word[ticket % kDmaSlots][offset / sizeof(uint32_t)];
  return *reinterpret_cast<volatile uint32_t*>(KSEG1_BASE |
                                               (reinterpret_cast<uintptr_t>(word) & KSEG_MASK));
}

void release(Slot& slot) {
  if (slot.owner == 0) return;
  --frame(slot.source_pfn).transfers;
  --frame(slot.destination_pfn).transfers;
  quota_give_back(slot.owner, EXO_RESOURCE_TRANSFERS, 1);
  stock_add(EXO_RESOURCE_TRANSFERS, 1);
  if (slot.is_awaited) environment_post(environment_slot(slot.owner), EXO_EVENT_DMA);
  slot.owner = 0;
}

/// Frees the slots that the engine is through with.
void reap() {
  const uint32_t head = engine_register(DMA_HEAD);
  for (; reaped != head; ++reaped) release(slots[reaped % kDmaSlots]);
}

/// For the engine's interrupt line. What ends while the slots are looked at raises it again.
void acknowledge() {
  engine_register(DMA_STATUS) = DMA_STATUS_DONE | DMA_STATUS_ERROR | DMA_STATUS_REFUSED;
  wait_for_writes();
  reap();
}

uint32_t expected(const Environment& environment) {
  for (const Slot& slot : slots)
    if (slot.is_awaited && slot.owner == environment.id) return EXO_EVENT_DMA;
  return 0;
}

[[gnu::noinline]] void cancel(uint32_t ticket) {
  EXO_DOMAIN("protection");
  engine_register(DMA_CANCEL) = ticket;
  wait_for_writes();
  while ((engine_register(DMA_STATUS) & DMA_STATUS_CANCELLING) != 0) {
  }
  release(slots[ticket % kDmaSlots]);
}

/// Cancels the transfers for which `concerns` holds.
template <typename Predicate>
void cancel_if(Predicate concerns) {
  reap();
  for (uint32_t ticket = reaped; ticket != queued; ++ticket) {
    const Slot& slot = slots[ticket % kDmaSlots];
    if (slot.owner != 0 && concerns(slot)) cancel(ticket);
  }
}

/// What dma_copy asks for.
struct Transfer {
  uint32_t source_pfn, source_offset;
  uint32_t destination_pfn, destination_offset;
  uint32_t bytes;
  bool is_awaited;
};

/// Checks everything about it. Returns 0 or an EXO_ERROR_.
[[gnu::noinline]] uint32_t decode(const CallFrame& call, Transfer& transfer) {
  EXO_DOMAIN("protection");
  constexpr uint32_t kFlags = sizeof(uint32_t) - 1;
  const exo::Capability source{{call.a[0], call.a[1], call.a[2]}};
  const exo::Capability destination{{call.a[3], call.t[0], call.t[1]}};
  const uint32_t from = call.t[2] & 0xffff, to = call.t[2] >> 16;
  const uint32_t bytes = call.t[3] & ~kFlags, flags = call.t[3] & kFlags;
  if (engine == 0) return EXO_ERROR_NO_DEVICE;
  if (flags == EXO_DMA_TELL && !can_tell) return EXO_ERROR_NO_DEVICE;
  if (((from | to) & kFlags) != 0 || (flags & ~uint32_t{EXO_DMA_TELL}) != 0 || bytes == 0 ||
      bytes > PAGE_SIZE || from > PAGE_SIZE - bytes || to > PAGE_SIZE - bytes)
    return EXO_ERROR_BAD_ARGUMENT;
  if (const uint32_t error = check_capability(source, EXO_KIND_PAGE, EXO_RIGHT_READ)) return error;
  if (const uint32_t error =
          check_capability(destination, EXO_KIND_PAGE, EXO_RIGHT_READ | EXO_RIGHT_WRITE))
    return error;
  transfer = {source.index(), from, destination.index(), to, bytes, flags != 0};
  return 0;
}

void hand_over(const Transfer& transfer, uint16_t owner) {
  const auto address = [](uint32_t pfn, uint32_t offset) { return (pfn << PAGE_SHIFT) + offset; };
  slots[queued % kDmaSlots] = {owner, transfer.is_awaited, transfer.source_pfn,
                               transfer.destination_pfn};
  ++frame(transfer.source_pfn).transfers;
  ++frame(transfer.destination_pfn).transfers;
  stock_remove(EXO_RESOURCE_TRANSFERS, 1);
  quota_take(owner, EXO_RESOURCE_TRANSFERS, 1);
  descriptor_word(queued, DMA_DESCRIPTOR_SOURCE) =
      address(transfer.source_pfn, transfer.source_offset);
  descriptor_word(queued, DMA_DESCRIPTOR_DESTINATION) =
      address(transfer.destination_pfn, transfer.destination_offset);
  descriptor_word(queued, DMA_DESCRIPTOR_LENGTH) = transfer.bytes;
  descriptor_word(queued, DMA_DESCRIPTOR_FLAGS) = transfer.is_awaited ? DMA_FLAG_INTERRUPT : 0;
  descriptor_word(queued, DMA_DESCRIPTOR_OWNER) = queued;
  descriptor_word(queued, DMA_DESCRIPTOR_RESULT) = DMA_RESULT_PENDING;
  descriptor_word(queued, DMA_DESCRIPTOR_COUNT) = 0;
  engine_register(DMA_TAIL) = ++queued;
  wait_for_writes();
}

}  // namespace

void dma_start(const DeviceEntry& device) {
  engine = device.registers;
  if (engine == 0) return;
  const auto ring = reinterpret_cast<uintptr_t>(&dma_ring);
  pages_expose(ring, ring + sizeof dma_ring);
  stock_add(EXO_RESOURCE_TRANSFERS, kDmaSlots);
  engine_register(DMA_RING) = ring & KSEG_MASK;
  engine_register(DMA_ENTRIES) = kDmaSlots;
  can_tell = device.interrupt != DIRECTORY_NO_INTERRUPT;
  engine_register(DMA_CONTROL) = DMA_CONTROL_ENABLE | (can_tell ? DMA_CONTROL_INTERRUPT : 0);
  wait_for_writes();
  if (can_tell) interrupt_line_drive({device.interrupt, acknowledge, expected});
}

void dma_flush_page(uint32_t pfn, const Environment* keeper) {
  if (frame(pfn).transfers == 0) return;
  const uint16_t kept = keeper == nullptr ? 0 : keeper->id;
  cancel_if([=](const Slot& slot) { return slot.uses(pfn) && slot.owner != kept; });
}

void dma_flush_owner(const Environment& environment) {
  if (quotas[environment.id].of[EXO_RESOURCE_TRANSFERS].own == 0) return;
  cancel_if([&](const Slot& slot) { return slot.owner == environment.id; });
}

uint32_t dma_repossess(Environment& environment, uint32_t count) {
  reap();
  uint32_t taken = 0;
  for (uint32_t ticket = queued; taken < count && ticket-- != reaped;) {
    if (slots[ticket % kDmaSlots].owner != environment.id) continue;
    cancel(ticket);
    repossession_record(environment, EXO_RESOURCE_TRANSFERS, ticket % kDmaSlots, 0);
    ++taken;
  }
  return taken;
}

extern "C" void sys_dma_copy(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  Transfer transfer;
  if (const uint32_t error = decode(call, transfer)) return call.fail(error);
  reap();
  if (queued - reaped == kDmaSlots) return call.fail(EXO_ERROR_BUSY);
  const Environment& caller = current_environment();
  if (const uint32_t error = quota_check(caller, EXO_RESOURCE_TRANSFERS, 1))
    return call.fail(error);
  call.succeed(queued & 0x7fffffff);
  hand_over(transfer, caller.id);
}

}  // namespace aegis
