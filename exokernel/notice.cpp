// Which notice is told next.
#include "exokernel/notice.hpp"

#include "exokernel/environment.hpp"
#include "exokernel/page.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/revocation.hpp"
#include "isa/markers.h"

namespace aegis {
namespace {

struct Refusal {
  uint32_t environment;
  uint32_t resource;
  uint32_t count;
};

constexpr unsigned kRefusalsMax = 16;
Refusal refusals[kRefusalsMax];  // the oldest first
unsigned refusal_count;

struct Notice {
  uint32_t kind, resource, count, time, environment;
};

void write(exo::Context& context, const Notice& notice) {
  context.notice_kind = notice.kind;
  context.notice_resource = notice.resource;
  context.notice_count = notice.count;
  context.notice_time = notice.time;
  context.notice_environment = notice.environment;
}

bool next_refusal(Notice& notice) {
  if (refusal_count == 0) return false;
  const Refusal& oldest = refusals[0];
  notice = {EXO_NOTICE_REFUSAL, oldest.resource, oldest.count, 0, oldest.environment};
  --refusal_count;
  for (unsigned index = 0; index < refusal_count; ++index) refusals[index] = refusals[index + 1];
  return true;
}

/// One notice for each resource of which units have been taken.
Notice next_repossession(Environment& environment) {
  uint32_t resource = 0;
  while ((environment.untold >> resource & 1) == 0) ++resource;
  environment.untold &= static_cast<uint8_t>(environment.untold - 1);  // the lowest bit
  const uint32_t count = environment.repossessed[resource];
  environment.repossessed[resource] = 0;
  return {EXO_NOTICE_REPOSSESSION, resource, count, 0, environment.id};
}

/// What has been taken is told first: the environment must know before it goes on.
bool next_notice(Environment& environment, Notice& notice) {
  if (environment.untold != 0) {
    notice = next_repossession(environment);
    return true;
  }
  Revocation& revocation = environment.revocation;
  if (revocation.phase != 0 && !revocation.is_told) {
    revocation.is_told = true;
    notice = {revocation.phase, revocation.resource, revocation_outstanding(environment),
              static_cast<uint32_t>(revocation.deadline), environment.id};
    return true;
  }
  return system_page.record.arbiter == environment.id && next_refusal(notice);
}

}  // namespace

bool has_notice(const Environment& environment) {
  const Revocation& revocation = environment.revocation;
  const bool is_arbiter = system_page.record.arbiter == environment.id;
  return environment.untold != 0 || (revocation.phase != 0 && !revocation.is_told) ||
         (is_arbiter && refusal_count != 0);
}

void note_refusal(uint32_t environment, uint32_t resource, uint32_t count) {
  if (system_page.record.arbiter == 0) return;
  for (unsigned index = 0; index < refusal_count; ++index) {
    Refusal& known = refusals[index];
    if (known.environment != environment || known.resource != resource) continue;
    known.count = count;
    return;
  }
  if (refusal_count < kRefusalsMax) refusals[refusal_count++] = {environment, resource, count};
}

uint32_t slice_entry(Environment& environment) {
  EXO_DOMAIN("multiplexing");
  exo::Context& context = *environment.context;
  if (context.notice_entry == 0) return context.slice_start;
  Notice notice;
  if (!next_notice(environment, notice)) return context.slice_start;
  write(context, notice);
  return context.notice_entry;
}

}  // namespace aegis
