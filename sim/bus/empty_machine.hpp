// All that a device touches, without a processor: for one device to be looked at or tested alone.
#pragma once

#include <optional>
#include <string>

#include "sim/bus/bus.hpp"
#include "sim/bus/device.hpp"
#include "sim/bus/ram.hpp"

namespace exosim {

/// Prints nowhere and gives nothing.
class SilentTerminal final : public Terminal {
 public:
  void put(uint8_t) override {}
  std::optional<uint8_t> get() override { return std::nullopt; }
};

/// Must outlive the devices that are made with its context.
struct EmptyMachine {
  explicit EmptyMachine(uint32_t ram_bytes = 0) : ram(ram_bytes, Random(1)) {}

  /// A context on these parts; with another terminal, if one is given.
  DeviceContext context(std::string name, const DeviceParams& params, uint64_t cpu_hz,
                        InterruptLine line = {}, Terminal* other_terminal = nullptr) {
    return {.name = std::move(name),
            .params = params,
            .cpu_hz = cpu_hz,
            .clock = clock,
            .events = events,
            .bus = bus,
            .requests = requests,
            .interrupt = line,
            .terminal = other_terminal ? *other_terminal : terminal,
            .run = run};
  }
  /// Time passes; then what is due happens, as in the machine's main loop.
  void pass(uint64_t cycles) {
    clock.advance({cycles});
    if (clock.now() >= events.next()) events.run_due(clock.now());
  }

  Clock clock;
  EventQueue events;
  Ram ram;
  Bus bus{ram};
  BusRequests requests;
  InterruptPins pins;
  SilentTerminal terminal;
  RunControl run;
};

}  // namespace exosim
