// Walks the tree along the table: unknown keys by what the tree has, missing ones by what the
// table has.
#include "sim/machine/config/checker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "isa/machine/memory_map.h"
#include "sim/base/nearest.hpp"
#include "sim/base/quantity.hpp"
#include "sim/machine/config/bus_sharing.hpp"
#include "sim/machine/config/key_tree.hpp"
#include "sim/machine/config/messages.hpp"
#include "sim/machine/config/values.hpp"

namespace exosim {

namespace {

/// Addresses that belong to someone: [first, last].
struct Occupied {
  uint64_t first;
  uint64_t last;
  std::string owner;
  std::string where;
};

class Checker {
 public:
  Checker(const MergedConfig& merged, const PartsCatalogue& parts, std::vector<Error>& errors)
      : merged_(merged), parts_(parts), errors_(errors) {}

  LoadedConfig run() {
    const std::vector<Key> keys = machine_keys(parts_);
    const KeyTree tree = key_tree(keys);
    check_map(&merged_.root, tree, "", {"devices", "extends"});
    if (const YamlEntry* devices = merged_.root.find("devices")) check_devices(devices->value);
    sort_devices();
    check_overlaps();
    check_refresh();
    if (errors_.empty()) check_sharing();  // it needs every number
    return std::move(loaded_);
  }

 private:
  void fail(const Place& place, std::string message) {
    errors_.push_back({place.text(), std::move(message)});
  }

  /// `map` may be null: nothing was written here, defaults apply. `others` are keys that someone
  /// else checks.
  void check_map(const YamlNode* map, const KeyTree& tree, const std::string& path,
                 const std::vector<std::string>& others = {}) {
    if (map && !map->is_map()) {
      fail(map->place, fmt::format("{}: expected a mapping with keys such as {}, got {}", path,
                                   tree.children.front().name, map->shown()));
      return;
    }
    if (map) check_names(*map, tree, path, others);
    for (const KeyTree& child : tree.children) {
      const YamlEntry* entry = map ? map->find(child.name) : nullptr;
      const std::string child_path = path.empty() ? child.name : path + "." + child.name;
      if (child.key) {
        take(*child.key, entry, child_path, map);
      } else {
        check_map(entry ? &entry->value : nullptr, child, child_path);
      }
    }
  }

  void check_names(const YamlNode& map, const KeyTree& tree, const std::string& path,
                   const std::vector<std::string>& others) {
    std::vector<std::string> names = others;
    for (const KeyTree& child : tree.children) names.push_back(child.name);
    std::ranges::sort(names);
    for (const YamlEntry& entry : map.entries) {
      if (std::ranges::find(names, entry.key) != names.end()) continue;
      const std::string what = path.empty() ? "key" : fmt::format("key of {}", path);
      fail(entry.key_place, unknown_name(what, entry.key, names));
    }
  }

  /// One value: as written, or its default, or missing.
  void take(const Key& key, const YamlEntry* entry, const std::string& path, const YamlNode* map) {
    if (entry) {
      const Result<KeyValue> value = parse_value(key, entry->value);
      if (value) {
        keep(key, path, *value, entry->value.place);
      } else {
        fail(entry->value.place, fmt::format("{}: {}", path, value.error().message));
      }
      return;
    }
    if (key.required) {
      if (merged_.complete && map) {
        fail(map->place, fmt::format("{} is missing: expected {}", path, expected_form(key)));
      }
      return;
    }
    if (key.default_value.empty() && key.kind != KeyKind::kText) return;
    const auto as_written = YamlNode::make(YamlNode::Kind::kScalar, {}, key.default_value);
    if (const Result<KeyValue> value = parse_value(key, as_written)) {
      keep(key, path, *value, {std::string(kDefaultSource)});
    } else {
      fail({std::string(kDefaultSource)}, fmt::format("{}: {}", path, value.error().message));
    }
  }

  void keep(const Key& key, const std::string& path, const KeyValue& value, const Place& place) {
    key.store(loaded_.machine, value);
    const auto comments = merged_.comments.find(place.source);
    loaded_.settings.push_back(
        {path, key.kind, canonical_text(key, value), place.text(),
         comments == merged_.comments.end() ? "" : comments->second.of(place.line)});
  }

