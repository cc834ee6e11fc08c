// The one table of what a configuration may say. Checker, JSON Schema, --print-config and
// docs/configuration.md are made from it: a new key is one row here and its field in MachineConfig.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sim/base/registry.hpp"
#include "sim/base/result.hpp"
#include "sim/bus/device.hpp"
#include "sim/machine/config/machine_config.hpp"
#include "sim/timing/timing_model.hpp"

namespace exosim {

/// The parts that a configuration may name. Those that registered themselves, but for tests.
struct PartsCatalogue {
  const std::map<std::string, DeviceType, std::less<>>& devices = Registry<DeviceType>::all();
  const std::map<std::string, TimingEngine, std::less<>>& engines = Registry<TimingEngine>::all();
};

/// What a value is and how it is written. An address is a number that is printed in hexadecimal.
enum class KeyKind : uint8_t { kBytes, kHertz, kTime, kNumber, kAddress, kChoice, kText, kFlag };

/// A checked value: bytes, Hz, picoseconds, a number, or a flag's 0 or 1; or a text or choice.
struct KeyValue {
  uint64_t number = 0;
  std::string text = {};
};

/// The largest number that every reader of JSON and YAML keeps exactly.
inline constexpr uint64_t kMaxExactNumber = (uint64_t{1} << 53) - 1;

/// One row of the table.
struct Key {
  std::string path;  // "cpu.clock"; for devices: below devices.<name>
  KeyKind kind;
  std::string default_value;  // as in YAML; empty: none (a text's default may be the empty text)
  std::string doc;
  /// Puts a value in its place; for the key of a device, in that of the last device.
  std::function<void(MachineConfig&, const KeyValue&)> store;
  bool required = false;
  uint64_t low = 0;  // the allowed range, inclusive; of a text, its length in bytes
  uint64_t high = kMaxExactNumber;
  uint64_t multiple_of = 1;
  uint64_t power_from = 0;  // not 0: only 0 and powers of two from this one on (0 if `low` is 0)
  std::vector<uint64_t> numbers = {};  // not empty: only these
  std::vector<std::string> choices = {};
};

/// The keys outside `extends` and `devices`, in the order in which they are printed.
std::vector<Key> machine_keys(const PartsCatalogue& parts);
/// `type` alone: the key that says which others a device has.
Key device_type_key(const PartsCatalogue& parts);
/// All keys of a device of this type, beginning with `type`.
std::vector<Key> device_keys(const PartsCatalogue& parts, const DeviceType& type);

/// A device's name: lower-case letters, digits and '_', a letter first, as long as the device
/// directory holds.
inline constexpr std::string_view kDeviceNamePattern = "^[a-z][a-z0-9_]{0,14}$";
bool is_device_name(std::string_view name);
/// As many as the device directory in the PROM holds.
extern const size_t kMaxDevices;

}  // namespace exosim
