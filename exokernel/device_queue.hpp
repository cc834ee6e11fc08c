// A queue of a device: requests that were authorised once, by capabilities, and that the device
// carries out later, in their order. Who has queued one pays for it; the pages that it is about
// know of it (Frame::transfers), so that it is cancelled before they change hands.
#pragma once

#include <cstdint>

#include "exokernel/abi/exposed.hpp"

namespace aegis {

struct Environment;

/// What every device's requests have in common.
struct QueuedRequest {
  uint16_t owner;                      // 0: the device will not touch the pages again
  bool is_awaited;                     // the owner is told of its end
  uint32_t page;                       // that it reads or writes
  uint32_t other_page = exo::kNoPage;  // one more, if there is one

  bool uses(uint32_t pfn) const { return page == pfn || other_page == pfn; }
};

/// What tells one device's queue from another's.
struct DeviceQueueKind {
  uint32_t resource;              // EXO_RESOURCE_...: a slot of the queue is a unit of it
  uint32_t event;                 // EXO_EVENT_... that tells of the end of a request
  uint8_t Environment::*awaited;  // requests of the environment's in the queue that tell of that
  /// Has the device let go of a request, then releases it.
  void (*cancel)(uint32_t ticket);
};

class DeviceQueue {
 public:
  /// `count` slots, a power of two.
  constexpr DeviceQueue(const DeviceQueueKind& kind, QueuedRequest* slots, uint32_t count)
      : kind_(kind), slots_(slots), count_(count) {}

  /// The device is there: its slots can be had.
  void start() const;
  bool is_empty() const { return first_ == next_; }
  bool is_full() const { return next_ - first_ == count_; }
  /// Tickets: of the oldest request in the queue, and of the one that will be queued next.
  uint32_t first() const { return first_; }
  uint32_t next() const { return next_; }
  const QueuedRequest& operator[](uint32_t ticket) const { return slots_[ticket & (count_ - 1)]; }

  /// Queues a request: the queue must not be full. Returns its ticket.
  uint32_t add(const QueuedRequest& request);
  /// The device will not touch the pages of the request again; its owner is told, if it awaits
  /// that. The request keeps its place in the queue.
  void release(uint32_t ticket);
  /// The device is through with the oldest request.
  void remove_first() { release(first_++); }

  /// Cancels every request about a page, but those of the environment `keeper` (null: all). As in
  /// all of these the newest come first: so the device does not begin with what is cancelled next.
  void cancel_page(uint32_t pfn, const Environment* keeper) const;
  /// Cancels every request of an environment.
  void cancel_owner(const Environment& environment) const;
  /// Cancels requests of an environment by force and records each by its slot. Returns how many.
  uint32_t repossess(Environment& environment, uint32_t count) const;
  /// The event, if the environment is still to be told of an end, or 0.
  uint32_t expected(const Environment& environment) const;

 private:
  DeviceQueueKind kind_;
  QueuedRequest* slots_;
  uint32_t count_;
  uint32_t first_ = 0;
  uint32_t next_ = 0;
};

}  // namespace aegis
