// Exceptions of the program, served by the program.
#pragma once

#include <cstddef>
#include <cstdint>

#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"

namespace exos {

/// The interrupted program. What a handler changes here, the program continues with; k0 and k1 are
/// the kernel's.
struct ExceptionFrame {
  uint32_t reg[32];
  uint32_t hi, lo;
  uint32_t pc;       // the instruction that raised the exception, or the branch before it
  uint32_t address;  // BadVAddr: for Mod, TLBL, TLBS, AdEL, AdES; for Int: FCR31 of the FPU
  uint32_t cause;
  uint32_t padding;

  uint32_t code() const { return (cause & CAUSE_EXCCODE_MASK) >> CAUSE_EXCCODE_SHIFT; }
  /// True if the instruction stands in the delay slot of the branch at `pc`.
  bool is_in_delay_slot() const { return (cause & CAUSE_BD) != 0; }
};

/// Returns true if the program can continue, as the frame says; false if the exception is none of
/// the handler's business. Runs on the exception stack (8 KiB) and may raise exceptions itself.
using ExceptionHandler = bool (*)(ExceptionFrame&);

/// Sets the handler for an exception code (EXC_...; not EXC_SYS; EXC_INT: the FPU's). For EXC_TLBL
/// and EXC_TLBS it is called for pages that the library OS does not know. Returns the one before,
/// or null. Without a handler that returns true the program ends with a message and kFatalStatus.
ExceptionHandler on_exception(unsigned code, ExceptionHandler handler);

/// The exception's name as the processor's manual abbreviates it.
const char* exception_name(unsigned code);

inline constexpr uint32_t kFatalStatus = 110;

}  // namespace exos
