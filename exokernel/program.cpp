// Checking an ELF file. Only offsets and sizes below 2^31 pass, so that no sum of two overflows.
#include "exokernel/program.hpp"

#include "exokernel/abi/env.h"
#include "isa/machine/cp0.h"

namespace aegis {
namespace {

// ELF32, from the System V ABI: sizes, offsets and values of the fields that are read.
constexpr uint32_t kHeaderBytes = 52;
constexpr uint32_t kMagic = 0x464c457f;       // 0x7f 'E' 'L' 'F'
constexpr uint32_t kClassAndData = 0x010101;  // 32 bits, little-endian, version 1
constexpr uint32_t kExecutableMips = 2 | (8u << 16);
constexpr uint32_t kProgramHeaderBytes = 32;
constexpr uint32_t kMaxProgramHeaders = 32;
constexpr uint32_t kLoad = 1;
constexpr uint32_t kWritable = 2;

// Below are the page that is never mapped, the context page and the info page.
constexpr uint32_t kFirstProgramPage = EXO_INFO_VA + PAGE_SIZE;
constexpr uint32_t kSizeLimit = 0x80000000;

struct ElfHeader {
  uint32_t magic, class_and_data, padding[2];
  uint32_t type_and_machine, version, entry, program_headers, section_headers, flags;
  uint16_t header_bytes, program_header_bytes, program_header_count, unused[3];
};
static_assert(sizeof(ElfHeader) == kHeaderBytes);

struct ProgramHeader {
  uint32_t type, offset, virt, phys, file_bytes, memory_bytes, flags, align;
};
static_assert(sizeof(ProgramHeader) == kProgramHeaderBytes);

uint32_t page_of(uint32_t address) { return address >> PAGE_SHIFT; }
uint32_t pages_up_to(uint32_t address) { return (address + PAGE_SIZE - 1) >> PAGE_SHIFT; }

const char* check_header(const ElfHeader& header, uint32_t size) {
  if (header.magic != kMagic) return "not an ELF file";
  if ((header.class_and_data & 0xffffff) != kClassAndData ||
      header.type_and_machine != kExecutableMips)
    return "not a 32-bit little-endian MIPS executable";
  if (header.program_header_bytes != kProgramHeaderBytes ||
      header.program_header_count > kMaxProgramHeaders || header.program_headers % 4 != 0 ||
      header.program_headers > size ||
      header.program_header_count * kProgramHeaderBytes > size - header.program_headers)
    return "its program headers are not in the file";
  return nullptr;
}

const char* check_bounds(const ProgramHeader& header, uint32_t size) {
  if (header.offset > size || header.file_bytes > size - header.offset)
    return "a segment is not in the file";
  if (header.file_bytes > header.memory_bytes)
    return "a segment is larger in the file than in memory";
  if (header.virt < kFirstProgramPage || header.virt >= kSizeLimit ||
      header.memory_bytes > kSizeLimit - header.virt)
    return "a segment lies outside of user memory";
  if (header.file_bytes != 0 && header.offset % PAGE_SIZE != header.virt % PAGE_SIZE)
    return "a segment's place in the file does not fit its address";
  return nullptr;
}

ProgramSegment to_pages(const ProgramHeader& header) {
  const uint32_t file_end = header.virt + header.file_bytes;
  const uint32_t file_pages =
      header.file_bytes == 0 ? 0 : pages_up_to(file_end) - page_of(header.virt);
  const uint32_t pages = pages_up_to(header.virt + header.memory_bytes) - page_of(header.virt);
  return {.virt = page_of(header.virt) << PAGE_SHIFT,
          .file_page = page_of(header.offset),
          .file_pages = file_pages,
          .zero_pages = pages - file_pages,
          .tail = file_end % PAGE_SIZE,
          .is_writable = (header.flags & kWritable) != 0,
          .is_pinned = (header.flags & EXO_PF_PINNED) != 0};
}

bool share_pages(uint32_t first, uint32_t count, uint32_t other, uint32_t other_count) {
  return count != 0 && other_count != 0 && first < other + other_count && other < first + count;
}

const char* add_segment(Program& program, const ProgramSegment& added) {
  for (unsigned index = 0; index < program.segment_count; ++index) {
    const ProgramSegment& other = program.segments[index];
    if (share_pages(page_of(added.virt), added.pages(), page_of(other.virt), other.pages()) ||
        share_pages(added.file_page, added.file_pages, other.file_page, other.file_pages))
      return "two segments share a page";
  }
  if (program.segment_count == kProgramSegmentsMax) return "it has too many segments";
  program.segments[program.segment_count++] = added;
  return nullptr;
}

}  // namespace

const char* read_program(const uint8_t* file, uint32_t size, Program& program) {
  if (size < kHeaderBytes || size >= kSizeLimit) return "not an ELF file";
  const auto& elf = *reinterpret_cast<const ElfHeader*>(file);
  if (const char* fault = check_header(elf, size)) return fault;
  program.entry = elf.entry;
  program.segment_count = 0;
  const auto* headers = reinterpret_cast<const ProgramHeader*>(file + elf.program_headers);
  for (unsigned index = 0; index < elf.program_header_count; ++index) {
    const ProgramHeader& header = headers[index];
    if (header.type != kLoad || header.memory_bytes == 0) continue;
    if (const char* fault = check_bounds(header, size)) return fault;
    if (const char* fault = add_segment(program, to_pages(header))) return fault;
  }
  return program.segment_count == 0 ? "it has no segment to load" : nullptr;
}

}  // namespace aegis
