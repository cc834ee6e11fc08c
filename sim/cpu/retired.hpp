// What one step of the processor did: the only bridge from function to time and to observers.
#pragma once

#include <cstdint>

#include "isa/insn.hpp"
#include "isa/instructions.hpp"
#include "sim/base/types.hpp"
#include "sim/bus/bus.hpp"

namespace exosim {

/// The data access of a load or store that was translated. A load that ended in a bus error has it
/// too; after an address error or a TLB exception the kind is kNone.
struct DataAccess {
  enum class Kind : uint8_t { kNone, kLoad, kStore };

  Kind kind = Kind::kNone;
  uint8_t width = 0;                   // bytes of the access: 1, 2 or 4; 3 for some swl and swr
  bool cached = false;                 // it went through a cache
  bool isolated = false;               // it went nowhere else (Status.IsC)
  bool hits = false;                   // a store of less than a word, whose word the cache had
  uint8_t refill = 0;                  // words that a load had read into the cache; 0 for a hit
  BusTarget target = BusTarget::kRam;  // also for kNone: whatever else is worth a second look
  bool bus_error = false;              // a load raises DBE; a store completes, the machine warns
  VirtAddr virt;                       // as computed by the instruction
  PhysAddr phys;                       // of the first byte: aligned to `width`, unless that is 3
  uint32_t value = 0;                  // loaded (after extension or merging) or stored
};

/// What a floating-point instruction wrote.
struct FloatWrite {
  uint8_t registers = 0;  // 1, or 2 for a double; 0 for none
  uint8_t first = 0;
  uint64_t value = 0;  // the first register in the low word
};

/// How a step ended other than by completing the instruction.
struct ExceptionTaken {
  bool taken = false;
  uint8_t code = 0;     // EXC_...; EXC_INT for an interrupt
  bool refill = false;  // through the UTLB vector
  VirtAddr vector;
  VirtAddr epc = {};          // where to restart: the branch, if in a delay slot
  VirtAddr bad_address = {};  // for address errors and TLB exceptions
};

/// The record of one step. An interrupt or a fault on the fetch leaves `insn` at kReservedInsn and
/// `word` at 0; `pc` is then the instruction that was not executed. The FPU's own interrupt is no
/// such: it ends the operation that traps, whose record this is.
struct Retired {
  VirtAddr pc;
  PhysAddr fetched_from;  // valid unless the fetch faulted or an interrupt came first
  bool fetched = false;
  bool fetch_cached = false;  // through a cache, which has for it read
  uint8_t fetch_refill = 0;   // so many words from memory; 0 for a hit
  isa::Word word;
  isa::InsnId insn = isa::kReservedInsn;
  isa::OpClass op_class = isa::OpClass::kReserved;
  bool in_delay_slot = false;
  bool user_mode = false;  // mode in which the step ran
  uint8_t asid = 0;        // EntryHi.ASID when the step began
  bool branch_taken = false;
  VirtAddr next_pc;  // where the next step begins
  uint8_t dest = 0;  // general register written (at once or after its delay); 0 for none
  uint32_t dest_value = 0;
  FloatWrite float_write;  // of op_class kFloat...; of other steps, what an earlier one left
  DataAccess data;
  ExceptionTaken exception;

  bool is_float() const {
    return op_class >= isa::OpClass::kFloatAdd && op_class <= isa::OpClass::kFloatBranch;
  }
  /// True iff this step counts as an instruction: it completed, or it is a syscall or break, whose
  /// completion is the exception. An instruction that faults and is restarted counts once.
  bool counts_as_instruction() const { return !exception.taken || op_class == isa::OpClass::kTrap; }
};

}  // namespace exosim
