// Memory and registers at boot.
#include "sim/machine/loader/place.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "isa/machine/boot.h"
#include "isa/machine/cp0.h"
#include "isa/machine/memory_map.h"
#include "sim/machine/loader/prom.hpp"

namespace exosim {
namespace {

using Checked = Result<std::monostate>;

// Below the top of RAM, where the stack pointer starts: modules keep clear of it.
constexpr uint32_t kBootStackBytes = PAGE_SIZE;

uint32_t physical(const Segment& segment) { return segment.virt & KSEG_MASK; }

std::string size_text(uint64_t bytes) {
  if (bytes % (1 << 20) == 0) return fmt::format("{}MiB", bytes >> 20);
  if (bytes % (1 << 10) == 0) return fmt::format("{}KiB", bytes >> 10);
  return fmt::format("{} bytes", bytes);
}

Checked check_kinds(const BootRequest& request) {
  if (!request.kernel.is_bare())
    return Error{request.kernel.name,
                 fmt::format("is linked at {:#010x} in user space, expected a kernel linked in "
                             "kseg0 ({:#010x})",
                             request.kernel.segments.front().virt, unsigned{KERNEL_LOAD_BASE})};
  if (request.modules.size() > BOOT_MODULE_MAX)
    return Error{request.modules[BOOT_MODULE_MAX].name,
                 fmt::format("is one of {} boot modules, expected at most {}",
                             request.modules.size(), BOOT_MODULE_MAX)};
  for (const Image& module : request.modules)
    if (module.is_bare())
      return Error{module.name,
                   fmt::format("is a bare image, linked at {:#010x} in kernel space; expected an "
                               "application linked in kuseg ({:#010x}): only the first image may "
                               "be bare, and runs in the kernel's place",
                               module.segments.front().virt, unsigned{USER_LOAD_BASE})};
  return std::monostate{};
}

/// Returns the first physical address after the kernel.
Result<uint32_t> place_kernel(const BootRequest& request, std::vector<Placement>& placements) {
  const Image& kernel = request.kernel;
  const std::span<const std::byte> file = kernel.file;
  uint64_t end = 0;
  for (const Segment& segment : kernel.segments) {
    const uint64_t segment_end = uint64_t{physical(segment)} + segment.memory_size;
    if (segment_end > request.ram_bytes)
      return Error{kernel.name,
                   fmt::format("segment at {:#010x} needs physical memory {:#010x} to {:#010x}, "
                               "memory.size is {} ({:#010x})",
                               segment.virt, physical(segment), segment_end,
                               size_text(request.ram_bytes), request.ram_bytes)};
    end = std::max(end, segment_end);
    placements.push_back({.phys = {physical(segment)},
                          .bytes = file.subspan(segment.file_offset, segment.file_size),
                          .zero_bytes = segment.memory_size - segment.file_size});
  }
  return static_cast<uint32_t>(end);
}

uint64_t page_up(uint64_t address) { return (address + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE; }

/// Returns the modules' physical addresses.
Result<std::vector<uint32_t>> place_modules(const BootRequest& request, uint32_t kernel_end,
                                            std::vector<Placement>& placements) {
  std::vector<uint32_t> addresses;
  uint64_t next = kernel_end;
  for (const Image& module : request.modules) {
    const uint64_t start = page_up(next);
    next = start + module.file.size();
    if (next + kBootStackBytes > request.ram_bytes)
      return Error{module.name,
                   fmt::format("the boot module's {} bytes need physical memory {:#010x} to "
                               "{:#010x} and {} of stack above, memory.size is {} ({:#010x})",
                               module.file.size(), start, next, size_text(kBootStackBytes),
                               size_text(request.ram_bytes), request.ram_bytes)};
    addresses.push_back(static_cast<uint32_t>(start));
    placements.push_back({.phys = {addresses.back()}, .bytes = module.file, .zero_bytes = 0});
  }
  return addresses;
}

/// A kernel may make code in its zeroed memory, so all of a segment counts. Of a module only what
/// is mapped in place: the bytes of the file.
void add_code(CodeMap& code, const Image& image, bool is_module, uint32_t address) {
  const ImageInfo& info = code.add_image(image.info);
  for (const Segment& segment : image.segments) {
    const uint32_t size = is_module ? segment.file_size : segment.memory_size;
    if (!segment.executable || size == 0) continue;
    code.add_range({.phys = is_module ? address + segment.file_offset : physical(segment),
                    .size = size,
                    .virt = segment.virt,
                    .image = &info});
  }
}

CodeMap map_code(const BootRequest& request, const std::vector<uint32_t>& addresses) {
  CodeMap code;
  add_code(code, request.kernel, false, 0);
  for (size_t index = 0; index < addresses.size(); ++index)
    add_code(code, request.modules[index], true, addresses[index]);
  return code;
}

}  // namespace

Result<BootPlan> plan_boot(const BootRequest& request) {
  if (auto checked = check_kinds(request); !checked) return checked.error();
  std::vector<Placement> placements;
  const auto kernel_end = place_kernel(request, placements);
  if (!kernel_end) return kernel_end.error();
  const auto addresses = place_modules(request, *kernel_end, placements);
  if (!addresses) return addresses.error();
  auto prom = build_prom(request, *addresses);
  if (!prom) return prom.error();
  return BootPlan{.placements = std::move(placements),
                  .prom = std::move(prom->bytes),
                  .arguments = {prom->argc, prom->argv, BOOT_MAGIC, KSEG1_BASE | PROM_BOOT_INFO},
                  .entry = {request.kernel.entry},
                  .stack_pointer = {KSEG0_BASE + request.ram_bytes},
                  .code = map_code(request, *addresses)};
}

}  // namespace exosim
