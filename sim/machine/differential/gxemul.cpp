// Running a bare image under GXemul.
#include "sim/machine/differential/gxemul.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "sim/machine/differential/process.hpp"

namespace exosim::differential {
namespace {

constexpr size_t kTail = 400;  // bytes of its output that an error shows

/// It prints some of them, once each, where the guest prints: "[ WARNING! SPECIAL3 opcode used...".
std::string without_warnings(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    if (line.find("[ WARNING!") == line.npos) kept += line;
    text.remove_prefix(end);
  }
  return kept;
}

}  // namespace

Result<std::string> printed_by_gxemul(const std::string& path) {
  if (!is_installed("gxemul")) return Error{"gxemul", "not found: install the package gxemul"};
  const EndlessInput input;  // it spins when its standard input ends
  const ProcessOutput output = output_of(fmt::format(
      "timeout 60 gxemul -q -E testmips -C R3000 '{}' <&{} 2>&1", path, input.descriptor()));
  const std::string_view text{reinterpret_cast<const char*>(output.bytes.data()),
                              output.bytes.size()};
  if (output.status != 0)
    return Error{"gxemul", fmt::format("ended with wait status {:#x} behind \"{}\"", output.status,
                                       text.substr(text.size() - std::min(text.size(), kTail)))};
  return without_warnings(text);
}

}  // namespace exosim::differential
