// DMA engine; registers in isa/devices/dma.h. Here is what the processor sees of it: registers and
// the interrupt line, which change when a burst ends.
#include "isa/devices/dma.h"

#include <bit>
#include <deque>

#include "sim/bus/bus.hpp"
#include "sim/bus/device.hpp"
#include "sim/devices/dma_engine.hpp"

namespace exosim {

namespace {

constexpr uint32_t kControlMask = DMA_CONTROL_ENABLE | DMA_CONTROL_INTERRUPT;
constexpr uint32_t kStatusMask = DMA_STATUS_DONE | DMA_STATUS_ERROR | DMA_STATUS_REFUSED;

/// Invariant: unless HEAD is TAIL, the ring is in RAM and its entries are a power of two.
class Dma final : public Device {
 public:
  explicit Dma(const DeviceContext& context)
      : ram_(context.bus.ram()),
        events_(context.events),
        interrupt_(context.interrupt),
        engine_(context, [this](Cycles at, const DmaNews& news) { tell(at, news); }) {}
  ~Dma() override {
    for (const EventId event : untold_) events_.cancel(event);
  }

  RegisterBank& registers() override { return bank_; }
  const RegisterBank& registers() const override { return bank_; }

 private:
  bool is_at_rest() const { return (control_ & DMA_CONTROL_ENABLE) == 0 && !engine_.is_busy(); }

  void set_ring(uint32_t ring, uint32_t entries) {
    if (!is_at_rest()) return;
    ring_ = ring;
    entries_ = entries;
    head_ = tail_ = 0;
    engine_.set_ring({ring_}, entries_);
  }

  bool has_good_ring() const {
    return std::has_single_bit(entries_) && entries_ <= DMA_MAX_ENTRIES &&
           ring_ % DMA_RING_ALIGNMENT == 0 &&
           ram_.contains({ring_}, entries_ * DMA_DESCRIPTOR_SIZE);
  }

  void set_tail(uint32_t tail) {
    if (tail == tail_) return;
    if (!has_good_ring()) {
      set_control(control_ & ~uint32_t{DMA_CONTROL_ENABLE});
      return note({DMA_CAUSE_RING, ring_});
    }
    const uint32_t room = entries_ - (tail_ - head_);
    if (tail - tail_ > room) return note({DMA_CAUSE_TAIL, tail});
    tail_ = tail;
    engine_.set_tail(tail_);
  }

  void set_control(uint32_t value) {
    control_ = value & kControlMask;
    engine_.set_enabled((control_ & DMA_CONTROL_ENABLE) != 0);
    update_interrupt();
  }

  void cancel(uint32_t owner) {
    if (cancelling_ == DMA_MAX_CANCELS) {
      status_ |= DMA_STATUS_REFUSED;
      return update_interrupt();
    }
    if (engine_.cancel(owner)) ++cancelling_;
  }

  uint32_t status() const {
    return status_ | (engine_.is_busy() ? DMA_STATUS_BUSY : 0) |
           (cancelling_ > 0 ? DMA_STATUS_CANCELLING : 0);
  }

  void acknowledge(uint32_t bits) {
    status_ &= ~bits;
    if ((status_ & DMA_STATUS_ERROR) == 0) fault_ = {};
    update_interrupt();
  }

  // Bursts end in the order in which they are granted, so the oldest event runs first.
  void tell(Cycles at, const DmaNews& news) {
    untold_.push_back(
        events_.schedule(at, EventPriority::kDevice, "DMA burst ends", [this, news](Cycles) {
          untold_.pop_front();
          learn(news);
        }));
  }

  void learn(const DmaNews& news) {
    head_ += news.descriptors;
    cancelling_ -= news.cancels;
    if (news.is_done) status_ |= DMA_STATUS_DONE;
    if (news.fault.cause != 0) return note(news.fault);
    update_interrupt();
  }

  void note(const DmaFault& fault) {
    if ((status_ & DMA_STATUS_ERROR) == 0) fault_ = fault;
    status_ |= DMA_STATUS_ERROR;
    update_interrupt();
  }

