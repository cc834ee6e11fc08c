// Guest memory as the processor would see it now, without any effect: no TLB shutdown, no cache
// refill, no read of a device that has a side effect.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/base/types.hpp"
#include "sim/bus/bus.hpp"
#include "sim/cpu/cpu.hpp"
#include "sim/cpu/mmu.hpp"
#include "sim/cpu/state.hpp"

namespace exosim {

/// Valid while the machine stands still.
class GuestView {
 public:
  GuestView(const Cpu& cpu, const Bus& bus) : cpu_(cpu), bus_(bus), state_(cpu.state()) {}

  /// Whose addresses are meant from here on.
  void look_as(bool user_mode, unsigned asid);
  std::optional<PhysAddr> physical(VirtAddr address);
  /// What `lw` would load; nullopt if it would fault. Stale words of the cache included.
  std::optional<uint32_t> word(VirtAddr address);
  /// What a fetch would give.
  std::optional<uint32_t> instruction(VirtAddr address);

 private:
  std::optional<uint32_t> read(VirtAddr address, AccessKind kind);

  const Cpu& cpu_;
  const Bus& bus_;
  CpuState state_;  // a copy: translating changes it
};

}  // namespace exosim