  void check_devices(const YamlNode& devices) {
    if (!devices.is_map()) {
      fail(devices.place,
           fmt::format("devices: expected a mapping of names to devices, got {}", devices.shown()));
      return;
    }
    if (devices.entries.size() > kMaxDevices) {
      fail(devices.place, fmt::format("devices: {} of them; the device directory holds {}",
                                      devices.entries.size(), kMaxDevices));
    }
    for (const YamlEntry& device : devices.entries) check_device(device);
  }

  void check_device(const YamlEntry& device) {
    const std::string path = "devices." + device.key;
    if (!is_device_name(device.key)) {
      fail(device.key_place,
           fmt::format("devices: {} is not a name of at most 15 of a-z, 0-9 and _, a letter first",
                       shown_text(device.key)));
    } else if (!device.value.is_map()) {
      fail(device.value.place, fmt::format("{}: expected a mapping with keys such as type, got {}",
                                           path, device.value.shown()));
    } else if (const DeviceType* type = device_type(device, path)) {
      const std::vector<Key> keys = device_keys(parts_, *type);
      loaded_.machine.devices.emplace_back().name = device.key;
      const size_t errors_before = errors_.size();
      check_map(&device.value, key_tree(keys), path);
      if (errors_.size() != errors_before) return;
      check_together(device, path, *type);
      occupy(device, *type);
    }
  }

  /// A device without a type may be another one, misspelt.
  std::string similar_device(const std::string& name) const {
    std::vector<std::string> names;
    for (const YamlEntry& other : merged_.root.find("devices")->value.entries) {
      if (other.key != name) names.push_back(other.key);
    }
    const std::optional<std::string> nearest = nearest_name(name, names);
    return nearest ? fmt::format("; or did you mean the device {}?", shown_text(*nearest)) : "";
  }

  const DeviceType* device_type(const YamlEntry& device, const std::string& path) {
    const Key key = device_type_key(parts_);
    const YamlEntry* entry = device.value.find("type");
    if (!entry) {
      if (merged_.complete) {
        fail(device.key_place, fmt::format("{}.type is missing: expected {}{}", path,
                                           expected_form(key), similar_device(device.key)));
      }
      return nullptr;
    }
    if (entry->value.is_scalar()) {
      const auto found = parts_.devices.find(entry->value.text);
      if (found != parts_.devices.end()) return &found->second;
      fail(entry->value.place,
           fmt::format("{}.type: {}", path,
                       unknown_name("device type", entry->value.text, key.choices)));
    } else {
      fail(entry->value.place, fmt::format("{}.type: expected {}, got {}", path, expected_form(key),
                                           entry->value.shown()));
    }
    return nullptr;
  }

  /// What no range of a single parameter says, under the name of one; not if some parameter could
  /// not be read.
  void check_together(const YamlEntry& device, const std::string& path, const DeviceType& type) {
    if (!type.check || !merged_.complete) return;
    const auto checked = type.check(loaded_.machine.devices.back().params);
    if (checked) return;
    const auto& [param, message] = checked.error();
    const std::string guilty = path + "." + param;
    const auto setting = std::ranges::find(loaded_.settings, guilty, &Setting::path);
    const bool is_default = setting->source == kDefaultSource;
    errors_.push_back({is_default ? device.value.place.text() : setting->source,
                       fmt::format("{}: {}", guilty, message)});
  }

  void occupy(const YamlEntry& device, const DeviceType& type) {
    const YamlEntry* address = device.value.find("address");
    if (!address) return;
    const uint64_t first = loaded_.machine.devices.back().address;
    occupied_.push_back(
        {first, first + type.size - 1, "device " + device.key, address->value.place.text()});
  }

