// See stuck_guest.hpp.
#include "sim/machine/stuck_guest.hpp"

#include <fmt/format.h>

#include "isa/machine/exceptions.h"
#include "isa/machine/memory_map.h"
#include "sim/observe/exceptions.hpp"

namespace exosim {
namespace {

constexpr unsigned kFirstCoprocessorOpcode = 0x10;  // COP0: bc0f waits for the write buffer

PhysAddr physical(uint32_t unmapped) { return {unmapped & KSEG_MASK}; }

}  // namespace

void StuckGuest::watch_vector(const Bus& bus, PhysAddr vector, bool loaded) {
  if (loaded) return;
  const Garbage garbage{vector, bus.peek(vector, 4).value_or(0)};
  if (vector == physical(VECTOR_UTLB)) refill_ = garbage;
  if (vector == physical(VECTOR_GENERAL)) general_ = garbage;
}

std::optional<std::string> StuckGuest::missing_handler(const Bus& bus,
                                                       const Retired& retired) const {
  const ExceptionTaken& exception = retired.exception;
  const auto& garbage = exception.refill ? refill_ : general_;
  const bool in_prom = exception.vector >= VirtAddr{VECTOR_RESET};
  if (!in_prom && (!garbage || bus.peek(garbage->vector, 4) != garbage->word)) return std::nullopt;
  const bool has_address = exception.code >= EXC_MOD && exception.code <= EXC_ADES;
  return fmt::format(
      "{} at {:#010x}{}: no handler at {:#010x}", kExceptionNames[exception.code], retired.pc.value,
      has_address ? fmt::format(", address {:#010x}", exception.bad_address.value) : std::string(),
      exception.vector.value);
}

bool StuckGuest::update_spin(const Retired& retired) {
  if (retired.branch_taken && !retired.in_delay_slot) {
    branch_ = retired.pc;
    branch_can_spin_ = retired.word.opcode() < kFirstCoprocessorOpcode;
    return false;
  }
  const bool turned = retired.in_delay_slot && retired.word.bits == 0 && !retired.exception.taken &&
                      retired.next_pc == branch_ && branch_can_spin_ &&
                      retired.pc == VirtAddr{branch_.value + 4};
  const bool again = turned && spinning_at_ == branch_;
  spinning_at_ = turned ? branch_ : VirtAddr{1};
  return again;
}

}  // namespace exosim
