// The disk behind its registers: heads, medium and the bus. A request goes through it sector by
// sector: reading, the words go to memory as they pass the heads; writing, a sector is fetched from
// memory before its passage, while the one before it passes.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>

#include "sim/base/types.hpp"
#include "sim/bus/bus_requests.hpp"
#include "sim/bus/device.hpp"
#include "sim/bus/ram.hpp"
#include "sim/devices/disk_mechanics.hpp"
#include "sim/devices/disk_medium.hpp"

namespace exosim {

/// What software has asked for; all of it is on the disk and in RAM.
struct DiskRequest {
  bool is_write = false;  // to the disk
  uint32_t block = 0;
  uint32_t count = 0;
  PhysAddr address;
  uint32_t owner = 0;
};

class DiskDrive final : public BusMaster {
 public:
  enum class Outcome : uint8_t { kDone, kCancelled };
  /// Called when a request is over. It may be within cancel().
  using Report = std::function<void(Outcome)>;

  DiskDrive(const DeviceContext& context, DiskMedium medium, Report report);
  ~DiskDrive() override;
  DiskDrive(const DiskDrive&) = delete;
  DiskDrive& operator=(const DiskDrive&) = delete;

  /// There must be no request.
  void start(const DiskRequest& request);
  /// No burst for this owner begins any more. A sector that is being written is written to its end;
  /// then, and not before a burst under way has ended, the request is over.
  void cancel(uint32_t owner);
  bool is_busy() const { return request_.has_value(); }
  /// Blocks of the last request that are moved.
  uint32_t moved() const { return moved_; }
  /// Where the heads are, or will be.
  uint32_t cylinder() const { return place_.cylinder; }
  const DiskGeometry& geometry() const { return geometry_; }
  const DiskMedium& medium() const { return medium_; }

  void on_granted(Cycles start, Cycles end) override;

 private:
  /// A sector that will be moved `over` is reached: for the bus it is done.
  struct Passing {
    EventId event;
    Cycles begin;  // of its passage, if that writes it
    Cycles over;
  };

  uint32_t burst() const;
  void ask();
  void go_to(uint32_t block, Cycles from);
  void sector_read(Cycles end);
  void sector_fetched(Cycles end);
  void next_sector(Cycles from);
  void let_pass(Cycles begin, Cycles over);
  void pass(uint32_t block, const DiskBlock& words);
  void end(Outcome outcome);

  const Clock& clock_;
  EventQueue& events_;
  Ram& ram_;
  BusRequests& requests_;
  DiskGeometry geometry_;
  DiskMechanics mechanics_;
  Cycles overhead_;
  uint32_t most_words_;  // of a burst
  DiskMedium medium_;
  Report report_;

  std::optional<DiskRequest> request_;
  uint32_t moved_ = 0;
  uint32_t sector_ = 0;  // of the request, whose words the bus moves
  uint32_t words_ = 0;   // of it, that are moved
  DiskBlock buffer_{};   // of it
  DiskAngle angle_ = 0;  // from which on its words come or may be fetched
  Cycles bus_quiet_;     // when the last burst ends
  DiskPlace place_;      // where the heads go
  Cycles arrival_;       // when they are there
  std::deque<Passing> passing_;
  std::optional<EventId> ending_;  // of a request that is cancelled
};

}  // namespace exosim
