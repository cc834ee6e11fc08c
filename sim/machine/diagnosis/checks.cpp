// See checks.hpp.
#include "sim/machine/diagnosis/checks.hpp"

#include <array>

namespace exosim {
namespace {

constexpr std::array<NamedRow, kCheckCount> kRows = {{
    {"coherence", "report the first use of each stale word of a cache"},
    {"hazards", "report instructions that the processor's missing interlocks may betray"},
}};

}  // namespace

std::span<const NamedRow, kCheckCount> check_table() { return kRows; }

std::optional<std::string> read_checks(const std::string& text, CheckSet& checks) {
  return read_names(text, "check", kRows, [&](size_t index) { checks.set(index); });
}

}  // namespace exosim
