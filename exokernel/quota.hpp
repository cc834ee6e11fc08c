// Quotas: how many units of each resource an account may have. The kernel only counts and compares;
// who gets how much is decided by the environments that hold the quota capability, and one of them,
// the arbiter, is told of each refusal.
#pragma once

#include <cstdint>

#include "exokernel/abi/exposed.hpp"
#include "exokernel/capability.hpp"
#include "exokernel/environment.hpp"

namespace aegis {

struct QuotaSet {
  exo::QuotaRecord of[EXO_RESOURCE_COUNT];
};
extern QuotaSet quotas[kEnvironmentMax + 1];

/// The proof of the only capability of its kind, and who may mint it.
extern Proof quota_proof;
inline constexpr uint16_t kQuotaOwner = 1;  // the first program started at boot

void quotas_start();
/// Quotas of a new environment: an account of its own with EXO_GUARANTEED_PAGES promised, or a part
/// of its creator's.
void quota_open(const Environment& environment, uint32_t creator);
/// The environment ends: nothing is promised to its account any more.
void quota_end_promises(const Environment& environment);
/// The environment has ended: those that use its account have accounts of their own from now on,
/// so many at a time. False if that were all.
bool quota_separate_some(const Environment& environment, unsigned count);
/// The environment has ended, holds nothing any more, and nobody else uses its account.
void quota_close(const Environment& environment);

/// 0 if the environment's account may have `count` units more, EXO_ERROR_QUOTA if not: then the
/// arbiter will be told. kAgain (repeated_call.hpp) if an ended environment still has some, of
/// resources that are reclaimed in steps: slices, transfers and requests are not.
uint32_t quota_check(const Environment& environment, uint32_t resource, uint32_t count);
/// The same for a unit that another environment, or the kernel (null), gets from `giver`. None
/// becomes free: nobody's minimum may come to depend on it.
uint32_t quota_check_transfer(const Environment& giver, const Environment* receiver,
                              uint32_t resource);
/// Its creator has ended, and it goes on: whom it is charged to from now on. To itself; but to the
/// account that has paid for it till now, if something promised to that depends on it.
uint16_t quota_payer_of_orphan(const Environment& orphan);
/// An environment gets or loses units.
void quota_take(uint32_t id, uint32_t resource, uint32_t count);
void quota_give_back(uint32_t id, uint32_t resource, uint32_t count);
/// Units become free, or are no longer.
void stock_add(uint32_t resource, uint32_t count);
void stock_remove(uint32_t resource, uint32_t count);

/// Units of the environment that revocation may take: those above its minimum.
uint32_t quota_above_minimum(const Environment& environment, uint32_t resource);

}  // namespace aegis
