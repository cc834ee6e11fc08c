// Numbers and quantities with units, as written in YAML, on the command line and in --print-config.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/result.hpp"

namespace exosim {

// Common to all: decimal digits without sign, underscores, blanks or leading zeros (YAML 1.1 would
// read 010 as 8). A quantity has a unit, always, and may have a decimal fraction if its value is
// whole in the base unit; the arithmetic is exact. What does not fit into 64 bits is refused. The
// Error has an empty `where` and names the allowed units.

/// A plain number: decimal, or hexadecimal with 0x.
Result<uint64_t> parse_number(std::string_view text);
/// A count: decimal, where k, M and G stand for powers of 1000.
Result<uint64_t> parse_count(std::string_view text);
/// Bytes: B, KiB, MiB, GiB.
Result<uint64_t> parse_bytes(std::string_view text);
/// Hz: Hz, kHz, MHz, GHz.
Result<uint64_t> parse_hertz(std::string_view text);
/// Picoseconds: ps, ns, us, ms, s.
Result<uint64_t> parse_time(std::string_view text);

// The shortest text that parses to exactly the value; of equally short ones, the larger unit.
std::string format_bytes(uint64_t bytes);
std::string format_hertz(uint64_t hertz);
std::string format_time(uint64_t picoseconds);

}  // namespace exosim
