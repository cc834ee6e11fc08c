// Ending environments: what happens at once, and the queue of those that are being reclaimed.
#include "exokernel/environment_end.hpp"

#include "exokernel/address_space.hpp"
#include "exokernel/binding.hpp"
#include "exokernel/disk.hpp"
#include "exokernel/dma.hpp"
#include "exokernel/downloaded_code.hpp"
#include "exokernel/extent.hpp"
#include "exokernel/fpu.hpp"
#include "exokernel/guarantee.hpp"
#include "exokernel/interrupt_line.hpp"
#include "exokernel/page.hpp"
#include "exokernel/panic.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/revocation.hpp"
#include "exokernel/slice_vector.hpp"
#include "exokernel/tile.hpp"
#include "isa/markers.h"

namespace aegis {
namespace {

/// Pages that are reclaimed at a time, if each is bound once at most (ours): some 20,000 cycles
/// with interrupts off.
constexpr unsigned kReclaimedAtOnce = 64;

/// Environments that outlive their creator and go on in accounts of their own, at a time (ours).
constexpr unsigned kOrphansAtOnce = 16;

unsigned begun_count;  // environments that have been created and have not begun to end
uint32_t boot_environments;
uint32_t first_failed;  // the lowest id of a program started at boot that has failed
uint32_t final_status;
uint16_t first_ending, last_ending;  // ids: a queue, by Environment::next_ending; 0: it is empty

/// The machine ends with the first status that is not 0, in the order of the programs on the
/// command line. What programs make of their own environments' statuses is their business.
void note_status(uint32_t id, uint32_t status) {
  if (status == 0 || environment_record(id).lives != 1 || id > boot_environments) return;
  if (final_status != 0 && first_failed < id) return;
  first_failed = id;
  final_status = status;
}

void queue(Environment& environment) {
  environment.next_ending = 0;
  if (first_ending == 0)
    first_ending = environment.id;
  else
    environment_slot(last_ending).next_ending = environment.id;
  last_ending = environment.id;
}

/// What cannot wait: it does not run, nobody gets at it, no device works for it.
void begin_end(Environment& environment, uint32_t status) {
  exo::EnvironmentRecord& record = environment_record(environment.id);
  record.state = EnvironmentState::kEnding;
  record.status = static_cast<uint8_t>(status);
  note_status(environment.id, status);
  environment.proof.renew();
  revocation_forget(environment);
  quota_end_promises(environment);
  slices_remove(environment);
  dma_flush_owner(environment);
  disk_cancel_owner(environment);
  interrupt_lines_give_back(environment);
  fpu_forget(environment);
  transfer_record_end(environment);
  guarantees_remove(environment);
  address_space_release(environment);
  transfer_record_update(environment);
  queue(environment);
  if (--begun_count == 0) machine_exit(final_status);
}

/// False if there are more.
bool reclaim_pages(const Environment& environment) {
  unsigned effort = 0;
  uint32_t pfn = first_page_of(environment.id);
  for (; pfn != kNoPage; pfn = first_page_of(environment.id)) {
    const unsigned more = breaking_effort(pfn);
    if (effort != 0 && effort + more > kReclaimedAtOnce) return false;
    effort += more;
    break_bindings(pfn);
    page_release(pfn);
  }
  return true;
}

/// An environment outlives who is charged for it.
void charge_anew(Environment& environment) {
  const uint16_t payer = quota_payer_of_orphan(environment);
  quota_give_back(environment.creator, EXO_RESOURCE_ENVIRONMENTS, 1);
  environment.creator = payer;
  quota_take(environment.creator, EXO_RESOURCE_ENVIRONMENTS, 1);
}

/// Who created them, or is charged for them, is gone. Those that run belong to themselves from now
/// on; those that have not been started never will be. Deals with some, at most one of these, and
/// returns true; false if there is none left.
bool end_orphans(uint16_t owner) {
  const exo::QuotaRecord& children = quotas[owner].of[EXO_RESOURCE_ENVIRONMENTS];
  unsigned left = kOrphansAtOnce;
  for (uint16_t id = 1; id <= kEnvironmentMax && children.own != 0; ++id) {
    exo::EnvironmentRecord& record = environment_record(id);
    Environment& environment = environment_slot(id);
    if (id == owner || !has_environment(id)) continue;
    if (record.owner != owner && environment.creator != owner) continue;
    if (environment.creator == owner) charge_anew(environment);
    if (record.owner != owner) continue;
    record.owner = id;
    if (record.state == EnvironmentState::kCreated) {
      begin_end(environment, EXO_STATUS_DESTROYED);
      return true;
    }
    if (--left == 0) return true;
  }
  return false;
}

/// It has nothing any more.
void finish(Environment& environment) {
  if (environment.info_pfn != kNoPage) page_release(environment.info_pfn);
  if (environment.creator != exo::kOwnerNone)
    quota_give_back(environment.creator, EXO_RESOURCE_ENVIRONMENTS, 1);
  quota_close(environment);
  environment_free(environment);
}

/// Reclaims some of it. True if that was all.
bool reclaim(Environment& environment) {
  if (code_take_newest(environment) != kNoPage || tiles_remove_some(environment) ||
      extent_reclaim(environment))
    return false;
  return reclaim_pages(environment) && !end_orphans(environment.id) &&
         !quota_separate_some(environment, kOrphansAtOnce);
}

}  // namespace

void environment_ends_start(uint32_t at_boot) { boot_environments = at_boot; }

void environment_begins() { ++begun_count; }

void environment_end(Environment& environment, uint32_t status) {
  EXO_DOMAIN("protection");
  begin_end(environment, status);
  interrupts_acknowledge();  // each of the two may take long
  environments_reclaim();
}

[[gnu::noinline]] bool environments_reclaim() {
  EXO_DOMAIN("protection");
  if (first_ending == 0) return false;
  Environment& environment = environment_slot(first_ending);
  if (!reclaim(environment)) return true;
  first_ending = environment.next_ending;
  finish(environment);
  return true;
}

bool has_ending_environments() { return first_ending != 0; }

}  // namespace aegis