  void update_interrupt() {
    interrupt_.set((control_ & DMA_CONTROL_INTERRUPT) != 0 && (status_ & kStatusMask) != 0);
  }

  const Ram& ram_;
  EventQueue& events_;
  InterruptLine interrupt_;
  DmaEngine engine_;

  uint32_t ring_ = 0;
  uint32_t entries_ = 0;
  uint32_t head_ = 0;
  uint32_t tail_ = 0;
  uint32_t control_ = 0;
  uint32_t status_ = 0;  // of kStatusMask
  uint32_t cancelling_ = 0;
  DmaFault fault_;
  std::deque<EventId> untold_;

  RegisterBank bank_{
      {.offset = DMA_RING,
       .name = "RING",
       .doc = "physical address of the first descriptor, a multiple of 32; write: HEAD and TAIL "
              "are 0 again; ignored unless ENABLE and BUSY are 0",
       .read = [this] { return ring_; },
       .write = [this](uint32_t value) { set_ring(value, entries_); }},
      {.offset = DMA_ENTRIES,
       .name = "ENTRIES",
       .doc = "descriptors in the ring, a power of two, at most 1024; write: as RING",
       .read = [this] { return entries_; },
       .write = [this](uint32_t value) { set_ring(ring_, value); }},
      {.offset = DMA_HEAD,
       .name = "HEAD",
       .doc = "descriptors that the engine is through with since RING was written; modulo 2^32",
       .read = [this] { return head_; }},
      {.offset = DMA_TAIL,
       .name = "TAIL",
       .doc = "descriptors handed over since RING was written, modulo 2^32; at most ENTRIES more "
              "than HEAD; write: hand over those up to here",
       .read = [this] { return tail_; },
       .write = [this](uint32_t value) { set_tail(value); }},
      {.offset = DMA_CONTROL,
       .name = "CONTROL",
       .doc = "ENABLE (1): carry out what is handed over, otherwise pause before the next burst; "
              "INTERRUPT (2): raise the interrupt line while DONE, ERROR or REFUSED is set",
       .read = [this] { return control_; },
       .write = [this](uint32_t value) { set_control(value); }},
      {.offset = DMA_STATUS,
       .name = "STATUS",
       .doc = "BUSY (1), CANCELLING (2), DONE (4), ERROR (8), REFUSED (16); write: 1 acknowledges "
              "DONE, ERROR, REFUSED",
       .read = [this] { return status(); },
       .write = [this](uint32_t value) { acknowledge(value); }},
      {.offset = DMA_CANCEL,
       .name = "CANCEL",
       .doc = "write: start no further burst for this owner and mark its descriptors between HEAD "
              "and TAIL as cancelled; CANCELLING is set until that is over",
       .write = [this](uint32_t value) { cancel(value); }},
      {.offset = DMA_ERROR,
       .name = "ERROR",
       .doc = "cause of the first error since ERROR was acknowledged; 0: none",
       .read = [this] { return fault_.cause; }},
      {.offset = DMA_ERROR_ADDRESS,
       .name = "ERROR_ADDRESS",
       .doc = "where that was: the address that did not answer, the bad descriptor's, the ring's, "
              "or what was written to TAIL",
       .read = [this] { return fault_.address; }},
  };
};

const Registry<DeviceType>::Registration kDma{
    "dma",
    {.id = DMA_ID,
     .summary = "DMA engine with a ring of descriptors in memory",
     .size = DMA_SIZE,
     .has_interrupt = true,
     .params = {{.name = "burst",
                 .unit = ParamUnit::kNumber,
                 .default_value = "64",
                 .doc = "words that it moves at most while it holds the bus",
                 .min = 1,
                 .max = 1024},
                {.name = "gap",
                 .unit = ParamUnit::kNumber,
                 .default_value = "64",
                 .doc = "processor cycles from the end of a burst to the request for the next; "
                        "more than refreshes and other masters can have the bus behind a burst",
                 .min = 1,  // 0 would let no one else have the bus
                 .max = 1'000'000}},
     .create = make_device<Dma>,
     .masters_bus = true}};

}  // namespace

}  // namespace exosim
