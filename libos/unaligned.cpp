// Emulation of unaligned loads and stores, and of the branch when they stand in its delay slot.
#include "libos/api/unaligned.hpp"

#include "isa/insn.hpp"
#include "isa/machine/memory_map.h"
#include "isa/machine/registers.h"

namespace exos {
namespace {

using exosim::isa::Word;

// Primary opcodes, functions and selectors (MIPS I).
constexpr unsigned kSpecial = 0x00, kRegimm = 0x01, kJump = 0x02, kJumpAndLink = 0x03;
constexpr unsigned kBeq = 0x04, kBne = 0x05, kBlez = 0x06, kBgtz = 0x07;
constexpr unsigned kLh = 0x21, kLw = 0x23, kLhu = 0x25, kSh = 0x29, kSw = 0x2b;
constexpr unsigned kFunctionJr = 0x08, kFunctionJalr = 0x09;
constexpr unsigned kRegimmGreaterEqual = 1;  // bit 16 tells bgez from bltz

Word fetch(uint32_t address) { return {*reinterpret_cast<const uint32_t*>(address)}; }

uint32_t read_bytes(uint32_t address, unsigned count) {
  const auto* byte = reinterpret_cast<const volatile uint8_t*>(address);
  uint32_t value = 0;
  for (unsigned index = 0; index < count; ++index) value |= uint32_t{byte[index]} << (8 * index);
  return value;
}

void write_bytes(uint32_t address, unsigned count, uint32_t value) {
  auto* byte = reinterpret_cast<volatile uint8_t*>(address);
  for (unsigned index = 0; index < count; ++index)
    byte[index] = static_cast<uint8_t>(value >> (8 * index));
}

/// Does the access. False if the instruction is not one that can be repaired.
bool do_access(ExceptionFrame& frame, Word insn) {
  const uint32_t address = frame.reg[insn.rs()] + insn.simm();
  uint32_t& target = frame.reg[insn.rt()];
  switch (insn.opcode()) {
    case kLw:
      target = read_bytes(address, 4);
      break;
    case kLh:
      target = static_cast<uint32_t>(static_cast<int16_t>(read_bytes(address, 2)));
      break;
    case kLhu:
      target = read_bytes(address, 2);
      break;
    case kSw:
      write_bytes(address, 4, target);
      break;
    case kSh:
      write_bytes(address, 2, target);
      break;
    default:
      return false;
  }
  frame.reg[REG_ZERO] = 0;
  return true;
}

bool is_branch_taken(const ExceptionFrame& frame, Word branch) {
  const auto rs = static_cast<int32_t>(frame.reg[branch.rs()]);
  const auto rt = static_cast<int32_t>(frame.reg[branch.rt()]);
  switch (branch.opcode()) {
    case kRegimm:
      return (branch.rt() & kRegimmGreaterEqual) != 0 ? rs >= 0 : rs < 0;
    case kBeq:
      return rs == rt;
    case kBne:
      return rs != rt;
    case kBlez:
      return rs <= 0;
    case kBgtz:
      return rs > 0;
    default:
      return false;
  }
}

/// Where the branch at `pc` goes. Its link register has been written already, when it was executed;
/// the registers that it reads must be those of before its delay slot.
uint32_t branch_target(const ExceptionFrame& frame, uint32_t pc) {
  constexpr uint32_t kRegionMask = 0xf0000000;
  const Word branch = fetch(pc);
  const uint32_t delay_slot = pc + 4;
  switch (branch.opcode()) {
    case kSpecial:
      if (branch.funct() == kFunctionJr || branch.funct() == kFunctionJalr)
        return frame.reg[branch.rs()];
      return delay_slot + 4;
    case kJump:
    case kJumpAndLink:
      return (delay_slot & kRegionMask) | (branch.target() << 2);
    default:
      return is_branch_taken(frame, branch) ? delay_slot + branch.offset() : delay_slot + 4;
  }
}

}  // namespace

bool repair_unaligned(ExceptionFrame& frame) {
  const uint32_t pc = frame.is_in_delay_slot() ? frame.pc + 4 : frame.pc;
  // Kernel addresses cannot be repaired, and a jump to an odd address has no instruction.
  if (frame.address >= KSEG0_BASE || pc % sizeof(uint32_t) != 0) return false;
  const uint32_t next = frame.is_in_delay_slot() ? branch_target(frame, frame.pc) : frame.pc + 4;
  if (!do_access(frame, fetch(pc))) return false;
  frame.pc = next;
  return true;
}

}  // namespace exos
