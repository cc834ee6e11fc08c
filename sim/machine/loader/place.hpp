// What the boot PROM does before the first instruction: where the kernel and the boot modules go in
// memory, what the PROM holds, and what the registers say. See isa/machine/boot.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/base/types.hpp"
#include "sim/machine/loader/image.hpp"
#include "sim/observe/code_map.hpp"

namespace exosim {

/// Everything that the placement depends on.
struct BootRequest {
  const Image& kernel;             // or a bare image
  std::span<const Image> modules;  // applications
  uint32_t ram_bytes;
  uint64_t cpu_hz;
  std::array<uint32_t, 4> seed;          // handed to the guest
  std::span<const std::byte> directory;  // isa/machine/device_directory.h
  std::string_view arguments;            // words handed to the kernel
};

/// `bytes` to be copied to `phys`, then `zero_bytes` zeros. The bytes are those of the images.
struct Placement {
  PhysAddr phys;
  std::span<const std::byte> bytes;
  uint32_t zero_bytes;
};

/// The state of the machine at its first instruction, besides what is seeded or zero.
struct BootPlan {
  std::vector<Placement> placements;  // within RAM, none overlaps another
  std::vector<std::byte> prom;        // PROM_SIZE bytes at PROM_BASE
  std::array<uint32_t, 4> arguments;  // a0..a3
  VirtAddr entry;
  VirtAddr stack_pointer;
  CodeMap code;
};

/// Places the kernel where it is linked and each module's file, unchanged, at a page boundary after
/// it. Refuses what does not fit into RAM or the PROM, a kernel that is not bare and modules that
/// are. The images must outlive the plan's placements.
Result<BootPlan> plan_boot(const BootRequest& request);

}  // namespace exosim
