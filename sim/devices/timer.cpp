// Interval timer with a free-running counter; registers in isa/devices/timer.h. Tick numbers are
// computed from the clock, never summed, so nothing drifts.
#include "isa/devices/timer.h"

#include <optional>

#include "sim/bus/device.hpp"
#include "sim/time/tick_scale.hpp"

namespace exosim {

namespace {

constexpr uint32_t kControlMask = TIMER_PERIODIC | TIMER_INTERRUPT;
constexpr uint32_t kMaxStatus = 0xffffffff;

/// Invariant: an event is scheduled iff the timer runs and next_expiry_ comes before the end of
/// time; all expiries before next_expiry_ are in status_.
class Timer final : public Device {
 public:
  explicit Timer(const DeviceContext& context)
      : clock_(context.clock),
        events_(context.events),
        interrupt_(context.interrupt),
        frequency_(context.params.number("frequency")),
        scale_(context.cpu_hz, frequency_) {}
  ~Timer() override { stop(); }

  RegisterBank& registers() override { return bank_; }
  const RegisterBank& registers() const override { return bank_; }

 private:
  uint64_t count() const { return static_cast<uint64_t>(scale_.ticks_at(clock_.now())); }

  uint32_t read_count() {
    const uint64_t now = count();
    latched_high_ = static_cast<uint32_t>(now >> 32);
    return static_cast<uint32_t>(now);
  }

  void start(uint32_t interval) {
    stop();
    interval_ = interval;
    if (interval_ == 0) return;
    next_expiry_ = scale_.ticks_at(clock_.now()) + interval_;
    schedule();
  }

  void stop() {
    if (event_) events_.cancel(*event_);
    event_.reset();
  }

  void schedule() {
    const Cycles at = scale_.first_cycle_of(next_expiry_);
    if (at == kNever) return;
    event_ = events_.schedule(at, EventPriority::kDevice, "timer expiry",
                              [this](Cycles due) { expire(due); });
  }

  void expire(Cycles due) {
    event_.reset();
    if ((control_ & TIMER_PERIODIC) == 0) return count_expiries(1);
    // A timer faster than the processor expires several times in one cycle.
    const WideTicks expired = 1 + (scale_.ticks_at(due) - next_expiry_) / interval_;
    next_expiry_ += expired * interval_;
    schedule();
    count_expiries(expired);
  }

  void count_expiries(WideTicks expired) {
    const uint32_t room = kMaxStatus - status_;
    status_ = expired < room ? status_ + static_cast<uint32_t>(expired) : kMaxStatus;
    update_interrupt();
  }

  void acknowledge() {
    status_ = 0;
    update_interrupt();
  }

  void set_control(uint32_t value) {
    control_ = value & kControlMask;
    update_interrupt();
  }

  void update_interrupt() { interrupt_.set((control_ & TIMER_INTERRUPT) != 0 && status_ != 0); }

  const Clock& clock_;
  EventQueue& events_;
  InterruptLine interrupt_;
  uint64_t frequency_;
  TickScale scale_;

  uint32_t latched_high_ = 0;
  uint32_t interval_ = 0;
  uint32_t control_ = 0;
  uint32_t status_ = 0;
  WideTicks next_expiry_ = 0;
  std::optional<EventId> event_;

  RegisterBank bank_{
      {.offset = TIMER_COUNT,
       .name = "COUNT",
       .doc = "read: low word of the free-running counter; latches COUNT_HIGH",
       .read = [this] { return read_count(); },
       .peek = [this] { return static_cast<uint32_t>(count()); }},
      {.offset = TIMER_COUNT_HIGH,
       .name = "COUNT_HIGH",
       .doc = "read: high word, as of the last read of COUNT",
       .read = [this] { return latched_high_; }},
      {.offset = TIMER_FREQUENCY,
       .name = "FREQUENCY",
       .doc = "read: ticks per second",
       .read = [this] { return static_cast<uint32_t>(frequency_); }},
      {.offset = TIMER_INTERVAL,
       .name = "INTERVAL",
       .doc = "write: (re)start; the first expiry is when COUNT has advanced by so many ticks; "
              "0 stops",
       .write = [this](uint32_t value) { start(value); }},
      {.offset = TIMER_CONTROL,
       .name = "CONTROL",
       .doc = "PERIODIC (1): start anew at each expiry, otherwise expire once; INTERRUPT (2): "
              "raise the interrupt line while STATUS is not 0",
       .read = [this] { return control_; },
       .write = [this](uint32_t value) { set_control(value); }},
      {.offset = TIMER_STATUS,
       .name = "STATUS",
       .doc = "read: expiries since the last acknowledge, at most 0xffffffff; write: acknowledge "
              "all",
       .read = [this] { return status_; },
       .write = [this](uint32_t) { acknowledge(); }},
  };
};

const Registry<DeviceType>::Registration kTimer{
    "timer",
    {.id = TIMER_ID,
     .summary = "interval timer with a free-running counter",
     .size = TIMER_SIZE,
     .has_interrupt = true,
     .params = {{.name = "frequency",
                 .unit = ParamUnit::kHertz,
                 .default_value = "1MHz",
                 .doc = "ticks per second",
                 .min = 1,
                 .max = 0xffffffff}},  // FREQUENCY has 32 bits
     .create = make_device<Timer>}};

}  // namespace

}  // namespace exosim
