// The phases of revocation, the end of each, and who takes units of which resource.
#include "exokernel/revocation.hpp"

#include <algorithm>

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/disk.hpp"
#include "exokernel/dma.hpp"
#include "exokernel/downloaded_code.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/extent.hpp"
#include "exokernel/page.hpp"
#include "exokernel/page_save.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/slice_vector.hpp"
#include "exokernel/tile.hpp"
#include "exokernel/timer.hpp"
#include "isa/markers.h"

namespace aegis {
namespace {

/// Takes units of a resource from an environment by force, at most `count`, records each in its
/// repossession vector, and returns how many.
using Repossess = uint32_t (*)(Environment&, uint32_t count);

/// By resource; null if units cannot be taken.
constexpr Repossess kRepossess[EXO_RESOURCE_COUNT] = {
    pages_repossess,  slices_repossess, nullptr,         dma_repossess,
    extent_repossess, disk_repossess,   tiles_repossess, code_repossess};
static_assert(EXO_RESOURCE_PAGES == 0 && EXO_RESOURCE_SLICES == 1 && EXO_RESOURCE_TRANSFERS == 3);
static_assert(EXO_RESOURCE_BLOCKS == 4 && EXO_RESOURCE_REQUESTS == 5 && EXO_RESOURCE_TILES == 6 &&
              EXO_RESOURCE_CODE == 7);

/// Units that are taken between two slices: the kernel runs with interrupts off. Code may be the
/// predicate of many pages, whose bindings are broken.
constexpr uint32_t taken_at_once(uint32_t resource) {
  if (resource == EXO_RESOURCE_BLOCKS) return EXO_EXTENT_MAX;
  return resource == EXO_RESOURCE_CODE ? 1 : 8;
}

uint16_t first_revoked;  // ids of those with a revocation: a list, by Revocation::next; 0: nobody

uint32_t units(const Environment& environment, uint32_t resource) {
  return quotas[environment.id].of[resource].own;
}

void begin_phase(Revocation& revocation, uint8_t phase) {
  revocation.phase = phase;
  revocation.is_told = false;
  revocation.deadline = timer_now() + timer_ticks(revocation.period);
}

/// From now on units are taken: those that are outstanding now, so that it ends even if the
/// environment gets new ones meanwhile.
void begin_force(Environment& environment) {
  environment.revocation.left = revocation_outstanding(environment);
  environment.revocation.phase = EXO_NOTICE_REPOSSESSION;
  environment.revocation.is_told = true;  // what has been taken is told by itself
}

/// Takes some of what is left, but nothing of what its account is promised. Returns how much.
[[gnu::noinline]] uint32_t abort_protocol(Environment& environment) {
  EXO_DOMAIN("protection");
  Revocation& revocation = environment.revocation;
  const uint32_t resource = revocation.resource;
  const uint32_t count =
      std::min({revocation_outstanding(environment), revocation.left, taken_at_once(resource),
                quota_above_minimum(environment, resource)});
  const uint32_t taken = count == 0 ? 0 : kRepossess[resource](environment, count);
  if (taken == 0) return 0;
  revocation.left -= taken;
  environment.untold |= static_cast<uint8_t>(1u << resource);
  environment.repossessed[resource] += taken;
  return taken;
}

/// True if the pages to be taken would go to the disk, which has too many of them.
bool must_wait(const Environment& environment) {
  return environment.revocation.resource == EXO_RESOURCE_PAGES && page_saves_must_wait(environment);
}

/// True if it has taken something.
bool advance(Environment& environment, uint64_t now, bool may_take) {
  Revocation& revocation = environment.revocation;
  if (revocation_outstanding(environment) == 0) {
    revocation_forget(environment);
    return false;
  }
  if (revocation.phase != EXO_NOTICE_REPOSSESSION) {
    if (now < revocation.deadline) return false;
    if (revocation.phase == EXO_NOTICE_REVOCATION) {
      begin_phase(revocation, EXO_NOTICE_IMPERATIVE);
      return false;
    }
    begin_force(environment);
  }
  if (!may_take || must_wait(environment)) return false;
  // What is not there can wait no longer: it has been returned meanwhile, or given away.
  const bool has_taken = abort_protocol(environment) != 0;
  if (!has_taken || revocation.left == 0 || revocation_outstanding(environment) == 0)
    revocation_forget(environment);
  return has_taken;
}

}  // namespace

uint32_t revocation_outstanding(const Environment& environment) {
  const Revocation& revocation = environment.revocation;
  if (revocation.phase == 0) return 0;
  const uint32_t has = units(environment, revocation.resource);
  return has > revocation.target ? has - revocation.target : 0;
}

void revocation_forget(Environment& environment) {
  if (environment.revocation.phase == 0) return;
  environment.revocation.phase = 0;
  uint16_t* link = &first_revoked;
  while (*link != environment.id) link = &environment_slot(*link).revocation.next;
  *link = environment.revocation.next;
}

void revocations_advance() {
  if (first_revoked == 0) return;
  EXO_DOMAIN("multiplexing");
  const uint64_t now = timer_now();
  bool may_take = true;  // from one environment between two slices, until it is done with
  for (uint32_t id = first_revoked; id != 0;) {
    Environment& environment = environment_slot(id);
    id = environment.revocation.next;
    if (advance(environment, now, may_take)) may_take = false;
  }
}

void repossession_record(Environment& environment, uint32_t resource, uint32_t index,
                         uint32_t saved) {
  constexpr uint32_t kResourceShift = 28;
  exo::Context& context = *environment.context;
  context.repossession[context.repossessed % EXO_REPOSSESSION_ENTRIES] = {
      .what = (resource << kResourceShift) | index, .saved = saved};
  ++context.repossessed;
}

extern "C" void sys_revoke(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  if (const uint32_t error =
          check_capability({{call.a[0], call.a[1], call.a[2]}}, EXO_KIND_QUOTA, EXO_RIGHT_WRITE))
    return call.fail(error);
  const uint32_t id = call.a[3], resource = call.t[0], count = call.t[1], cycles = call.t[2];
  Environment* const environment = find_environment(id);
  if (environment == nullptr) return call.fail(EXO_ERROR_NO_ENVIRONMENT);
  if (resource >= EXO_RESOURCE_COUNT || kRepossess[resource] == nullptr || count == 0)
    return call.fail(EXO_ERROR_BAD_ARGUMENT);
  if (environment->revocation.phase != 0) return call.fail(EXO_ERROR_BUSY);
  if (count > quota_above_minimum(*environment, resource)) return call.fail(EXO_ERROR_LIMIT);
  environment->revocation = {.phase = 0,
                             .resource = static_cast<uint8_t>(resource),
                             .is_told = false,
                             .next = first_revoked,
                             .target = units(*environment, resource) - count,
                             .left = 0,
                             .period = cycles,
                             .deadline = 0};
  begin_phase(environment->revocation, EXO_NOTICE_REVOCATION);
  first_revoked = environment->id;
  call.succeed(0);
}

}  // namespace aegis
