// Exception entry: what the hardware saves and where it goes on. Follows docs/machine.md.
#pragma once

#include <cstdint>

#include "sim/base/types.hpp"
#include "sim/cpu/retired.hpp"
#include "sim/cpu/state.hpp"

namespace exosim {

/// Why an instruction cannot complete.
struct Trap {
  uint8_t code = 0;           // EXC_...
  bool refill = false;        // no TLB entry for a kuseg address
  uint8_t coprocessor = 0;    // for EXC_CPU
  VirtAddr bad_address = {};  // for address errors and TLB exceptions
};

/// The instruction that an exception names, and whether it stood in a delay slot.
struct TrapSite {
  VirtAddr pc;
  bool in_delay_slot = false;
};

/// Changes `state` to the handler's first instruction. A pending branch is forgotten.
ExceptionTaken enter_exception(CpuState& state, const Trap& trap, TrapSite site);

}  // namespace exosim
