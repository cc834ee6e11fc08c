// The program headers of an ELF file, checked.
#pragma once

#include <cstdint>

namespace aegis {

/// A segment, as pages: `file_pages` of the file from `file_page` on, then `zero_pages`.
struct ProgramSegment {
  uint32_t virt;       // first page's address
  uint32_t file_page;  // number within the file
  uint32_t file_pages;
  uint32_t zero_pages;
  uint32_t tail;  // bytes of the last file page that belong to the program
  bool is_writable;
  bool is_pinned;

  uint32_t pages() const { return file_pages + zero_pages; }
};

inline constexpr unsigned kProgramSegmentsMax = 8;

struct Program {
  uint32_t entry;
  unsigned segment_count;
  ProgramSegment segments[kProgramSegmentsMax];
};

/// Reads the program of a file of `size` bytes at `file` (word aligned). Nothing in the file is
/// trusted. Returns null, or what is wrong with it.
const char* read_program(const uint8_t* file, uint32_t size, Program& program);

}  // namespace aegis
