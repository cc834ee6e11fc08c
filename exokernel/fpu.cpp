// Who may use the floating-point coprocessor.
#include "exokernel/fpu.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/call_frame.h"
#include "exokernel/cp0.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/transfer.h"
#include "isa/markers.h"

namespace aegis {
namespace {

extern "C" {
void fpu_save(uint32_t* area);
void fpu_load(const uint32_t* area);
uint32_t fpu_id();
}

Environment* user;  // null: nobody

/// Makes the coprocessor usable from here on, for the kernel and for whoever it returns to.
void make_usable() {
  write_cp0<CP0_STATUS>(read_cp0<CP0_STATUS>() | STATUS_CU1);
  asm volatile("nop\n\tnop");  // before the first instruction of the coprocessor
}

void make_unusable() { write_cp0<CP0_STATUS>(read_cp0<CP0_STATUS>() & ~uint32_t{STATUS_CU1}); }

/// Takes it from who has it.
void take_back() {
  if (user == nullptr) return;
  fpu_save(user->context->fpu);
  transfer_record(scaled_id(user->id)).status &= ~uint32_t{STATUS_CU1};
  user = nullptr;
}

void give(Environment& environment) {
  fpu_load(environment.context->fpu);
  transfer_record(scaled_id(environment.id)).status |= STATUS_CU1;
  user = &environment;
}

}  // namespace

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
