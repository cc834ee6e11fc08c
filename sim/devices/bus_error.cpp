// Keeps the address of a write that nothing took, and interrupts. Registers in
// isa/devices/bus_error.h.
#include "isa/devices/bus_error.h"

#include "sim/bus/bus.hpp"
#include "sim/bus/device.hpp"

namespace exosim {

namespace {

class BusErrorRegister final : public Device {
 public:
  explicit BusErrorRegister(const DeviceContext& context)
      : bus_(context.bus), interrupt_(context.interrupt) {
    bus_.on_failed_store([this](PhysAddr address) { fail(address); });
  }
  ~BusErrorRegister() override {
    bus_.on_failed_store([](PhysAddr) {});
  }

  RegisterBank& registers() override { return bank_; }
  const RegisterBank& registers() const override { return bank_; }

 private:
  void fail(PhysAddr address) {
    if (status_ == 0) address_ = address.value;
    status_ |= status_ == 0 ? BUS_ERROR_STATUS_PENDING : BUS_ERROR_STATUS_MORE;
    interrupt_.set(true);
  }
  void acknowledge() {
    status_ = 0;
    interrupt_.set(false);
  }

  Bus& bus_;
  InterruptLine interrupt_;
  uint32_t status_ = 0;
  uint32_t address_ = 0;

  RegisterBank bank_{
      {.offset = BUS_ERROR_STATUS,
       .name = "STATUS",
       .doc =
           "PENDING (1): a write of the processor failed, the interrupt line is raised; MORE (2): "
           "further ones since; write: acknowledge all",
       .read = [this] { return status_; },
       .write = [this](uint32_t) { acknowledge(); }},
      {.offset = BUS_ERROR_ADDRESS,
       .name = "ADDRESS",
       .doc = "read: physical address of the first failed write since the last acknowledge",
       .read = [this] { return address_; }},
  };
};

const Registry<DeviceType>::Registration kBusError{
    "bus_error",
    {.id = BUS_ERROR_ID,
     .summary = "interrupt for writes that nothing takes; a machine has one",
     .size = BUS_ERROR_SIZE,
     .has_interrupt = true,
     .params = {},
     .create = make_device<BusErrorRegister>}};

}  // namespace

}  // namespace exosim
