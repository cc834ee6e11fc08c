// Queueing transfers, telling of their ends, and cancelling them when a binding is broken. Each
// transfer has a tag of its own, so that one can be cancelled and the owner's others go on.
#include "exokernel/dma.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/device_queue.hpp"
#include "exokernel/device_register.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/interrupt_line.hpp"
#include "exokernel/page.hpp"
#include "exokernel/quota.hpp"
#include "isa/machine/device_directory.h"
#include "isa/machine/memory_map.h"
#include "isa/markers.h"

namespace aegis {

DmaRing dma_ring;

namespace {

uintptr_t engine;  // its registers; 0 without one
bool can_tell;     // it has an interrupt line
QueuedRequest slots[kDmaSlots];
void cancel(uint32_t ticket);
constinit DeviceQueue queue({.resource = EXO_RESOURCE_TRANSFERS,
                             .event = EXO_EVENT_DMA,
                             .awaited = &Environment::awaited_transfers,
                             .cancel = cancel},
                            slots, kDmaSlots);

volatile uint32_t& engine_register(uint32_t offset) { return device_register(engine, offset); }

/// The word of a transfer's descriptor as the engine sees it, past the cache.
volatile uint32_t& descriptor_word(uint32_t ticket, uint32_t offset) {
  uint32_t* const word = &dma_ring.word[ticket % kDmaSlots][offset / sizeof(uint32_t)];
  return *reinterpret_cast<volatile uint32_t*>(KSEG1_BASE |
                                               (reinterpret_cast<uintptr_t>(word) & KSEG_MASK));
}

/// Frees the slots that the engine is through with.
void reap() {
  if (queue.is_empty()) return;
  const uint32_t head = engine_register(DMA_HEAD);
  while (queue.first() != head) queue.remove_first();
}

/// For the engine's interrupt line. What ends while the slots are looked at raises it again.
void acknowledge() {
  engine_register(DMA_STATUS) = DMA_STATUS_DONE | DMA_STATUS_ERROR | DMA_STATUS_REFUSED;
  wait_for_writes();
  reap();
}

uint32_t expected(const Environment& environment) { return queue.expected(environment); }

void control(uint32_t enable) {
  engine_register(DMA_CONTROL) = enable | (can_tell ? DMA_CONTROL_INTERRUPT : 0);
  wait_for_writes();
}

/// The engine pauses: it begins nothing. The slots that it is through with are free.
class Pause {
 public:
  Pause() : is_needed_(!queue.is_empty()) {
    if (!is_needed_) return;
    control(0);
    reap();
  }
  ~Pause() {
    if (is_needed_) control(DMA_CONTROL_ENABLE);
  }
  Pause(const Pause&) = delete;
  Pause& operator=(const Pause&) = delete;

 private:
  bool is_needed_;
};

/// While the engine pauses. It looks through the whole ring for what it is told to cancel; so it is
/// told only of what it may have begun. What is not pending any more it will pass over; what it has
/// ended meanwhile stays as it is.
[[gnu::noinline]] void cancel(uint32_t ticket) {
  EXO_DOMAIN("protection");
  const uint32_t ahead = ticket - engine_register(DMA_HEAD);
  if (ahead == 0) {
    engine_register(DMA_CANCEL) = descriptor_word(ticket, DMA_DESCRIPTOR_OWNER);
    wait_for_writes();
    while ((engine_register(DMA_STATUS) & DMA_STATUS_CANCELLING) != 0) {
    }
  } else if (ahead < kDmaSlots) {
    descriptor_word(ticket, DMA_DESCRIPTOR_RESULT) = DMA_RESULT_CANCELLED;
  }
  queue.release(ticket);
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
  const uint32_t ticket = queue.add({.owner = owner,
                                     .is_awaited = transfer.is_awaited,
                                     .page = transfer.source_pfn,
                                     .other_page = transfer.destination_pfn});
  descriptor_word(ticket, DMA_DESCRIPTOR_SOURCE) =
      address(transfer.source_pfn, transfer.source_offset);
  descriptor_word(ticket, DMA_DESCRIPTOR_DESTINATION) =
      address(transfer.destination_pfn, transfer.destination_offset);
  descriptor_word(ticket, DMA_DESCRIPTOR_LENGTH) = transfer.bytes;
  descriptor_word(ticket, DMA_DESCRIPTOR_FLAGS) = transfer.is_awaited ? DMA_FLAG_INTERRUPT : 0;
  descriptor_word(ticket, DMA_DESCRIPTOR_OWNER) = (ticket << EXO_DMA_OWNER_BITS) | owner;
  descriptor_word(ticket, DMA_DESCRIPTOR_RESULT) = DMA_RESULT_PENDING;
  descriptor_word(ticket, DMA_DESCRIPTOR_COUNT) = 0;
  engine_register(DMA_TAIL) = queue.next();
  wait_for_writes();
}

}  // namespace

void dma_start(const DeviceEntry& device) {
  engine = device.registers;
  if (engine == 0) return;
  const auto ring = reinterpret_cast<uintptr_t>(&dma_ring);
  pages_expose(ring, ring + sizeof dma_ring);
  queue.start();
  engine_register(DMA_RING) = ring & KSEG_MASK;
  engine_register(DMA_ENTRIES) = kDmaSlots;
  can_tell = device.interrupt != DIRECTORY_NO_INTERRUPT;
  control(DMA_CONTROL_ENABLE);
  if (can_tell) interrupt_line_drive({device.interrupt, acknowledge, expected});
}

void dma_flush_page(uint32_t pfn, const Environment* keeper) {
  const Pause pause;
  queue.cancel_page(pfn, keeper);
}

void dma_flush_owner(const Environment& environment) {
  const Pause pause;
  queue.cancel_owner(environment);
}

uint32_t dma_repossess(Environment& environment, uint32_t count) {
  const Pause pause;
  return queue.repossess(environment, count);
}

extern "C" void sys_dma_copy(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  Transfer transfer;
  if (const uint32_t error = decode(call, transfer)) return call.fail(error);
  reap();
  if (queue.is_full()) return call.fail(EXO_ERROR_BUSY);
  const Environment& caller = current_environment();
  if (const uint32_t error = quota_check(caller, EXO_RESOURCE_TRANSFERS, 1))
    return call.fail(error);
  call.succeed(queue.next() & 0x7fffffff);
  hand_over(transfer, caller.id);
}

}  // namespace aegis
