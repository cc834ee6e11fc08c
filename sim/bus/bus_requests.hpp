// Who else wants the memory bus: devices that read and write memory themselves ask for it here, and
// timing, which keeps the bus's calendar, grants it.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "sim/base/types.hpp"

namespace exosim {

/// One burst on the bus.
struct BusTransfer {
  PhysAddr address;  // of the first word
  uint32_t words = 1;
  bool is_write = false;
  bool is_fixed = false;  // every word at that address, as to a register
};

/// A device that masters the bus.
class BusMaster {
 public:
  virtual ~BusMaster() = default;
  /// Its request has been granted: it holds the bus in the cycles from `start` to before `end`. The
  /// data move now. It may ask again.
  virtual void on_granted(Cycles start, Cycles end) = 0;
};

/// The requests that wait. A master has at most one. The bus goes to the earliest of those that
/// wait when it falls free; of two for one cycle, to that which asked first.
class BusRequests {
 public:
  struct Request {
    Cycles at;  // the first cycle in which it may have the bus
    BusMaster* master;
    BusTransfer transfer;
  };

  /// `at` must not be before the time of the step that is executed now.
  void request(BusMaster& master, Cycles at, const BusTransfer& transfer);
  /// Forgets what the master asked for, if anything.
  void withdraw(const BusMaster& master);
  /// Of the earliest request; kNever if there is none. Cheap: asked after each instruction.
  Cycles next() const { return next_; }
  /// The earliest request, which is no longer among them. There must be one.
  Request take();
  /// Is called with each request that is taken; one at a time.
  void watch(std::function<void(const Request&)> watcher) { watcher_ = std::move(watcher); }

 private:
  void update_next() { next_ = waiting_.empty() ? kNever : waiting_.back().at; }

  std::vector<Request> waiting_;  // the earliest last
  Cycles next_ = kNever;
  std::function<void(const Request&)> watcher_;
};

}  // namespace exosim
