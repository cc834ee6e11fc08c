// The DMA engine behind its registers: it takes descriptor after descriptor from the ring and moves
// the data, one burst on the bus at a time. What it has done is ahead of the clock by up to the
// burst that is under way; the processor learns of it when that ends.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/types.hpp"
#include "sim/bus/bus.hpp"
#include "sim/bus/bus_requests.hpp"
#include "sim/bus/device.hpp"
#include "sim/devices/dma_descriptor.hpp"

namespace exosim {

/// What went wrong, and where.
struct DmaFault {
  uint32_t cause = 0;  // DMA_CAUSE_...; 0: nothing
  uint32_t address = 0;
  friend bool operator==(const DmaFault&, const DmaFault&) = default;
};

/// What the processor learns when a burst ends.
struct DmaNews {
  uint32_t descriptors = 0;  // that the engine is through with
  uint32_t cancels = 0;      // that are over
  bool is_done = false;      // a transfer whose end the processor wants to be told of
  DmaFault fault;
  friend bool operator==(const DmaNews&, const DmaNews&) = default;
};

/// Descriptors are counted, modulo 2^32, from the first that was handed over. Invariant: unless
/// next_ is tail_, the ring is in RAM and its entries are a power of two.
class DmaEngine final : public BusMaster {
 public:
  /// Called within on_granted, at most once, with the end of the burst.
  using Report = std::function<void(Cycles at, const DmaNews& news)>;

  /// Parameters "burst" (words) and "gap" (cycles from a burst's end to the next request).
  DmaEngine(const DeviceContext& context, Report report);
  ~DmaEngine() override { requests_.withdraw(*this); }
  DmaEngine(const DmaEngine&) = delete;
  DmaEngine& operator=(const DmaEngine&) = delete;

  /// Forgets what was handed over. The engine must be neither enabled nor busy.
  void set_ring(PhysAddr base, uint32_t entries);
  /// Descriptors handed over so far. The caller has checked the ring and that there is room.
  void set_tail(uint32_t tail);
  /// When not enabled it starts no burst of a transfer, but finishes what is moved or cancelled.
  void set_enabled(bool enabled);
  /// Cancels what this owner has handed over: no further burst for it is started. Returns whether
  /// there is anything to look through; then a report will say when that is over.
  bool cancel(uint32_t owner);
  /// A burst is under way or waits for the bus.
  bool is_busy() const { return wanted_ != Action::kNone || clock_.now() < free_; }

  void on_granted(Cycles start, Cycles end) override;

 private:
  /// One burst each.
  enum class Action : uint8_t {
    kNone,
    kFetch,   // read the next descriptor
    kRead,    // read from the source
    kWrite,   // write that to the destination
    kFinish,  // write the transfer's result into its descriptor
    kLook,    // read owner and result of a descriptor, to cancel it if it is the owner's
    kMark,    // write into it that it is cancelled
  };
  /// The descriptor next_, once it is fetched.
  struct Transfer {
    DmaDescriptor descriptor;
    uint32_t moved = 0;                // bytes
    std::vector<uint32_t> words;       // read, not yet written
    std::optional<uint32_t> result{};  // DMA_RESULT_..., once it is over
    DmaFault fault{};
  };
  /// An owner's descriptors from `next` to before `end` have still to be looked at.
  struct Cancel {
    uint32_t owner;
    uint32_t next;
    uint32_t end;
    bool found = false;  // `next` is to be marked
  };

  Action next_action() const;
  void go_on();
  BusTransfer burst_of(Action action) const;
  void act(Action action);
  void fetch();
  void read();
  void write();
  void finish();
  void look();
  void mark();
  void end_cancels();
  void fail(uint32_t cause, PhysAddr address);
  bool is_own(PhysAddr address) const;
  PhysAddr place_of(uint32_t descriptor) const;
  void write_result(uint32_t descriptor, uint32_t result, uint32_t moved);

  const Clock& clock_;
  Bus& bus_;
  BusRequests& requests_;
  std::string name_;
  uint32_t most_words_;
  Cycles gap_;
  Report report_;

  PhysAddr ring_;
  uint32_t entries_ = 1;
  bool enabled_ = false;
  uint32_t next_ = 0;
  uint32_t tail_ = 0;
  std::optional<Transfer> transfer_;
  std::deque<Cancel> cancels_;

  Action wanted_ = Action::kNone;  // what the bus is asked for
  Cycles free_;                    // when the last burst ends
  Cycles ready_;                   // when it may ask for the next
  DmaNews news_;                   // of the burst that is granted now
};

}  // namespace exosim
