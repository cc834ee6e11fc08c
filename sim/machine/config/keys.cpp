// The rows. Bounds carry their reason; defaults are those of MachineConfig (a test says so).
#include "sim/machine/config/keys.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "isa/machine/device_directory.h"
#include "isa/machine/memory_map.h"
#include "sim/machine/config/timing_keys.hpp"

namespace exosim {

namespace {

constexpr uint64_t kMHz = 1'000'000;
constexpr uint64_t kKiB = 1024;
constexpr uint64_t kPage = 4 * kKiB;

template <class Map>
std::vector<std::string> names_of(const Map& map) {
  std::vector<std::string> names;
  names.reserve(map.size());
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

KeyKind kind_of(ParamUnit unit) {
  switch (unit) {
    case ParamUnit::kNumber:
      return KeyKind::kNumber;
    case ParamUnit::kBytes:
      return KeyKind::kBytes;
    case ParamUnit::kHertz:
      return KeyKind::kHertz;
    case ParamUnit::kTime:
      return KeyKind::kTime;
    case ParamUnit::kFlag:
      return KeyKind::kFlag;
    case ParamUnit::kText:
      break;
  }
  return KeyKind::kText;
}

Key param_key(const ParamDoc& param) {
  const KeyKind kind = kind_of(param.unit);
  const std::string name(param.name);
  const auto store = [name, kind](MachineConfig& machine, const KeyValue& value) {
    DeviceParams& params = machine.devices.back().params;
    if (kind == KeyKind::kText) {
      params.texts[name] = value.text;
    } else {
      params.numbers[name] = value.number;
    }
  };
  return {.path = name,
          .kind = kind,
          .default_value = std::string(param.default_value),
          .doc = std::string(param.doc),
          .store = store,
          .required = param.default_value.empty() && kind != KeyKind::kText,
          .low = param.min,
          .high = std::min(param.max, kMaxExactNumber),
          .multiple_of = param.multiple_of};
}

Key address_key(const DeviceType& type) {
  return {.path = "address",
          .kind = KeyKind::kAddress,
          .default_value = "",
          .doc = "physical address of the first register",
          .store = [](MachineConfig& m,
                      const KeyValue& v) { m.devices.back().address = uint32_t(v.number); },
          .required = true,
          .high = KSEG_MASK,  // what kseg1 reaches: software sees devices there
          .multiple_of = type.alignment};
}

Key interrupt_key() {
  return {.path = "interrupt",
          .kind = KeyKind::kNumber,
          .default_value = "",
          .doc = "bit of Cause.IP that the device raises; absent: not wired",
          .store = [](MachineConfig& m,
                      const KeyValue& v) { m.devices.back().interrupt = unsigned(v.number); },
          .low = 2,  // IP0 and IP1 are the software interrupts (isa/machine/cp0.h)
          .high = 7};
}

Key watchdog_key() {
  return {.path = "run.watchdog",
          .kind = KeyKind::kNumber,
          .default_value = "0",
          .doc =
              "cycles with interrupts off, without an exception or output, after which the run "
              "ends; 0: never",
          .store = [](MachineConfig& m, const KeyValue& v) { m.watchdog_cycles = v.number; }};
}

std::vector<Key> run_keys() {
  return {
      {.path = "seed",
       .kind = KeyKind::kNumber,
       .default_value = "1",
       .doc = "of all randomness: power-on contents of memory and registers, keys of the kernel",
       .store = [](MachineConfig& m, const KeyValue& v) { m.seed = v.number; }},
      {.path = "kernel",
       .kind = KeyKind::kText,
       .default_value = "aegis.elf",
       .doc = "ELF image of the kernel: a path, or a name looked up beside the program",
       .store = [](MachineConfig& m, const KeyValue& v) { m.kernel = v.text; },
       .low = 1},
      {.path = "arguments",
       .kind = KeyKind::kText,
       .default_value = "",
       .doc = "words handed to the kernel; what Aegis knows is in docs/exokernel.md",
       .store = [](MachineConfig& m, const KeyValue& v) { m.arguments = v.text; }},
      watchdog_key(),
  };
}

Key effect_key(const char* path, const std::string& doc, unsigned EffectDistances::*distance) {
  return {.path = path,
          .kind = KeyKind::kNumber,
          .default_value = "1",
          .doc = "instructions after mtc0 to " + doc,
          .store = [distance](MachineConfig& m,
                              const KeyValue& v) { m.effects.*distance = unsigned(v.number); },
          .high = 4};  // the most that a shipped kernel leaves (NetBSD's COP0_HAZARD_FPUENABLE)
}

std::vector<Key> cpu_keys() {
  return {
      {.path = "cpu.model",
       .kind = KeyKind::kChoice,
       .default_value = "r3000",
       .doc = "processor; software reads it from PRId",
       .store = [](MachineConfig& m, const KeyValue& v) { m.cpu_model = v.text; },
       .choices = {"r2000", "r2000a", "r3000", "r3000a"}},
      {.path = "cpu.clock",
       .kind = KeyKind::kHertz,
       .default_value = "25MHz",
       .doc = "frequency of the processor; one cycle of the simulation",
       .store = [](MachineConfig& m, const KeyValue& v) { m.clock_hz = v.number; },
       .low = 1 * kMHz,  // ours: generous around the 8 to 40 MHz in which they were sold
       .high = 1000 * kMHz},
      effect_key("cpu.effects.interrupts", "Status that still see the old IEc and IM",
                 &EffectDistances::interrupts),
      effect_key("cpu.effects.coprocessors", "Status that still see the old CU bits",
                 &EffectDistances::coprocessors),
      effect_key("cpu.effects.caches", "Status that still see the old IsC, SwC and PZ",
                 &EffectDistances::caches),
      effect_key("cpu.effects.fetches", "EntryHi that are still fetched in the old address space",
                 &EffectDistances::fetches),
  };
}

std::vector<Key> hardware_keys() {
  return {
      {.path = "fpu.present",
       .kind = KeyKind::kFlag,
       .default_value = "true",
       .doc = "a floating-point coprocessor of the processor's generation; software reads FCR0",
       .store = [](MachineConfig& m, const KeyValue& v) { m.fpu_present = v.number != 0; }},
      {.path = "fpu.interrupt",
       .kind = KeyKind::kNumber,
       .default_value = "7",
       .doc = "bit of Cause.IP that it raises on an exception",
       .store = [](MachineConfig& m, const KeyValue& v) { m.fpu_interrupt = unsigned(v.number); },
       .low = 2,  // IP0 and IP1 are the software interrupts (conformance 1.6)
       .high = 7},
      {.path = "memory.size",
       .kind = KeyKind::kBytes,
       .default_value = "32MiB",
       .doc = "RAM, from physical address 0 to below the first device: with the console of "
              "`configs/r3000.yaml`, at most 256MiB",
       .store = [](MachineConfig& m, const KeyValue& v) { m.ram_bytes = uint32_t(v.number); },
       .low = 64 * kKiB,   // ours: a vector page, a small image and a stack
       .high = PROM_BASE,  // the PROM's place is fixed
       .multiple_of = kPage},
  };
}

Key cache_size_key(const char* path, CacheGeometry MachineConfig::*cache) {
  return {.path = path,
          .kind = KeyKind::kBytes,
          .default_value = "64KiB",
          .doc = "direct mapped, write-through, physical; 0KiB: there is none",
          .store = [cache](MachineConfig& m,
                           const KeyValue& v) { (m.*cache).bytes = uint32_t(v.number); },
          .high = 256 * kKiB,  // the most that an R3000 addresses
          .power_from = kPage};
}

Key cache_refill_key(const char* path, CacheGeometry MachineConfig::*cache) {
  return {.path = path,
          .kind = KeyKind::kNumber,
          .default_value = "4",
          .doc = "words that a miss reads; 1 on an R2000",
          .store = [cache](MachineConfig& m,
                           const KeyValue& v) { (m.*cache).refill_words = uint32_t(v.number); },
          .low = 1,
          .high = 32,
          .numbers = {1, 4, 8, 16, 32}};
}

std::vector<Key> cache_keys() {
  return {
      cache_size_key("cache.instruction.size", &MachineConfig::instruction_cache),
      cache_refill_key("cache.instruction.refill", &MachineConfig::instruction_cache),
      cache_size_key("cache.data.size", &MachineConfig::data_cache),
      cache_refill_key("cache.data.refill", &MachineConfig::data_cache),
      {.path = "cache.store_partial",
       .kind = KeyKind::kChoice,
       .default_value = "by_model",
       .doc = "a store of less than a word: merge changes a word that the data cache holds, "
              "invalidate drops it; by_model: merge on an R3000, invalidate on an R2000",
       .store = [](MachineConfig& m, const KeyValue& v) { m.store_partial = v.text; },
       .choices = {"by_model", "merge", "invalidate"}},
  };
}

std::vector<Key> engine_keys(const PartsCatalogue& parts) {
  return {
      {.path = "timing.engine",
       .kind = KeyKind::kChoice,
       .default_value = "r3000",
       .doc = "what prices the instructions",
       .store = [](MachineConfig& m, const KeyValue& v) { m.timing_engine = v.text; },
       .choices = names_of(parts.engines)},
  };
}

}  // namespace

const size_t kMaxDevices =
    (PROM_BOOT_INFO - PROM_DIRECTORY - DIRECTORY_HEADER_SIZE) / DIRECTORY_ENTRY_SIZE;

std::vector<Key> machine_keys(const PartsCatalogue& parts) {
  std::vector<Key> keys = run_keys();
  for (std::vector<Key> more : {cpu_keys(), hardware_keys(), memory_timing_keys(), cache_keys(),
                                bus_keys(), engine_keys(parts), timing_keys()}) {
    std::ranges::move(more, std::back_inserter(keys));
  }
  return keys;
}

Key device_type_key(const PartsCatalogue& parts) {
  return {.path = "type",
          .kind = KeyKind::kChoice,
          .default_value = "",
          .doc = "kind of device; exosim --list-devices shows them",
          .store = [](MachineConfig& m, const KeyValue& v) { m.devices.back().type = v.text; },
          .required = true,
          .choices = names_of(parts.devices)};
}

std::vector<Key> device_keys(const PartsCatalogue& parts, const DeviceType& type) {
  std::vector<Key> keys = {device_type_key(parts), address_key(type)};
  if (type.has_interrupt) keys.push_back(interrupt_key());
  keys.push_back(device_cycles_key("read_cycles", "bus cycles of a read of one register",
                                   &DeviceConfig::read_cycles));
  keys.push_back(device_cycles_key("write_cycles", "bus cycles of a write to one register",
                                   &DeviceConfig::write_cycles));
  for (const ParamDoc& param : type.params) keys.push_back(param_key(param));
  return keys;
}

bool is_device_name(std::string_view name) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_allowed = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && name.size() <= 15 && is_letter(name[0]) &&
         std::ranges::all_of(name, is_allowed);
}

}  // namespace exosim
