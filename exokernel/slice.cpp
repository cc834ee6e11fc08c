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
#include "exokernel/saved_registers.h"
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
             transfer_record(processor.current).status);
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

namespace {

/// An environment has overrun its grace period. Ends it if it has done so too often.
void charge(Environment& environment, uint32_t pc) {
  if (++environment_record(environment.id).excess <= kExcessMax) return;
  if (&environment != &current_environment()) {
    environment_destroy(environment, "transfers control at the end of its slice, which goes on");
    return;
  }
  environment_destroy(environment, "does not yield at the end of its slice, at ", Hex{pc});
  slice_run_next();
}

/// Tells the running environment, interrupted at `pc`, that the slice has ended, as interrupt.S
/// does. Returns where it continues.
uint32_t tell_end(uint32_t pc, SavedRegisters& registers) {
  exo::Context& context = *current_environment().context;
  context.interrupt_a0 = registers.a[0];
  context.interrupt_a1 = registers.a[1];
  context.interrupt_a2 = registers.a[2];
  context.interrupt_pc = restart(context, pc);
  for (unsigned index = 0; index < 3; ++index) registers.a[index] = 0;
  processor.told = processor.current;
  return context.slice_end;
}

}  // namespace

/// The timer has interrupted the running environment at `pc`, in a grace period. Returns where it
/// continues. Who was told of the slice's end is charged; if that one has transferred control, the
/// running one is now told.
extern "C" uint32_t grace_period_over(uint32_t pc, SavedRegisters& registers) {
  EXO_DOMAIN("multiplexing");
  if (!timer_has_expired()) return restart(*current_environment().context, pc);
  const bool was_told = processor.told == processor.current;
  if (processor.told != kNobody) charge(*transfer_record(processor.told).environment, pc);
  timer_start(timer_grace_ticks());
  return was_told ? restart(*current_environment().context, pc) : tell_end(pc, registers);
}

}  // namespace aegis
