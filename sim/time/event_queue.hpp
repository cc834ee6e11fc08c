// Everything that will happen by itself. Order: time, then priority, then order of scheduling,
// so that runs repeat.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "sim/base/types.hpp"

namespace exosim {

/// Order of events that fall on one cycle: devices first latch, then interrupt.
enum class EventPriority : uint8_t { kDevice, kInterrupt, kStatistics };

/// Names a scheduled event, for cancel(). Never reused within a queue.
struct EventId {
  uint64_t value = 0;
  friend constexpr bool operator==(EventId, EventId) = default;
};

/// A priority queue of callbacks over simulated time.
class EventQueue {
 public:
  /// Called with the cycle for which it was scheduled (the clock may be later: events fall
  /// between instructions, never within one).
  using Callback = std::function<void(Cycles due)>;

  /// `name` must outlive the event (a literal); it shows in logs.
  EventId schedule(Cycles at, EventPriority priority, std::string_view name, Callback callback);
  /// Forgets the event; no effect if it has already run.
  void cancel(EventId id);
  /// When the earliest event is due; kNever if there is none. Cheap: asked after each instruction.
  Cycles next() const { return next_; }
  /// Runs, in order, all that is due at or before `now`, including what these schedule.
  void run_due(Cycles now);

 private:
  struct Event {
    Cycles at;
    EventPriority priority;
    uint64_t id;
    std::string_view name;
    Callback callback;
  };

  void update_next();

  std::vector<Event> events_;  // sorted, latest first: the next one is at the back
  uint64_t last_id_ = 0;
  Cycles next_ = kNever;
};

}  // namespace exosim
