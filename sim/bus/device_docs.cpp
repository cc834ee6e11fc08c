// A device's registers are known to its instance only, so one of each type is made in an empty
// machine of its own and asked.
#include "sim/bus/device_docs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/bus/device_params.hpp"
#include "sim/bus/empty_machine.hpp"

namespace exosim {

namespace {

/// A machine with nothing in it, for one device to stand in.
struct ShowRoom {
  explicit ShowRoom(const DeviceType& type)
      : params(default_params(type)),
        device(type.create(machine.context("shown", params, 1)).value()) {}

  EmptyMachine machine;
  DeviceParams params;
  std::unique_ptr<Device> device;  // last: refers to all of the above
};

std::string_view access(const Register& reg) {
  if (reg.read && reg.write) return "rw";
  return reg.read ? "r" : "w";
}

std::string facts(const DeviceType& type) {
  return fmt::format("id {:#010x}, {:#x} bytes, {}", type.id, type.size,
                     type.has_interrupt ? "one interrupt line" : "no interrupt");
}

std::string type_text(const std::string& name, const DeviceType& type) {
  std::string text = fmt::format("{}: {}\n  {}\n", name, type.summary, facts(type));
  const ShowRoom room(type);
  text += "  registers:\n";
  for (const Register& reg : room.device->registers().registers()) {
    text +=
        fmt::format("    {:#04x}  {:<2}  {:<12}  {}\n", reg.offset, access(reg), reg.name, reg.doc);
  }
  if (!type.params.empty()) text += "  parameters:\n";
  for (const ParamDoc& param : type.params) {
    text += fmt::format("    {}: {} (default {})\n", param.name, param.doc, param.default_value);
  }
  return text;
}

std::string type_markdown(const std::string& name, const DeviceType& type) {
  std::string text = fmt::format("### `{}`: {}\n\n{}.\n\n", name, type.summary, facts(type));
  text += "| offset | register | access | meaning |\n|---|---|---|---|\n";
  const ShowRoom room(type);
  for (const Register& reg : room.device->registers().registers()) {
    text +=
        fmt::format("| {:#04x} | `{}` | {} | {} |\n", reg.offset, reg.name, access(reg), reg.doc);
  }
  if (type.params.empty()) return text;
  text += "\n| parameter | default | meaning |\n|---|---|---|\n";
  for (const ParamDoc& param : type.params) {
    text += fmt::format("| `{}` | {} | {} |\n", param.name, param.default_value, param.doc);
  }
  return text;
}

template <class Describe>
std::string describe_all(Describe describe) {
  std::string text;
  for (const auto& [name, type] : Registry<DeviceType>::all()) {
    if (!text.empty()) text += '\n';
    text += describe(name, type);
  }
  return text;
}

}  // namespace

std::string device_docs_text() { return describe_all(type_text); }

std::string device_docs_markdown() { return describe_all(type_markdown); }

}  // namespace exosim
