// Who may use the floating-point coprocessor.
#include "exokernel/fpu.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/call_frame.h"
#include "exokernel/cp0.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/interrupt_line.hpp"
#include "exokernel/panic.hpp"
#include "exokernel/processor.h"
#include "exokernel/saved_registers.h"
#include "exokernel/transfer.h"
#include "isa/machine/exceptions.h"
#include "isa/machine/fpu.h"
#include "isa/markers.h"

namespace aegis {
namespace {

extern "C" {
void fpu_save(uint32_t* area);
void fpu_load(const uint32_t* area);
uint32_t fpu_status();
uint32_t fpu_clear_causes();
uint32_t fpu_raise(uint32_t status);
uint32_t fpu_id();
}

constexpr uint32_t kEveryCause = 0x3f;

Environment* user;  // null: nobody
uint32_t line;      // bit of Cause and Status; 0: its exceptions stay masked

/// Bits of Status while an environment has it: its exceptions interrupt that one, and nobody else.
uint32_t status_bits() { return STATUS_CU1 | line; }
/// Those that others do not have. A device with a driver may share the line, which is everyone's
/// then.
uint32_t own_status_bits() { return status_bits() & ~user_status(); }

/// Makes the coprocessor usable from here on, for the kernel and for whoever it returns to.
void make_usable() {
  write_cp0<CP0_STATUS>(read_cp0<CP0_STATUS>() | status_bits());
  asm volatile("nop\n\tnop");  // before the first instruction of the coprocessor
}

void make_unusable() { write_cp0<CP0_STATUS>(read_cp0<CP0_STATUS>() & ~own_status_bits()); }

/// Takes it from who has it.
void take_back() {
  if (user == nullptr) return;
  fpu_save(user->context->fpu);
  transfer_record(scaled_id(user->id)).status &= ~own_status_bits();
  user = nullptr;
}

void give(Environment& environment) {
  fpu_load(environment.context->fpu);
  transfer_record(scaled_id(environment.id)).status |= status_bits();
  user = &environment;
}

}  // namespace

void fpu_start() {
  constexpr uint32_t kRaising =
      (FCSR_INVALID << FCSR_CAUSE_SHIFT) | (FCSR_INVALID << FCSR_ENABLE_SHIFT);
  make_usable();
  if (fpu_id() != 0) {
    fpu_clear_causes();
    const uint32_t before = read_cp0<CP0_CAUSE>();
    line = fpu_raise(kRaising) & ~before & CAUSE_IP_MASK;
  }
  make_unusable();
  if ((line & processor.timer_line) != 0) panic("the FPU has the timer's interrupt line");
  if (has_foreign_device(line)) line = 0;
  processor.first_lines = processor.timer_line | line;
}

bool fpu_shut_out() {
  const uint32_t status = read_cp0<CP0_STATUS>();
  if (user == &current_environment() || (read_cp0<CP0_CAUSE>() & line) == 0) return false;
  write_cp0<CP0_STATUS>(status & ~line);
  return true;
}

/// A device with a driver may share the line, so the status says.
bool fpu_has_raised() {
  if (line == 0 || user != &current_environment()) return false;
  const uint32_t status = fpu_status();
  const uint32_t interrupting = (status >> FCSR_ENABLE_SHIFT) | FCSR_UNIMPLEMENTED;
  return ((status >> FCSR_CAUSE_SHIFT) & interrupting & kEveryCause) != 0;
}

uint32_t fpu_forward(uint32_t pc, SavedRegisters& registers) {
  EXO_DOMAIN("multiplexing");
  exo::Context& context = *current_environment().context;
  context.exception_a0 = registers.a[0];
  context.exception_a1 = registers.a[1];
  context.exception_a2 = registers.a[2];
  registers.a[0] = pc;
  registers.a[1] = fpu_clear_causes();
  registers.a[2] = read_cp0<CP0_CAUSE>();
  return context.handlers[EXC_INT];
}

void fpu_forget(const Environment& environment) {
  if (user == &environment) user = nullptr;
}

extern "C" void sys_fpu_mod(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t wanted = call.a[0];
  if (wanted > 1) return call.fail(EXO_ERROR_BAD_ARGUMENT);
  Environment& caller = current_environment();
  make_usable();
  const bool is_present = fpu_id() != 0;
  const bool has_it = user == &caller;
  if (is_present && wanted == 1 && !has_it) {
    take_back();
    give(caller);
  }
  if (is_present && wanted == 0 && has_it) take_back();
  if (!is_present || wanted == 0) make_unusable();
  if (!is_present) return call.fail(EXO_ERROR_NO_DEVICE);
  call.succeed(0);
}

}  // namespace aegis
