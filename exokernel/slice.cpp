// Slices: start, yield, sleep, overrun.
#include "exokernel/slice.hpp"

#include <algorithm>

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
#include "isa/machine/exceptions.h"
#include "isa/markers.h"

namespace aegis {

extern "C" [[noreturn]] void enter_user(uint32_t pc, uint32_t entry_hi, uint32_t status);

namespace {

/// Grace periods that an environment may overrun in its life before it is destroyed (ours).
constexpr uint32_t kExcessMax = 4;

// The kernel's entry for `syscall`, and the one behind the first grace period of a slice.
extern "C" void kernel_call();
extern "C" void kernel_call_without_transfers();

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
  if (waits_for_time && timer_now() >= sleep.until) happened |= EXO_EVENT_TIME;
  happened &= sleep.events;
  if (happened == 0) return false;
  sleep.events = 0;
  environment.posted &= ~happened;
  environment.context->events = happened;
  return true;
}

/// Ticks of the slice at `position`.
uint32_t slice_ticks() {
  const uint32_t own = slices[position].ticks;
  return own != 0 ? own : timer_slice_ticks();
}

/// Takes time off what an environment owes.
void pay(Environment& environment, uint32_t ticks) {
  environment.owed -= environment.owed < ticks ? environment.owed : ticks;
}

/// The slice at `position` is forfeited by its owner.
bool is_forfeited() {
  Environment& owner = environment_slot(slices[position].environment);
  if (owner.owed == 0) return false;
  pay(owner, slice_ticks());
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
  const uint64_t begin = timer_now();
  while (timer_now() == begin && !interrupts_are_raised()) {
  }
}

/// What happens between slices.
void look_around() {
  interrupts_acknowledge();
  environments_reclaim();
  revocations_advance();
}

/// Moves on to the next slice that is used: not free, not forfeited, not slept through. False if
/// there is none in one round.
bool find_next() {
  for (uint32_t count = slices_end(); count > 0; --count) {
    ++position;
    if (position >= slices_end()) position = 0;
    const uint16_t owner = slices[position].environment;
    if (owner != 0 && !is_forfeited() && is_awake(transfer_runner(environment_slot(owner))))
      return true;
  }
  return false;
}

/// Nobody wants the processor but those who forfeit their slices: what the least of them owes
/// passes at once. False if they all sleep.
bool pass_forfeited_time() {
  const Environment* least = nullptr;
  for (uint32_t at = 0; at < slices_end(); ++at) {
    if (slices[at].environment == 0) continue;
    Environment& owner = environment_slot(slices[at].environment);
    if ((least == nullptr || owner.owed < least->owed) && is_awake(transfer_runner(owner)))
      least = &owner;
  }
  if (least == nullptr) return false;
  const uint32_t passed = least->owed;
  for (uint32_t id = 1; id <= kEnvironmentMax; ++id) pay(environment_slot(id), passed);
  return true;
}

}  // namespace

void slice_run_next() {
  EXO_DOMAIN("multiplexing");
  look_around();
  while (!find_next() && !(pass_forfeited_time() && find_next())) {
    if (!has_ending_environments()) {
      if (!can_someone_wake()) end_of_all_slices();
      idle();
    }
    look_around();
  }
  timer_start(slice_ticks());
  processor.told = 0;
  prolonged = 0;
  exception_entries[EXC_SYS] = kernel_call;
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
  current_environment().sleep = {.events = events, .until = timer_now() + timer_ticks(call.a[1])};
  slice_run_next();
}

extern "C" void sys_yield(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t target = call.a[0];
  if (target != EXO_YIELD_NEXT && !is_running(target)) return call.fail(EXO_ERROR_NO_ENVIRONMENT);
  current_environment().sleep.events = 0;  // a transfer may have entered it while it slept
  if (target == EXO_YIELD_NEXT) slice_run_next();
  if (processor.told != 0) slice_run_next();
  Environment& environment = environment_slot(target);
  if (!environment.has_run) prolong_slice();
  run(environment);
}

namespace {

/// Another grace period belongs to the slice, whoever runs in it. Its owner forfeits a slice for
/// it, and no less time than it takes.
void charge_owner() {
  constexpr uint32_t kMost = 0xffffffff;
  if (processor.slice_owner == 0) return;  // it has ended
  uint32_t& owed = transfer_record(processor.slice_owner).environment->owed;
  const uint32_t more = std::max(timer_grace_ticks(), slice_ticks());
  owed = more < kMost - owed ? owed + more : kMost;
}

/// An environment has been told of the slice's end and has not yielded. Ends it if it has done so
/// too often.
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

/// The running environment was in a grace period at `pc`, and that is over. Returns where it
/// continues. Who was told of the slice's end is charged; if that one has transferred control, the
/// running one is now told, and is the last one: in this slice nobody transfers control any more.
uint32_t grace_period_over(uint32_t pc, SavedRegisters& registers) {
  const bool was_told = processor.told == processor.current;
  exception_entries[EXC_SYS] = kernel_call_without_transfers;
  charge_owner();
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
