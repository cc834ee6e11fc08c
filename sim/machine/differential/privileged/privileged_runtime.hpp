// What every image of privileged sequences has around them, as assembly text.
#pragma once

#include <cstdint>
#include <string>

namespace exosim::differential {

/// Physical address of the frames that steps map and whose contents are compared.
inline constexpr uint32_t kFrames = 0x00400000;
/// The first of them are used through the cache only, the others past it only, so that no cached
/// word is ever stale.
inline constexpr uint32_t kCachedFrames = 4;
inline constexpr uint32_t kAllFrames = 6;

/// Where it is assembled for, and where it is entered: behind the vectors.
inline constexpr uint32_t kRuntimeBase = 0x80000000;
inline constexpr uint32_t kRuntimeEntry = kRuntimeBase + 2 * 128;

/// Byte offset from gp of the EntryHi that a step sets.
inline constexpr int kEntryHiField = 20;

/// Vectors, handlers and routines; falls through to what is put behind it. Labels for steps:
/// `report`, which prints a line and a0 first, leaves v0 and v1 and puts Status to 0; `dump`, which
/// prints the TLB and the frames' checksums. An exception goes on at s7.
std::string privileged_runtime();

}  // namespace exosim::differential
