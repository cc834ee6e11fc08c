// docs/configuration.md from the rows.
#include "sim/machine/config/markdown.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/machine/config/values.hpp"

namespace exosim {

namespace {

constexpr std::string_view kIntroduction = R"(# Configuration

<!-- Generated from sim/machine/config/keys.cpp and the registered devices: do not edit. -->

A machine is one YAML file: `exosim --config configs/r3000.yaml`. Start the file with
`# yaml-language-server: $schema=exosim.schema.json` and an editor completes and checks it.

- `extends: other.yaml` (relative to the file) starts from another file. Mappings are merged key by
  key, other values replaced. `devices: {timer: null}` removes a device that was inherited; a
  device whose `type` changes starts afresh.
- `--set key.path=value` has the last word, as often as given: `--set cpu.clock=33MHz`.
- Quantities carry their unit (`4KiB`, `25MHz`, `10us`); plain numbers are decimal or hexadecimal with
  `0x`, without leading zeros.
- `exosim --print-config` prints the result, `exosim --print-schema` the JSON Schema.
- A comment behind a value, or directly above it, says where it comes from; one above a group says it
  for those of its keys that have none. `exosim --print-config --sources` prints them with the values.
- What is wrong is reported all at once, each as `file:line:column: what was expected`.

## Machines of configs/

| file | machine |
|---|---|
| `r3000.yaml` | the default: an R3000 at 25 MHz with the memory of a DECstation 5000/200 |
| `ideal.yaml` | the default machine without stalls: a cycle for each instruction |
| `dec2100.yaml` | processor and memory of a DECstation 2100: R2000A, 12.5 MHz |
| `dec3100.yaml` | processor and memory of a DECstation 3100: R2000A, 16.67 MHz |
| `dec5000-125.yaml` | processor and memory of a DECstation 5000/125: R3000A, 25 MHz |
| `dec5000-200.yaml` | processor and memory of a DECstation 5000/200: R3000, 25 MHz |

All have the same devices, which are ours. Every number in them carries its source, or the word
"estimate" with the reason.

)";

std::string range_text(const Key& key) {
  if (key.kind == KeyKind::kChoice || key.kind == KeyKind::kText || key.kind == KeyKind::kFlag) {
    return {};
  }
  if (key.high == kMaxExactNumber) return {};
  if (!key.numbers.empty()) return fmt::format("; one of: {}", fmt::join(key.numbers, ", "));
  std::string text =
      fmt::format("; {} to {}", canonical_text(key, {key.low}), canonical_text(key, {key.high}));
  if (key.multiple_of != 1) {
    text += fmt::format(", a multiple of {}", key.kind == KeyKind::kAddress
                                                  ? std::to_string(key.multiple_of)
                                                  : canonical_text(key, {key.multiple_of}));
  }
  return text;
}

std::string default_text(const Key& key) {
  if (!key.default_value.empty()) return fmt::format("`{}`", key.default_value);
  return key.required ? "required" : "none";
}

std::string table(std::span<const Key> keys) {
  std::string text = "| key | value | default | meaning |\n|---|---|---|---|\n";
  for (const Key& key : keys) {
    text += fmt::format("| `{}` | {}{} | {} | {} |\n", key.path, expected_form(key),
                        range_text(key), default_text(key), key.doc);
  }
  return text;
}

}  // namespace

std::string config_markdown(const PartsCatalogue& parts) {
  std::string text(kIntroduction);
  text += "## Keys\n\n" + table(machine_keys(parts));
  text += fmt::format(
      "\n## Devices\n\n`devices` maps names (at most 15 of a-z, 0-9 and _, a letter first) to "
      "devices, at most {}.\nWhat keys a device has depends on its `type`.\n",
      kMaxDevices);
  for (const auto& [name, type] : parts.devices) {
    text += fmt::format("\n### `type: {}`\n\n{}\n\n", name, type.summary);
    const std::vector<Key> keys = device_keys(parts, type);
    text += table(std::span(keys).subspan(1));  // the heading says the type
  }
  return text;
}

}  // namespace exosim
