// Slices: start, yield, overrun.
#include "exokernel/slice.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/cp0.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/notice.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/revocation.hpp"
#include "exokernel/timer.hpp"
#include "exokernel/transfer.h"
#include "isa/markers.h"

namespace aegis {

extern "C" [[noreturn]] void enter_user(uint32_t pc, uint32_t entry_hi, uint32_t status);

namespace {

/// Grace periods that an environment may overrun in its life before it is destroyed (ours).
constexpr uint32_t kExcessMax = 4;

uint16_t slices[kSlicePositions];  // environment ids; 0 = free
unsigned end;                      // positions from here on are free
unsigned position = kSlicePositions;

/// Continues an environment at its slice_start.
[[noreturn]] void run(Environment& environment) {
  environment_make_current(environment);
  environment.has_run = true;
  enter_user(slice_entry(environment), environment.space,
             transfer_record(scaled_id(environment.id)).status);
}

/// Where an interrupted environment continues: the restart window applied.
uint32_t restart(const exo::Context& context, uint32_t pc) {
  const bool is_inside = pc >= context.restart_begin && pc < context.restart_end;
  return is_inside ? pc & ~uint32_t{EXO_RESTART_BLOCK - 1} : pc;
}

}  // namespace

void slices_start() { stock_add(EXO_RESOURCE_SLICES, kSlicePositions); }

uint32_t slices_add(const Environment& environment) {
  for (uint32_t index = 0; index < kSlicePositions; ++index) {
    if (slices[index] != 0) continue;
    slices[index] = environment.id;
    stock_remove(EXO_RESOURCE_SLICES, 1);
    quota_take(environment.id, EXO_RESOURCE_SLICES, 1);
    if (index >= end) end = index + 1;
    return index;
  }
  return kNoSlice;
}

static void remove_slice(uint32_t index) {
  stock_add(EXO_RESOURCE_SLICES, 1);
  quota_give_back(slices[index], EXO_RESOURCE_SLICES, 1);
  slices[index] = 0;
  while (end > 0 && slices[end - 1] == 0) --end;
}

void slices_remove(const Environment& environment) {
  for (uint32_t index = end; index-- > 0;)
    if (slices[index] == environment.id) remove_slice(index);
}

uint32_t slices_repossess(Environment& environment, uint32_t count) {
  uint32_t taken = 0;
  for (uint32_t index = end; taken < count && index-- > 0;) {
    if (slices[index] != environment.id) continue;
    remove_slice(index);
    repossession_record(environment, EXO_RESOURCE_SLICES, index, 0);
    ++taken;
  }
  return taken;
}

void slice_run_next() {
  EXO_DOMAIN("multiplexing");
  revocations_advance();
  do {
    ++position;
    if (position >= end) position = 0;
  } while (slices[position] == 0);
  timer_start(timer_slice_ticks());
  processor.told = 0;
  run(transfer_slice_begin(environment_slot(slices[position])));
}

extern "C" void sys_yield(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t target = call.a[0];
  if (target == EXO_YIELD_NEXT) slice_run_next();
  Environment* environment = find_environment(target);
  if (environment == nullptr) return call.fail(EXO_ERROR_NO_ENVIRONMENT);
  if (processor.told != 0) slice_run_next();
  // A program that has not yet said where its slice_end is must get so far.
  if (!environment->has_run) timer_start(timer_slice_ticks());
  run(*environment);
}

/// The timer has interrupted the running environment in its grace period at `pc`. Returns where it
/// continues.
extern "C" uint32_t grace_period_over(uint32_t pc) {
  EXO_DOMAIN("multiplexing");
  Environment& environment = current_environment();
  if (timer_has_expired()) {
    if (++environment_record(environment.id).excess > kExcessMax) {
      environment_destroy(environment, "does not yield at the end of its slice, at ", Hex{pc});
      slice_run_next();
    }
    timer_start(timer_grace_ticks());
  }
  return restart(*environment.context, pc);
}

}  // namespace aegis
