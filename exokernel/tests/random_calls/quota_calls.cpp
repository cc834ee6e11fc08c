// Random calls about quotas: limits, minima and weights of accounts, and who is the arbiter.
#include "exokernel/tests/random_calls/model.hpp"
#include "exokernel/tests/random_calls/tables.hpp"

namespace model {
namespace {

/// Of requests to devices, which end by themselves, nothing can be promised.
bool is_queue(uint32_t resource) {
  return resource == EXO_RESOURCE_TRANSFERS || resource == EXO_RESOURCE_REQUESTS;
}

uint32_t random_minimum(uint32_t resource) {
  if (is_queue(resource) || random(3) != 0) return 0;
  if (random(16) == 0) return 0 - random(4);  // sums with it overflow
  return random(16) == 0 ? free_units[resource] + random(4) : random(4);
}

/// Mostly one that does not keep anybody from anything.
uint32_t random_limit(uint32_t slot, uint32_t resource) {
  if (random(2) == 0) return EXO_NO_LIMIT;
  return slots[slot].own[resource] + random(4);
}

uint32_t above(uint32_t minimum, uint32_t used) { return minimum > used ? minimum - used : 0; }

/// What the account that a slot's environment shares is promised more when that one leaves it.
uint32_t promised_to_others(uint32_t slot, uint32_t resource) {
  const uint32_t account = slots[slot].account;
  if (account == slot) return 0;
  const uint32_t minimum = slots[account].quotas[resource].minimum;
  const uint32_t used = used_by_account(account, resource);
  return above(minimum, used - slots[slot].own[resource]) - above(minimum, used);
}

/// Every promise must be there: the new one, and those of the account that is left.
bool is_there(uint32_t slot, uint32_t resource, uint32_t minimum) {
  const bool is_own = slots[slot].account == slot;
  const uint32_t used = is_own ? used_by_account(slot, resource) : slots[slot].own[resource];
  const uint32_t already = is_own ? above(slots[slot].quotas[resource].minimum, used) : 0;
  for (uint32_t other = 0; other < EXO_RESOURCE_COUNT; ++other)
    if (promised_to_others(slot, other) > free_units[other] - promised(other)) return false;
  const uint32_t left =
      free_units[resource] - promised(resource) - promised_to_others(slot, resource);
  return above(minimum, used) <= already + left;
}

uint32_t quota_set_error(uint32_t slot, uint32_t resource, const Quota& wanted) {
  if (resource >= EXO_RESOURCE_COUNT || wanted.minimum > wanted.limit ||
      wanted.weight > EXO_WEIGHT_MAX)
    return EXO_ERROR_BAD_ARGUMENT;
  return is_there(slot, resource, wanted.minimum) ? 0 : EXO_ERROR_NO_MEMORY;
}

void set() {
  const uint32_t slot = random_slot();
  const uint32_t resource = random(EXO_RESOURCE_COUNT + (random(8) == 0 ? 2 : 0));
  Quota wanted{0, EXO_NO_LIMIT, random(16) == 0 ? 65535 + random(2) : random(3)};
  if (resource < EXO_RESOURCE_COUNT)
    wanted = {random_minimum(resource), random_limit(slot, resource), wanted.weight};
  const uint32_t id = random(16) == 0 ? 0 : slots[slot].id;
  const Attempt with = attempt(quota, true);
  const exo::CallResult result =
      CALL(quota_set, with.capability, id, resource, wanted.minimum, wanted.limit, wanted.weight);
  uint32_t error = with.error(EXO_RIGHT_WRITE);
  if (error == 0 && id == 0) error = EXO_ERROR_NO_ENVIRONMENT;
  if (error == 0) error = quota_set_error(slot, resource, wanted);
  EXPECT(result, error);
  if (!result.ok()) return;
  if (slots[slot].account != slot) separate(slot);
  slots[slot].quotas[resource] = wanted;
}

/// What refuses most is taken back from time to time.
void relax() {
  const uint32_t slot = random_slot();
  if (slots[slot].account != slot) return;
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource) {
    const exo::CallResult result =
        CALL(quota_set, quota, uint32_t{slots[slot].id}, resource, 0u, EXO_NO_LIMIT, 0u);
    EXPECT(result, 0);
    slots[slot].quotas[resource] = {0, EXO_NO_LIMIT, 0};
  }
}

void arbitrate() {
  const Attempt with = attempt(quota, true);
  const exo::CallResult result = CALL(quota_arbitrate, with.capability);
  EXPECT(result, with.error(EXO_RIGHT_WRITE));
  if (result.ok()) arbiter = self();
}

}  // namespace

const Call kQuotaCalls[] = {set, set, relax, arbitrate, nullptr};

}  // namespace model
