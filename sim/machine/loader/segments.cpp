// Program headers, checked one by one and against one another.
#include "sim/machine/loader/segments.hpp"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>

#include "isa/machine/cp0.h"
#include "isa/machine/memory_map.h"

namespace exosim {
namespace {

// Linkers make a handful.
constexpr size_t kMaxSegments = 64;

// Clear of the vectors; what README.md shows.
constexpr uint32_t kBareImageBase = 0x80010000;

using Checked = Result<std::monostate>;

uint64_t end_of(const Segment& segment) { return uint64_t{segment.virt} + segment.memory_size; }

std::string describe(const Segment& segment) {
  return fmt::format("segment {:#010x}..{:#010x}", segment.virt, end_of(segment) - 1);
}

/// The names of the address map in isa/machine/memory_map.h.
const char* space_of(uint64_t address) {
  if (address < KSEG0_BASE) return "kuseg";
  if (address < KSEG1_BASE) return "kseg0";
  return address < KSEG2_BASE ? "kseg1" : "kseg2";
}

bool is_user(const Segment& segment) { return segment.virt < KSEG0_BASE; }

Result<Segment> read_segment(const GElf_Phdr& header, size_t index, size_t file_size,
                             const std::string& name) {
  const uint64_t file_end = header.p_offset + header.p_filesz;
  if (file_end > file_size)
    return Error{name, fmt::format("truncated: segment {} needs file bytes {} to {}, the file has "
                                   "{}",
                                   index, header.p_offset, file_end, file_size)};
  if (header.p_filesz > header.p_memsz)
    return Error{name, fmt::format("malformed: segment {} has {} bytes in the file but only {} in "
                                   "memory (p_filesz > p_memsz)",
                                   index, header.p_filesz, header.p_memsz)};
  if (header.p_vaddr + header.p_memsz > uint64_t{1} << 32)
    return Error{name, fmt::format("malformed: segment {} at {:#010x} of {} bytes wraps around the "
                                   "end of the address space",
                                   index, header.p_vaddr, header.p_memsz)};
  return Segment{.virt = static_cast<uint32_t>(header.p_vaddr),
                 .file_offset = static_cast<uint32_t>(header.p_offset),
                 .file_size = static_cast<uint32_t>(header.p_filesz),
                 .memory_size = static_cast<uint32_t>(header.p_memsz),
                 .executable = (header.p_flags & PF_X) != 0,
                 .writable = (header.p_flags & PF_W) != 0};
}

Result<std::vector<Segment>> read_table(Elf* elf, size_t file_size, const std::string& name) {
  std::vector<Segment> segments;
  size_t count = 0;
  if (elf_getphdrnum(elf, &count) != 0) count = 0;
  for (size_t index = 0; index < count; ++index) {
    GElf_Phdr header;
    if (gelf_getphdr(elf, static_cast<int>(index), &header) == nullptr)
      return Error{name, fmt::format("malformed program header {}: {}", index, elf_errmsg(-1))};
    if (header.p_type == PT_DYNAMIC || header.p_type == PT_INTERP)
      return Error{name, fmt::format("a dynamically linked executable (it has {}), expected a "
                                     "static one: link with -static",
                                     header.p_type == PT_DYNAMIC ? "PT_DYNAMIC" : "PT_INTERP")};
    if (header.p_type != PT_LOAD) continue;
    auto segment = read_segment(header, index, file_size, name);
    if (!segment) return segment.error();
    if (segment->memory_size != 0) segments.push_back(*segment);
    if (segments.size() > kMaxSegments)
      return Error{name, fmt::format("more than {} loadable segments", kMaxSegments)};
  }
  std::ranges::stable_sort(segments, {}, &Segment::virt);
  return segments;
}

Checked check_space(const Segment& segment, const std::string& name) {
  const char* first = space_of(segment.virt);
  const char* last = space_of(end_of(segment) - 1);
  if (first != last)
    return Error{name, fmt::format("{} spans from {} into {}", describe(segment), first, last)};
  if (segment.virt >= KSEG2_BASE)
    return Error{
        name, fmt::format("{} lies in kseg2, which the TLB maps: nothing can be loaded "
                          "there; link at {:#010x} (kseg0) or at {:#010x} (application)",
                          describe(segment), unsigned{KERNEL_LOAD_BASE}, unsigned{USER_LOAD_BASE})};
  return std::monostate{};
}

Checked check_spaces(const std::vector<Segment>& segments, const std::string& name) {
  for (const Segment& segment : segments)
    if (auto checked = check_space(segment, name); !checked) return checked;
  const Segment& low = segments.front();
  const Segment& high = segments.back();
  if (is_user(low) != is_user(high))
    return Error{name,
                 fmt::format("mixed address spaces: {} is in {}, {} in {}; link all of it in "
                             "kseg0 (a bare image: -Wl,-Ttext-segment={:#x}) or all in kuseg (an "
                             "application); -Ttext alone leaves the headers behind",
                             describe(low), space_of(low.virt), describe(high), space_of(high.virt),
                             kBareImageBase)};
  return std::monostate{};
}

/// `start` gives the place by which segments must not overlap; `what` names it.
template <class Start, class Size>
Checked check_overlap(std::vector<Segment> segments, Start start, Size size, const char* what,
                      const std::string& name) {
  std::ranges::stable_sort(segments, {}, start);
  for (size_t next = 1; next < segments.size(); ++next) {
    const Segment& a = segments[next - 1];
    const Segment& b = segments[next];
    if (uint64_t{start(a)} + size(a) > start(b))
      return Error{name, fmt::format("overlapping segments: {} and {} share {}", describe(a),
                                     describe(b), what)};
  }
  return std::monostate{};
}

uint32_t memory_size(const Segment& segment) { return segment.memory_size; }
uint32_t virtual_start(const Segment& segment) { return segment.virt; }
uint32_t physical_start(const Segment& segment) { return segment.virt & KSEG_MASK; }
uint32_t file_start(const Segment& segment) { return segment.file_offset; }
uint32_t file_size_of(const Segment& segment) { return segment.file_size; }

/// Boot modules are not copied: the pages of the file are mapped where the segment wants them.
Checked check_mappable(const std::vector<Segment>& segments, const std::string& name) {
  std::vector<Segment> code;
  for (const Segment& segment : segments) {
    if (segment.file_size == 0) continue;
    if (segment.virt % PAGE_SIZE != segment.file_offset % PAGE_SIZE)
      return Error{name, fmt::format("{} has file offset {:#x}, which is not congruent to its "
                                     "address modulo {}; applications are mapped in place: link "
                                     "with -z max-page-size={} and without -N or -n",
                                     describe(segment), segment.file_offset, PAGE_SIZE, PAGE_SIZE)};
    if (segment.executable) code.push_back(segment);
  }
  return check_overlap(std::move(code), file_start, file_size_of, "code bytes of the file", name);
}

}  // namespace

bool covers(const Segment& segment, uint32_t address, bool or_end) {
  if (address < segment.virt) return false;
  const uint32_t offset = address - segment.virt;
  return offset < segment.memory_size || (or_end && offset == segment.memory_size);
}

Result<std::vector<Segment>> read_segments(Elf* elf, size_t file_size, const std::string& name) {
  auto segments = read_table(elf, file_size, name);
  if (!segments) return segments;
  if (segments->empty())
    return Error{name, "no loadable segment (PT_LOAD with a size), expected at least one"};
  if (auto checked = check_spaces(*segments, name); !checked) return checked.error();
  if (auto checked =
          check_overlap(*segments, virtual_start, memory_size, "virtual addresses", name);
      !checked)
    return checked.error();
  const bool user = is_user(segments->front());
  auto checked =
      user ? check_mappable(*segments, name)
           : check_overlap(*segments, physical_start, memory_size,
                           "physical addresses (kseg0 and kseg1 are the same memory)", name);
  if (!checked) return checked.error();
  return segments;
}

Checked check_entry(uint32_t entry, const std::vector<Segment>& segments, const std::string& name) {
  if (entry % 4 != 0)
    return Error{name, fmt::format("the entry point {:#010x} is not a multiple of 4", entry)};
  for (const Segment& segment : segments)
    if (segment.executable && covers(segment, entry) && entry - segment.virt < segment.file_size)
      return std::monostate{};
  return Error{name,
               fmt::format("the entry point {:#010x} is not inside an executable segment", entry)};
}

}  // namespace exosim
