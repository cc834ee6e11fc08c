// A frame buffer on the bus of a machine without a processor, for its tests.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "isa/devices/framebuffer.h"
#include "sim/bus/bus.hpp"
#include "sim/bus/device_params.hpp"
#include "sim/bus/empty_machine.hpp"

namespace exosim::testing {

/// Sizes in pixels.
struct FramebufferSize {
  uint32_t width = 32;
  uint32_t height = 12;
  uint32_t tile_width = 8;
  uint32_t tile_height = 4;
};

class FramebufferBench {
 public:
  static constexpr uint32_t kAddress = 0x10400000;
  static constexpr uint32_t kPixels = kAddress + FRAMEBUFFER_PIXELS;
  static constexpr unsigned kPin = 6;

  explicit FramebufferBench(const FramebufferSize& size = {}, const std::string& picture = {})
      : params_(default_params(type())) {
    params_.numbers["width"] = size.width;
    params_.numbers["height"] = size.height;
    params_.numbers["tile_width"] = size.tile_width;
    params_.numbers["tile_height"] = size.tile_height;
    params_.texts["picture"] = picture;
    device = type().create(context()).value();
    (void)machine.bus.add_device("framebuffer", {kAddress}, type().size, *device);
  }

  static const DeviceType& type() { return Registry<DeviceType>::all().at("framebuffer"); }

  uint32_t read(uint32_t offset) { return device->registers().read(offset, 4).value(); }
  void write(uint32_t offset, uint32_t value) { device->registers().write(offset, 4, value); }
  bool interrupt() const { return machine.pins.level() == 1u << kPin; }

  /// As the kernel does it: TAG stays what it is.
  void give(uint32_t tile, uint32_t owner, uint32_t access = 0) {
    write(FRAMEBUFFER_TILE, tile);
    write(FRAMEBUFFER_OWNER, owner);
    write(FRAMEBUFFER_ACCESS, access);
  }
  void run_as(uint32_t tag) { write(FRAMEBUFFER_TAG, tag); }

  /// Through the bus, as the processor. `pixel` counts from the first.
  bool store(uint32_t pixel, uint32_t value, unsigned width = 4) {
    return machine.bus.store({kPixels + pixel}, width, value).ok;
  }
  std::optional<uint32_t> load(uint32_t pixel, unsigned width = 4) {
    const BusAccess access = machine.bus.read({kPixels + pixel}, width);
    return access.ok ? std::optional(access.value) : std::nullopt;
  }

  EmptyMachine machine{4096};
  std::unique_ptr<Device> device;

 private:
  DeviceContext context() {
    return machine.context("framebuffer", params_, 25'000'000, InterruptLine(machine.pins, kPin));
  }

  DeviceParams params_;
};

}  // namespace exosim::testing