  void check_overlaps() {
    constexpr uint64_t kPhysicalEnd = uint64_t{KSEG_MASK} + 1;
    occupied_.push_back({0, loaded_.machine.ram_bytes - uint64_t{1}, "RAM", ram_source()});
    occupied_.push_back({PROM_BASE, PROM_BASE + PROM_SIZE - uint64_t{1}, "the PROM", {}});
    occupied_.push_back({kPhysicalEnd, UINT32_MAX, "what kseg0 and kseg1 do not reach", {}});
    std::ranges::stable_sort(occupied_, {}, &Occupied::first);
    for (size_t i = 1; i < occupied_.size(); ++i) {
      const Occupied& low = occupied_[i - 1];
      const Occupied& high = occupied_[i];
      if (low.last < high.first) continue;
      const auto is_set = [](const Occupied& one) { return one.where.starts_with(kSetSource); };
      const bool blame_low = high.where.empty() || (is_set(low) && !is_set(high));
      fail_overlap(blame_low ? low : high, blame_low ? high : low);
    }
  }

  /// What is due while the bus is busy is done later: it needs time in which nothing is due.
  void check_refresh() {
    constexpr uint64_t kPicoseconds = 1'000'000'000'000;
    const MachineConfig& machine = loaded_.machine;
    const MemoryTimes& memory = machine.timing.memory;
    const uint64_t duration = memory.refresh_cycles * kPicoseconds / machine.clock_hz;
    if (memory.refresh_interval_ps == 0 || 2 * duration <= memory.refresh_interval_ps) return;
    constexpr std::string_view kInterval = "memory.refresh.interval";
    errors_.push_back(
        {source_of(kInterval),
         fmt::format("{}: {} is less than twice what memory.refresh.cycles take, {}", kInterval,
                     format_time(memory.refresh_interval_ps), format_time(duration))});
  }

  /// Otherwise one transfer could keep the processor off the bus from its begin to its end.
  void check_sharing() {
    for (const GreedyMaster& master : greedy_masters(loaded_.machine, parts_.devices)) {
      const std::string gap = fmt::format("devices.{}.gap", master.device);
      errors_.push_back(
          {source_of(gap),
           fmt::format("{}: {} leaves the processor no time: behind a burst, of up to {} cycles, "
                       "refreshes and other masters can have the bus for {}: at least {}",
                       gap, master.gap, master.burst, master.busy, master.busy + 1)});
    }
  }

  const std::string& source_of(std::string_view path) const {
    return std::ranges::find(loaded_.settings, path, &Setting::path)->source;
  }

  /// Empty if nobody said how much there is.
  std::string ram_source() const {
    const auto found = std::ranges::find(loaded_.settings, "memory.size", &Setting::path);
    const bool written = found != loaded_.settings.end() && found->source != kDefaultSource;
    return written ? found->source : std::string();
  }

  void fail_overlap(const Occupied& guilty, const Occupied& other) {
    const auto shown = [](const Occupied& occupied) {
      return fmt::format("{} (0x{:08x} to 0x{:08x})", occupied.owner, occupied.first,
                         occupied.last);
    };
    const std::string from = other.where.empty() ? "" : ", given at " + other.where;
    errors_.push_back({guilty.where, shown(guilty) + " overlaps " + shown(other) + from});
  }

  /// Machine and settings list devices in the order in which the device directory has them.
  void sort_devices() {
    std::vector<DeviceConfig>& devices = loaded_.machine.devices;
    std::ranges::stable_sort(devices, {}, &DeviceConfig::address);
    std::map<std::string, size_t, std::less<>> rank;
    for (size_t i = 0; i < devices.size(); ++i) rank["devices." + devices[i].name] = i + 1;
    const auto rank_of = [&](const Setting& setting) {
      const auto found = rank.find(setting.path.substr(0, setting.path.rfind('.')));
      return found == rank.end() ? 0 : found->second;
    };
    std::ranges::stable_sort(loaded_.settings, {}, rank_of);
  }

  const MergedConfig& merged_;
  const PartsCatalogue& parts_;
  std::vector<Error>& errors_;
  LoadedConfig loaded_;
  std::vector<Occupied> occupied_;
};

}  // namespace

LoadedConfig check_config(const MergedConfig& merged, const PartsCatalogue& parts,
                          std::vector<Error>& errors) {
  // What could not be read at all has been reported; its defaults would only add noise.
  if (!merged.root.is_map()) return {};
  return Checker(merged, parts, errors).run();
}

}  // namespace exosim
