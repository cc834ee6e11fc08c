// Starting boot modules: pages of the file in place, zero pages behind them, the context page and
// the info page.
#include "exokernel/boot_module.hpp"

#include <cstring>

#include "exokernel/binding.hpp"
#include "exokernel/info_page.hpp"
#include "exokernel/page.hpp"
#include "exokernel/program.hpp"
#include "exokernel/slice_vector.hpp"
#include "isa/machine/cp0.h"

namespace aegis {
namespace {

constexpr uint32_t kOwnPages = 2;  // context and info page

struct Extent {
  uint32_t first;
  uint32_t end;
};

Extent pages_of(const BootModule& module) {
  const uint32_t first = module.address >> PAGE_SHIFT;
  return {first, first + ((module.size + PAGE_SIZE - 1) >> PAGE_SHIFT)};
}

/// Gives back what no environment has taken.
void release_rest(Extent extent) {
  for (uint32_t pfn = extent.end; pfn-- > extent.first;)
    if (page_record(pfn).owner == exo::kOwnerKernel) page_release(pfn);
}

const char* check_resources(const Program& program) {
  uint32_t zero_pages = 0;
  uint32_t pinned_pages = 0;
  for (unsigned index = 0; index < program.segment_count; ++index) {
    const ProgramSegment& segment = program.segments[index];
    zero_pages += segment.zero_pages;
    if (segment.is_pinned) pinned_pages += segment.pages();
  }
  if (pinned_pages + kOwnPages > EXO_GUARANTEED_MAX) return "it wants too many pages pinned";
  if (zero_pages + kOwnPages > free_page_count()) return "there is not enough memory";
  return nullptr;
}

/// Adds a page to the list of segments: to its last entry if it continues there.
void list_page(exo::Info& info, const ProgramSegment& segment, uint32_t virt, uint32_t pfn) {
  if (info.segment_count != 0) {
    exo::InfoSegment& last = info.segments[info.segment_count - 1];
    if (last.virt + last.pages * PAGE_SIZE == virt && last.first_pfn + last.pages == pfn &&
        last.writable == segment.is_writable && last.pinned == segment.is_pinned) {
      ++last.pages;
      return;
    }
  }
  info.segments[info.segment_count++] = {.virt = virt,
                                         .first_pfn = pfn,
                                         .pages = 1,
                                         .writable = segment.is_writable,
                                         .pinned = segment.is_pinned};
}

/// The end of the segment's last file page belongs to no one, or to .bss.
void clear_tail(const ProgramSegment& segment, uint32_t last_pfn) {
  if (segment.tail == 0) return;
  auto* bytes = reinterpret_cast<uint8_t*>(page_address(last_pfn));
  std::memset(bytes + segment.tail, 0, PAGE_SIZE - segment.tail);
}

/// False if the info page has no room for the segment's pieces.
bool place_segment(Environment& environment, exo::Info& info, const ProgramSegment& segment,
                   uint32_t first_pfn) {
  for (uint32_t index = 0; index < segment.pages(); ++index) {
    if (info.segment_count == exo::kInfoSegmentsMax) return false;
    const bool is_in_file = index < segment.file_pages;
    const uint32_t virt = segment.virt + index * PAGE_SIZE;
    const uint32_t pfn =
        is_in_file ? first_pfn + segment.file_page + index : page_take_any(environment.id);
    if (is_in_file) page_assign(pfn, environment.id);
    if (is_in_file && index + 1 == segment.file_pages) clear_tail(segment, pfn);
    if (segment.is_pinned) guarantee_at_start(environment, virt, pfn, segment.is_writable);
    list_page(info, segment, virt, pfn);
  }
  return true;
}

void make_context_page(Environment& environment, uint32_t entry) {
  const uint32_t pfn = page_take_any(environment.id);
  environment.context = reinterpret_cast<exo::Context*>(page_address(pfn));
  environment.context->slice_start = entry;
  guarantee_at_start(environment, EXO_CONTEXT_VA, pfn, true);
}

}  // namespace

const char* boot_module_start(Environment& environment, const BootModule& module) {
  const auto* file = reinterpret_cast<const uint8_t*>(page_address(module.address >> PAGE_SHIFT));
  Program program;
  if (const char* fault = read_program(file, module.size, program)) return fault;
  if (const char* fault = check_resources(program)) return fault;
  make_context_page(environment, program.entry);
  exo::Info& info = info_page_make(environment, page_take_any(exo::kOwnerKernel));
  for (unsigned index = 0; index < program.segment_count; ++index)
    if (!place_segment(environment, info, program.segments[index], pages_of(module).first))
      return "its memory is in too many pieces";
  info.slice_position = slices_add(environment);
  environment_start(environment);
  return nullptr;
}

void boot_module_release(const BootModule& module) { release_rest(pages_of(module)); }

}  // namespace aegis
