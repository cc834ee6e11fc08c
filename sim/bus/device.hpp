// What a device is to the rest of the machine: registers, a type that registers itself, and the
// few things of the machine that it may touch.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/base/registry.hpp"
#include "sim/base/result.hpp"
#include "sim/bus/bus_requests.hpp"
#include "sim/bus/interrupts.hpp"
#include "sim/bus/register_bank.hpp"
#include "sim/time/clock.hpp"
#include "sim/time/event_queue.hpp"

namespace exosim {

class Bus;

/// A memory-mapped device. Destroyed before what its DeviceContext refers to.
class Device {
 public:
  virtual ~Device() = default;
  virtual RegisterBank& registers() = 0;
  virtual const RegisterBank& registers() const = 0;

  /// An access at an offset in its space: as those of RegisterBank, and for a device that has more
  /// than registers, of that too. A write may be of three bytes within a word.
  virtual std::optional<uint32_t> read(uint32_t offset, unsigned width) {
    return registers().read(offset, width);
  }
  virtual bool write(uint32_t offset, unsigned width, uint32_t value) {
    return registers().write(offset, width, value);
  }
  virtual bool accepts(uint32_t offset, unsigned width) const {
    return registers().accepts(offset, width);
  }
  virtual std::optional<uint32_t> peek(uint32_t offset, unsigned width) const {
    return registers().peek(offset, width);
  }
  /// False: it answers only the processor, no other master of the bus.
  virtual bool serves_masters() const { return true; }
  /// Writes the files that the user wants to have of it when a run is over.
  virtual Result<std::monostate> save() const { return std::monostate{}; }
};

/// The host's end of the console: where characters go to and come from.
class Terminal {
 public:
  virtual ~Terminal() = default;
  virtual void put(uint8_t character) = 0;
  /// The next input byte; nullopt when there is none. Must not depend on host time.
  virtual std::optional<uint8_t> get() = 0;
};

/// Why a run ended.
enum class ExitReason : uint8_t {
  kRunning,           // it has not
  kExit,              // the guest wrote its exit status or powered off
  kGuestPanic,        // the guest said so, or the machine found it unable to go on
  kGuestBug,          // one that --stop-on names, or the watchdog
  kCycleLimit,        // --max-cycles
  kInstructionLimit,  // --max-instructions
  kDeadlock,          // nothing runnable and no pending event
};

/// How a device ends the run; takes effect after the instruction that wrote to the device.
class RunControl {
 public:
  void stop(ExitReason reason, uint32_t status, std::string detail = {}) {
    if (reason_ != ExitReason::kRunning) return;
    reason_ = reason;
    status_ = status;
    detail_ = std::move(detail);
  }
  bool stopped() const { return reason_ != ExitReason::kRunning; }
  ExitReason reason() const { return reason_; }
  uint32_t status() const { return status_; }
  const std::string& detail() const { return detail_; }

 private:
  ExitReason reason_ = ExitReason::kRunning;
  uint32_t status_ = 0;
  std::string detail_;
};

/// The unit in which a device's parameter is written in YAML.
enum class ParamUnit : uint8_t { kNumber, kBytes, kHertz, kTime, kText, kFlag };

/// A parameter of a device, as the configuration, its schema and --list-devices know it.
struct ParamDoc {
  std::string_view name;
  ParamUnit unit;
  std::string_view default_value;  // as in YAML
  std::string_view doc;
  uint64_t min = 0;  // of a number, in its base unit; inclusive
  uint64_t max = ~uint64_t{0};
  uint64_t multiple_of = 1;
  bool is_input_file = false;  // a text: the file of this name decides what the run does
};

/// A device's parameters, resolved: numbers in bytes, Hz or picoseconds; flags 0 or 1.
struct DeviceParams {
  std::map<std::string, uint64_t, std::less<>> numbers;
  std::map<std::string, std::string, std::less<>> texts;

  uint64_t number(std::string_view name) const { return numbers.find(name)->second; }
  const std::string& text(std::string_view name) const { return texts.find(name)->second; }
};

/// What a device gets when it is made. Everything referred to outlives it.
struct DeviceContext {
  std::string name;  // in the configuration
  const DeviceParams& params;
  uint64_t cpu_hz;
  const Clock& clock;
  EventQueue& events;
  Bus& bus;               // for devices that read and write memory themselves,
  BusRequests& requests;  // when it has been granted to them
  InterruptLine interrupt;
  Terminal& terminal;
  RunControl& run;
};

/// A kind of device, as it registers itself: Registry<DeviceType>, by its YAML name.
struct DeviceType {
  uint32_t id;               // isa/devices: what the guest finds in the directory
  std::string_view summary;  // one line
  uint32_t size;             // bytes of register space
  bool has_interrupt;
  std::vector<ParamDoc> params;
  /// Refuses a file that is not what it should be; the error's place is the parameter's name.
  Result<std::unique_ptr<Device>> (*create)(const DeviceContext&);
  uint32_t alignment = 4;  // what its address is a multiple of
  /// What is wrong with parameters that are each within their range, at the name of one of them;
  /// null: nothing can be.
  Result<std::monostate> (*check)(const DeviceParams&) = nullptr;
  /// It masters the bus. Then it has the parameters "burst" (words at most) and "gap" (cycles from
  /// a burst's end to the request for the next), so that the configuration can be checked.
  bool masters_bus = false;
};

/// `create` of a device that needs no file.
template <class T>
Result<std::unique_ptr<Device>> make_device(const DeviceContext& context) {
  return std::unique_ptr<Device>(std::make_unique<T>(context));
}

}  // namespace exosim
