// The vector of slices, and the calls on its positions.
#include "exokernel/slice_vector.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/page.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/revocation.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

namespace aegis {

alignas(PAGE_SIZE) exo::SliceRecord slices[kSlicePositions];
static_assert(sizeof(slices) % PAGE_SIZE == 0);

namespace {

constexpr uint32_t kNoSlice = 0xffffffff;

uint32_t end;
uint32_t lowest;  // no position below is free

void give(uint32_t position, uint16_t owner, uint32_t ticks) {
  slices[position] = {.environment = owner, .ticks = static_cast<uint16_t>(ticks)};
  stock_remove(EXO_RESOURCE_SLICES, 1);
  quota_take(owner, EXO_RESOURCE_SLICES, 1);
  if (position >= end) end = position + 1;
}

void clear(uint32_t position) {
  slices[position] = {.environment = 0, .ticks = 0};
  if (position < lowest) lowest = position;
}

/// The vector ends behind the last position that somebody has.
void shorten() {
  while (end > 0 && slices[end - 1].environment == 0) --end;
}

void take(uint32_t position) {
  stock_add(EXO_RESOURCE_SLICES, 1);
  quota_give_back(slices[position].environment, EXO_RESOURCE_SLICES, 1);
  clear(position);
  shorten();
}

uint32_t find_free() {
  while (lowest < kSlicePositions && slices[lowest].environment != 0) ++lowest;
  return lowest < kSlicePositions ? lowest : kNoSlice;
}

/// Checks that the position is the caller's. Returns 0 or an EXO_ERROR_.
uint32_t check_own(uint32_t position) {
  if (position >= kSlicePositions) return EXO_ERROR_BAD_ARGUMENT;
  return slices[position].environment == current_environment().id ? 0 : EXO_ERROR_NOT_OWNER;
}

}  // namespace

void slices_start() {
  stock_add(EXO_RESOURCE_SLICES, kSlicePositions);
  const auto begin = reinterpret_cast<uintptr_t>(slices);
  pages_expose(begin, begin + sizeof slices);
}

uint32_t slices_end() { return end; }

uint32_t slices_add(const Environment& environment) {
  const uint32_t position = find_free();
  give(position, environment.id, 0);
  return position;
}

void slices_remove(const Environment& environment) {
  uint32_t count = 0;
  for (uint32_t position = 0; position < end; ++position) {
    if (slices[position].environment != environment.id) continue;
    clear(position);
    ++count;
  }
  stock_add(EXO_RESOURCE_SLICES, count);
  quota_give_back(environment.id, EXO_RESOURCE_SLICES, count);
  shorten();
}

uint32_t slices_repossess(Environment& environment, uint32_t count) {
  uint32_t taken = 0;
  for (uint32_t position = end; taken < count && position-- > 0;) {
    if (slices[position].environment != environment.id) continue;
    take(position);
    repossession_record(environment, EXO_RESOURCE_SLICES, position, 0);
    ++taken;
  }
  return taken;
}

extern "C" void sys_slice_alloc(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  uint32_t position = call.a[0];
  const uint32_t ticks = call.a[1];
  if (ticks > EXO_SLICE_TICKS_MAX) return call.fail(EXO_ERROR_BAD_ARGUMENT);
  if (position == EXO_SLICE_ANY) {
    position = find_free();
    if (position == kNoSlice) return call.fail(EXO_ERROR_LIMIT);
  } else {
    if (position >= kSlicePositions) return call.fail(EXO_ERROR_BAD_ARGUMENT);
    if (slices[position].environment != 0) return call.fail(EXO_ERROR_BUSY);
  }
  const Environment& caller = current_environment();
  if (const uint32_t error = quota_check(caller, EXO_RESOURCE_SLICES, 1)) return call.fail(error);
  give(position, caller.id, ticks);
  call.succeed(position);
}

extern "C" void sys_slice_dealloc(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  if (const uint32_t error = check_own(call.a[0])) return call.fail(error);
  take(call.a[0]);
  call.succeed(0);
}

extern "C" void sys_slice_give(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t position = call.a[0];
  const exo::Capability receiver{{call.a[1], call.a[2], call.a[3]}};
  if (const uint32_t error = check_own(position)) return call.fail(error);
  if (const uint32_t error = check_capability(receiver, EXO_KIND_ENVIRONMENT, EXO_RIGHT_WRITE))
    return call.fail(error);
  const Environment& environment = environment_slot(receiver.index());
  if (!is_running(environment.id)) return call.fail(EXO_ERROR_NO_ENVIRONMENT);
  if (current_environment().owed != 0) return call.fail(EXO_ERROR_BUSY);  // it is to be forfeited
  if (const uint32_t error =
          quota_check_transfer(current_environment(), &environment, EXO_RESOURCE_SLICES))
    return call.fail(error);
  const uint32_t ticks = slices[position].ticks;
  take(position);
  give(position, environment.id, ticks);
  call.succeed(0);
}

}  // namespace aegis
