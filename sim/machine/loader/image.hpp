// A guest program, read and checked, but not yet in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/observe/code_map.hpp"

namespace exosim {

/// A PT_LOAD segment.
struct Segment {
  uint32_t virt;
  uint32_t file_offset;
  uint32_t file_size;    // bytes in the file
  uint32_t memory_size;  // bytes in memory, >= file_size; the rest is zero
  bool executable;
  bool writable;
};

/// An ELF32 little-endian MIPS executable whose segments do not overlap and lie within the file.
struct Image {
  std::string name;             // file name without folders
  std::vector<std::byte> file;  // the whole file
  uint32_t entry = 0;
  std::vector<Segment> segments;  // sorted by address
  ImageInfo info;

  /// Linked in kseg0 or kseg1: runs without an operating system, or is one.
  bool is_bare() const;
};

/// Reads and checks an image. Refuses, each with its own message: not ELF, big-endian, 64-bit,
/// not MIPS, not an executable, dynamic, truncated, overlapping segments, no segment, entry
/// outside, segments in mixed or forbidden address space, instruction sets beyond MIPS I.
Result<Image> load_image(const std::filesystem::path& path);
/// The same from bytes, for tests and fuzzing. `name` stands in messages.
Result<Image> parse_image(std::vector<std::byte> file, std::string name);

}  // namespace exosim
