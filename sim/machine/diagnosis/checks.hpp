// What may be watched at a cost on every step: --check.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "sim/machine/diagnosis/name_list.hpp"

namespace exosim {

enum class Check : uint8_t { kCoherence, kHazards };
inline constexpr size_t kCheckCount = 2;

/// By the number of the Check.
using CheckSet = std::bitset<kCheckCount>;

/// In the order of Check.
std::span<const NamedRow, kCheckCount> check_table();

/// Reads "coherence,hazards" or "all" into `checks`; a message if that cannot be.
std::optional<std::string> read_checks(const std::string& text, CheckSet& checks);

}  // namespace exosim
