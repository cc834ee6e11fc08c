// Slices: start, yield, sleep, overrun.
#include "exokernel/slice.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/cp0.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/environment_end.hpp"
#include "exokernel/fpu.hpp"
#include "exokernel/interrupt_line.hpp"
#include "exokernel/notice.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/revocation.hpp"
#include "exokernel/saved_registers.h"
#include "exokernel/slice_vector.hpp"
#include "exokernel/timer.hpp"
#include "exokernel/transfer.h"
#include "isa/markers.h"

namespace aegis {

extern "C" [[noreturn]] void enter_user(uint32_t pc, uint32_t entry_hi, uint32_t status);

namespace {

/// Grace periods that an environment may overrun in its life before it is destroyed (ours). Each
/// costs it a slice.
constexpr uint32_t kExcessMax = 4;

uint32_t position = kSlicePositions;  // of the slice that runs
unsigned prolonged;                   // how often it has been made whole for somebody's first

/// Continues an environment at its slice_start.
[[noreturn]] void run(Environment& environment) {
  environment_make_current(environment);
  environment.has_run = true;
  environment.sleep.events = 0;
  enter_user(slice_entry(environment), environment.space,
             transfer_record(processor.current).status);
}

/// Where an interrupted environment continues: the restart window applied.
uint32_t restart(const exo::Context& context, uint32_t pc) {
  const bool is_inside = pc >= context.restart_begin && pc < context.restart_end;
  return is_inside ? pc & ~uint32_t{EXO_RESTART_BLOCK - 1} : pc;
}

/// Wakes an environment if something has happened that it waits for. False if it goes on sleeping.
bool is_awake(Environment& environment) {
  Sleep& sleep = environment.sleep;
  if (sleep.events == 0) return true;
  uint32_t happened = environment.posted;
  if (has_notice(environment)) happened |= EXO_EVENT_NOTICE;
  const bool waits_for_time = (sleep.events & EXO_EVENT_TIME) != 0;
  if (waits_for_time && static_cast<int32_t>(timer_count() - sleep.until) >= 0)
    happened |= EXO_EVENT_TIME;
  happened &= sleep.events;
  if (happened == 0) return false;
  sleep.events = 0;
  environment.posted &= ~happened;
  environment.context->events = happened;
  return true;
}

/// The slice at `position` is forfeited by its owner.
bool is_forfeited() {
  Environment& owner = environment_slot(slices[position].environment);
  if (owner.forfeits == 0) return false;
  --owner.forfeits;
  return true;
}

/// True if time alone wakes it, or a device: it waits for that, or its revocation goes on and ends
/// with a notice.
bool wakes_by_itself(const Environment& sleeper) {
  if ((sleeper.sleep.events & EXO_EVENT_TIME) != 0 || interrupts_may_wake(sleeper)) return true;
  return (sleeper.sleep.events & EXO_EVENT_NOTICE) != 0 && sleeper.revocation.phase != 0;
}

/// While all sleep, only who runs in somebody's slices can be woken: any other sleeper must be
/// entered by one of those.
bool can_someone_wake() {
  for (uint32_t at = 0; at < slices_end(); ++at) {
    const uint16_t owner = slices[at].environment;
    if (owner != 0 && wakes_by_itself(transfer_runner(environment_slot(owner)))) return true;
  }
  return false;
}

[[noreturn]] void end_of_all_slices() {
  print("aegis: nobody who could run has a slice, and nothing will change that\n");
  machine_exit(EXO_STATUS_DESTROYED);
}

/// One round found nobody: time passes, or a device has something to say.
[[gnu::noinline]] void idle() {
  EXO_DOMAIN("idle");
  const uint32_t begin = timer_count();
  while (timer_count() == begin && !interrupts_are_raised()) {
  }
}

/// What happens between slices.
void look_around() {
  interrupts_acknowledge();
  environments_reclaim();
  revocations_advance();
}

/// Moves on to the next slice that is used: not free, not forfeited, not slept through. False if
/// there is none in a round in which nobody forfeits one.
bool advance() {
  for (bool goes_on = true; goes_on;) {
    goes_on = false;
    for (uint32_t count = slices_end(); count > 0; --count) {
      ++position;
      if (position >= slices_end()) position = 0;
      const uint16_t owner = slices[position].environment;
      if (owner == 0) continue;
      if (is_forfeited())
        goes_on = true;
      else if (is_awake(transfer_runner(environment_slot(owner))))
        return true;
    }
  }
  return false;
}

}  // namespace

void slice_run_next() {
  EXO_DOMAIN("multiplexing");
  look_around();
  while (!advance()) {
    if (!has_ending_environments()) {
      if (!can_someone_wake()) end_of_all_slices();
      idle();
    }
    look_around();
  }
  const uint32_t own_ticks = slices[position].ticks;
  timer_start(own_ticks != 0 ? own_ticks : timer_slice_ticks());
  processor.told = 0;
  prolonged = 0;
  run(transfer_slice_begin(environment_slot(slices[position].environment)));
}

namespace {

/// A program that has not yet said where its slice_end is must get so far. A few times in each
/// slice (ours): who has many children that have not run does not keep the processor with them.
void prolong_slice() {
  constexpr unsigned kProlongedMax = 4;
  if (prolonged == kProlongedMax) slice_run_next();
  ++prolonged;
  timer_start(timer_slice_ticks());
}

}  // namespace

/// Sleeps from the next instruction on. What has happened already ends the sleep at once.
extern "C" void sys_sleep(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t events = call.a[0];
  if (events == 0 || (events & ~uint32_t{EXO_EVENT_ALL}) != 0)
    return call.fail(EXO_ERROR_BAD_ARGUMENT);
  current_environment().sleep = {.events = events, .until = timer_count() + timer_ticks(call.a[1])};
  slice_run_next();
}

extern "C" void sys_yield(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t target = call.a[0];
  current_environment().sleep.events = 0;  // a transfer may have entered it while it slept
  if (target == EXO_YIELD_NEXT) slice_run_next();
  if (!is_running(target)) return call.fail(EXO_ERROR_NO_ENVIRONMENT);
  if (processor.told != 0) slice_run_next();
  Environment& environment = environment_slot(target);
  if (!environment.has_run) prolong_slice();
  run(environment);
}

namespace {

/// An environment has overrun its grace period. Ends it if it has done so too often.
void charge(Environment& environment, uint32_t pc) {
  ++environment.forfeits;
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

/// The running environment was in a grace period at `pc`, and that is over. Returns where it
/// continues. Who was told of the slice's end is charged; if that one has transferred control, the
/// running one is now told.
uint32_t grace_period_over(uint32_t pc, SavedRegisters& registers) {
  const bool was_told = processor.told == processor.current;
  if (processor.told != kNobody) charge(*transfer_record(processor.told).environment, pc);
  timer_start(timer_grace_ticks());
  return was_told ? restart(*current_environment().context, pc) : tell_end(pc, registers);
}

}  // namespace

/// A device has interrupted the running environment at `pc`, or the FPU, or, in a grace period, the
/// timer. Returns where it continues. A grace period is the environment's time: devices wait for
/// its end, and the next slice begins with all of them.
extern "C" uint32_t interrupt_in_cxx(uint32_t pc, SavedRegisters& registers) {
  EXO_DOMAIN("multiplexing");
  if (fpu_has_raised()) return fpu_forward(pc, registers);
  if (processor.told != 0) {
    interrupts_shut_out();
    if (timer_has_expired()) return grace_period_over(pc, registers);
  } else {
    interrupts_acknowledge();
    interrupts_shut_out_raised();  // the timer's line stays: an end of the slice is not lost
    // Behind the FPU's line interrupt.S does not see it.
    if (fpu_shut_out() && timer_has_expired()) {
      timer_start(timer_grace_ticks());
      return tell_end(pc, registers);
    }
  }
  return restart(*current_environment().context, pc);
}

}  // namespace aegis
