// The model's accounts: units that are free, held, promised, and who may have more. As
// docs/exokernel.md says it ("Quotas"), with sums that are made anew each time.
#include "exokernel/tests/random_calls/model.hpp"

namespace model {
namespace {

bool is_account(uint32_t slot) { return slots[slot].id != 0 && slots[slot].account == slot; }

uint32_t outstanding(uint32_t account, uint32_t resource) {
  const uint32_t minimum = slots[account].quotas[resource].minimum;
  const uint32_t used = minimum == 0 ? 0 : used_by_account(account, resource);
  return minimum > used ? minimum - used : 0;
}

uint32_t total(uint32_t resource) {
  uint32_t sum = free_units[resource];
  for (const Slot& slot : slots) sum += slot.own[resource];
  return sum;
}

uint32_t sum_of_weights(uint32_t resource) {
  uint32_t sum = 0;
  for (uint32_t slot = 1; slot <= kSlots; ++slot)
    if (is_account(slot)) sum += slots[slot].quotas[resource].weight;
  return sum;
}

/// While less than an eighth is left, an account with a weight gets none beyond its share.
bool is_above_share(uint32_t account, uint32_t resource, uint32_t wanted, uint32_t left) {
  const uint32_t weight = slots[account].quotas[resource].weight;
  if (weight == 0) return false;
  const uint32_t all = total(resource);
  return left < all / 8 && wanted * sum_of_weights(resource) > all * weight;
}

}  // namespace

void charge(uint32_t id, uint32_t resource, int32_t count) {
  slots[slot_of(id)].own[resource] += static_cast<uint32_t>(count);
  free_units[resource] -= static_cast<uint32_t>(count);
}

uint32_t used_by_account(uint32_t slot, uint32_t resource) {
  uint32_t used = 0;
  for (uint32_t other = 1; other <= kSlots; ++other)
    if (slots[other].id != 0 && slots[other].account == slot) used += slots[other].own[resource];
  return used;
}

uint32_t promised(uint32_t resource) {
  uint32_t sum = 0;
  for (uint32_t slot = 1; slot <= kSlots; ++slot)
    if (is_account(slot)) sum += outstanding(slot, resource);
  return sum;
}

uint32_t quota_error(uint32_t slot, uint32_t resource, uint32_t count) {
  const uint32_t account = slots[slot].account;
  const Quota& limits = slots[account].quotas[resource];
  const uint32_t wanted = used_by_account(account, resource) + count;
  if (wanted <= limits.minimum) return 0;
  const uint32_t kept = promised(resource) - outstanding(account, resource);
  const uint32_t available = free_units[resource];
  if (wanted > limits.limit || available < kept + count) return EXO_ERROR_QUOTA;
  const bool is_too_much = is_above_share(account, resource, wanted, available - kept - count);
  return is_too_much ? EXO_ERROR_QUOTA : 0;
}

/// No unit becomes free by a transfer: what others have been promised must be there afterwards.
uint32_t quota_transfer_error(uint32_t from, uint32_t to, uint32_t resource) {
  const uint32_t source = slots[from].account, destination = to == 0 ? 0 : slots[to].account;
  if (source == destination) return 0;
  const uint32_t available = free_units[resource];
  uint32_t owed = promised(resource);
  owed += used_by_account(source, resource) <= slots[source].quotas[resource].minimum;
  if (to != 0) {
    const Quota& limits = slots[destination].quotas[resource];
    const uint32_t used = used_by_account(destination, resource);
    if (used >= limits.limit) return EXO_ERROR_QUOTA;
    if (used < limits.minimum)
      --owed;
    else if (is_above_share(destination, resource, used + 1, available - promised(resource)))
      return EXO_ERROR_QUOTA;
  }
  return owed > available && owed > promised(resource) ? EXO_ERROR_QUOTA : 0;
}

uint32_t above_minimum(uint32_t slot, uint32_t resource) {
  uint32_t kept = 0;
  if (resource == EXO_RESOURCE_PAGES) kept = EXO_GUARANTEED_PAGES;
  if (resource == EXO_RESOURCE_SLICES) kept = 1;
  const uint32_t account = slots[slot].account;
  const uint32_t used = used_by_account(account, resource);
  const uint32_t minimum = slots[account].quotas[resource].minimum;
  const uint32_t above = used > minimum ? used - minimum : 0;
  const uint32_t own = slots[slot].own[resource];
  const uint32_t spare = own > kept ? own - kept : 0;
  return spare < above ? spare : above;
}

void separate(uint32_t slot) {
  const uint32_t from = slots[slot].account;
  slots[slot].account = static_cast<uint16_t>(slot);
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource) {
    const Quota& before = slots[from].quotas[resource];
    slots[slot].quotas[resource] = {0, before.limit, before.weight};
  }
}

}  // namespace model
