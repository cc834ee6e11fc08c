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
uint32_t slice_length;                // ticks of that, as it began
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

// Who is asleep has to be looked at once in a round through the vector, however many slices it has.
uint32_t round;
uint32_t looked_at_in[kEnvironmentMax + 1];  // owners of slices: the round

bool is_looked_at(uint16_t owner) { return looked_at_in[owner] == round; }
void note_look(uint16_t owner) { looked_at_in[owner] = round; }

/// A round may be long, and the kernel runs with interrupts off: every few positions (ours) devices
/// are asked.
void serve_devices(uint32_t count) {
  constexpr uint32_t kPositionsBetween = 32;
  if (count % kPositionsBetween == 0) interrupts_acknowledge();
}

/// What has happened of what an environment waits for.
uint32_t happened(const Environment& environment, uint64_t now) {
  const uint32_t awaited = environment.sleep.events;
  uint32_t events = environment.posted & awaited;
  if ((awaited & EXO_EVENT_NOTICE) != 0 && has_notice(environment)) events |= EXO_EVENT_NOTICE;
  if ((awaited & EXO_EVENT_TIME) != 0 && now >= environment.sleep.until) events |= EXO_EVENT_TIME;
  return events;
}

/// False if it goes on sleeping.
bool would_wake(const Environment& environment, uint64_t now) {
  return environment.sleep.events == 0 || happened(environment, now) != 0;
}

/// Wakes an environment if something has happened that it waits for; it runs next, so that the
/// event is reported. False if it goes on sleeping.
bool is_awake(Environment& environment, uint64_t now) {
  if (environment.sleep.events == 0) return true;
  const uint32_t events = happened(environment, now);
  if (events == 0) return false;
  environment.sleep.events = 0;
  environment.posted &= ~events;
  environment.context->events = events;
  return true;
}

/// Ticks of the slice at a position.
uint32_t slice_ticks(uint32_t at) {
  const uint32_t own = slices[at].ticks;
  return own != 0 ? own : timer_slice_ticks();
}

/// Takes time off what an environment owes.
void pay(Environment& environment, uint32_t ticks) {
  environment.owed -= environment.owed < ticks ? environment.owed : ticks;
}

/// True if time alone wakes it, or a device: it waits for that, or has just got it, or its
/// revocation goes on and ends with a notice.
bool wakes_by_itself(const Environment& sleeper) {
  const uint32_t awaited = sleeper.sleep.events;
  if ((awaited & (sleeper.posted | EXO_EVENT_TIME)) != 0 || interrupts_may_wake(sleeper))
    return true;
  return (awaited & EXO_EVENT_NOTICE) != 0 && sleeper.revocation.phase != 0;
}

/// While all sleep, only who runs in somebody's slices can be woken: any other sleeper must be
/// entered by one of those. Who was found last is looked at first.
bool can_someone_wake() {
  static uint32_t found;  // position
  const uint32_t end = slices_end();
  uint32_t at = found;
  ++round;
  for (uint32_t count = end; count > 0; --count, ++at) {
    serve_devices(count);
    if (at >= end) at = 0;
    const uint16_t owner = slices[at].environment;
    if (owner == 0 || is_looked_at(owner)) continue;
    note_look(owner);
    if (!wakes_by_itself(transfer_runner(owner))) continue;
    found = at;
    return true;
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
  interrupts_acknowledge();  // each of the two may take long
  revocations_advance();
}

/// By a load: a slot is found by a multiplication.
Environment& owner_of_slice(uint16_t id) { return *transfer_record(scaled_id(id)).environment; }

/// True if its owner uses the slice at a position: does not forfeit it, or sleep through it.
bool is_used(uint16_t owner, uint32_t at, uint64_t now) {
  if (is_looked_at(owner)) return false;
  Environment& environment = owner_of_slice(owner);
  if (environment.owed != 0) {
    pay(environment, slice_ticks(at));
    return false;
  }
  note_look(owner);
  return is_awake(transfer_runner(owner), now);
}

/// Moves on to the next slice that somebody has and uses. False if there is none in one round.
bool advance() {
  const uint64_t now = timer_now();
  const uint32_t end = slices_end();
  uint32_t at = position;
  ++round;
  for (uint32_t count = end; count > 0; --count) {
    if (++at >= end) at = 0;
    serve_devices(count);
    const uint16_t owner = slices[at].environment;
    if (owner == 0 || !is_used(owner, at, now)) continue;
    position = at;
    return true;
  }
  return false;
}

/// Nobody wants the processor but those who forfeit their slices: what the least of them owes
/// passes at once. False if they all sleep.
bool pass_forfeited_time() {
  const uint64_t now = timer_now();
  const uint32_t end = slices_end();
  const Environment* least = nullptr;
  ++round;
  for (uint32_t at = 0; at < end; ++at) {
    serve_devices(at);
    const uint16_t id = slices[at].environment;
    if (id == 0 || is_looked_at(id)) continue;
    note_look(id);
    const Environment& owner = owner_of_slice(id);
    const bool is_less = least == nullptr || owner.owed < least->owed;
    if (is_less && would_wake(transfer_runner(id), now)) least = &owner;
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
  while (!advance() && !(pass_forfeited_time() && advance())) {
    if (!has_ending_environments()) {
      if (!can_someone_wake()) end_of_all_slices();
      idle();
    }
    look_around();
  }
  slice_length = slice_ticks(position);
  timer_start(slice_length);
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
  const uint32_t more = std::max(timer_grace_ticks(), slice_length);
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
