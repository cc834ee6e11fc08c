// Counting units, and the calls that set limits.
#include "exokernel/quota.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/call_frame.h"
#include "exokernel/environment_end.hpp"
#include "exokernel/notice.hpp"
#include "exokernel/page.hpp"
#include "exokernel/repeated_call.hpp"
#include "isa/markers.h"

namespace aegis {

alignas(PAGE_SIZE) QuotaSet quotas[kEnvironmentMax + 1];
static_assert(sizeof(quotas) % PAGE_SIZE == 0);
Proof quota_proof;

namespace {

exo::QuotaRecord& quota_of(uint32_t id, uint32_t resource) { return quotas[id].of[resource]; }

exo::QuotaRecord& account_of(uint32_t id, uint32_t resource) {
  return quota_of(environment_record(id).account, resource);
}

exo::SystemRecord::Stock& stock_of(uint32_t resource) { return system_page.record.stock[resource]; }

uint32_t used_units[EXO_RESOURCE_COUNT];      // by all accounts
uint32_t sum_of_weights[EXO_RESOURCE_COUNT];  // of all accounts

void set_weight(exo::QuotaRecord& account, uint32_t resource, uint32_t weight) {
  sum_of_weights[resource] += weight - account.weight;
  account.weight = weight;
}

/// True if units are scarce and an account with a weight would have more than its share of them
/// all, so that others with a weight find some. Below that everyone takes what there is.
bool is_above_share(const exo::QuotaRecord& account, uint32_t resource, uint32_t wanted,
                    uint32_t left) {
  constexpr uint32_t kScarce = 8;  // less than an eighth is left (ours)
  if (account.weight == 0) return false;
  const uint32_t total = stock_of(resource).free + used_units[resource];
  if (left >= total / kScarce) return false;
  return uint64_t{wanted} * sum_of_weights[resource] > uint64_t{total} * account.weight;
}

/// Units of these come back some time after an environment's end; those of the others at once.
constexpr bool is_reclaimed_in_steps(uint32_t resource) {
  return resource != EXO_RESOURCE_SLICES && resource != EXO_RESOURCE_TRANSFERS &&
         resource != EXO_RESOURCE_REQUESTS;
}

/// What is promised to an account and not used.
uint32_t outstanding(const exo::QuotaRecord& account) {
  return account.minimum > account.used ? account.minimum - account.used : 0;
}

/// Changes what an account has, with what is promised to it.
template <typename Change>
void change_account(exo::QuotaRecord& account, uint32_t resource, Change change) {
  const uint32_t before = outstanding(account);
  change(account);
  stock_of(resource).promised += outstanding(account) - before;
}

/// Moves an environment's units from the account it has used to one of its own.
void separate(uint32_t id) {
  const uint32_t from = environment_record(id).account;
  environment_record(id).account = id;
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource) {
    exo::QuotaRecord& own = quota_of(id, resource);
    const exo::QuotaRecord& account = quota_of(from, resource);
    own = {.minimum = 0, .limit = account.limit, .weight = 0, .used = own.own, .own = own.own};
    set_weight(own, resource, account.weight);
    change_account(quota_of(from, resource), resource,
                   [&own](exo::QuotaRecord& record) { record.used -= own.own; });
  }
}

}  // namespace

void quotas_start() {
  const auto begin = reinterpret_cast<uintptr_t>(quotas);
  pages_expose(begin, begin + sizeof quotas);
}

void quota_open(const Environment& environment, uint32_t creator) {
  const bool has_account = creator == exo::kOwnerNone;
  environment_record(environment.id).account =
      has_account ? environment.id : environment_record(creator).account;
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource)
    quota_of(environment.id, resource) = {
        .minimum = 0, .limit = EXO_NO_LIMIT, .weight = 0, .used = 0, .own = 0};
  if (!has_account) return;
  change_account(quota_of(environment.id, EXO_RESOURCE_PAGES), EXO_RESOURCE_PAGES,
                 [](exo::QuotaRecord& record) { record.minimum = EXO_GUARANTEED_PAGES; });
}

bool quota_separate_some(const Environment& environment, unsigned count) {
  if (environment_record(environment.id).account != environment.id) return false;
  for (uint32_t id = 1; id <= kEnvironmentMax; ++id) {
    if (environment_record(id).account != environment.id || id == environment.id ||
        !has_environment(id))
      continue;
    separate(id);
    if (--count == 0) return true;
  }
  return false;
}

void quota_end_promises(const Environment& environment) {
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource)
    change_account(quota_of(environment.id, resource), resource,
                   [](exo::QuotaRecord& record) { record.minimum = 0; });
}

void quota_close(const Environment& environment) {
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource)
    set_weight(quota_of(environment.id, resource), resource, 0);
  if (system_page.record.arbiter == environment.id) system_page.record.arbiter = 0;
}

[[gnu::noinline]] uint32_t quota_check(const Environment& environment, uint32_t resource,
                                       uint32_t count) {
  EXO_DOMAIN("protection");
  const exo::QuotaRecord& account = account_of(environment.id, resource);
  const exo::SystemRecord::Stock& stock = stock_of(resource);
  const uint32_t wanted = account.used + count;
  if (wanted <= account.minimum) return 0;
  const uint32_t reserved = stock.promised - outstanding(account);
  if (wanted <= account.limit && stock.free >= reserved + count &&
      !is_above_share(account, resource, wanted, stock.free - reserved - count))
    return 0;
  if (is_reclaimed_in_steps(resource) && environments_reclaim()) return kAgain;
  note_refusal(environment.id, resource, count);
  return EXO_ERROR_QUOTA;
}

namespace {

/// True if a unit of `from` may be one of `to` (0: the kernel's): what is promised is still there.
bool keeps_promises(uint32_t from, uint32_t to, uint32_t resource) {
  const exo::SystemRecord::Stock& stock = stock_of(resource);
  const exo::QuotaRecord& source = quota_of(from, resource);
  if (from == to || source.used > source.minimum || stock.promised < stock.free) return true;
  return to != 0 && quota_of(to, resource).used < quota_of(to, resource).minimum;
}

/// True if a unit may go from one account to the other (null: the kernel).
bool may_change_accounts(const Environment& giver, const Environment* receiver, uint32_t resource) {
  const uint32_t from = environment_record(giver.id).account;
  const uint32_t to = receiver == nullptr ? 0 : environment_record(receiver->id).account;
  if (from == to) return true;
  if (to != 0) {
    const exo::SystemRecord::Stock& stock = stock_of(resource);
    const exo::QuotaRecord& destination = quota_of(to, resource);
    if (destination.used >= destination.limit) return false;
    if (destination.used >= destination.minimum &&
        is_above_share(destination, resource, destination.used + 1, stock.free - stock.promised))
      return false;
  }
  return keeps_promises(from, to, resource);
}

}  // namespace

uint32_t quota_check_transfer(const Environment& giver, const Environment* receiver,
                              uint32_t resource) {
  if (may_change_accounts(giver, receiver, resource)) return 0;
  return is_reclaimed_in_steps(resource) ? unless_reclaimed(EXO_ERROR_QUOTA) : EXO_ERROR_QUOTA;
}

uint16_t quota_payer_of_orphan(const Environment& orphan) {
  const uint32_t account = environment_record(orphan.creator).account;
  const uint32_t own = environment_record(orphan.id).account;
  const bool stays =
      account != orphan.creator && !keeps_promises(account, own, EXO_RESOURCE_ENVIRONMENTS);
  return static_cast<uint16_t>(stays ? account : orphan.id);
}

void quota_take(uint32_t id, uint32_t resource, uint32_t count) {
  used_units[resource] += count;
  quota_of(id, resource).own += count;
  change_account(account_of(id, resource), resource,
                 [count](exo::QuotaRecord& account) { account.used += count; });
}

void quota_give_back(uint32_t id, uint32_t resource, uint32_t count) {
  used_units[resource] -= count;
  quota_of(id, resource).own -= count;
  change_account(account_of(id, resource), resource,
                 [count](exo::QuotaRecord& account) { account.used -= count; });
}

void stock_add(uint32_t resource, uint32_t count) { stock_of(resource).free += count; }

void stock_remove(uint32_t resource, uint32_t count) { stock_of(resource).free -= count; }

/// Units that nobody takes from any environment.
static uint32_t guaranteed_units(uint32_t resource) {
  if (resource == EXO_RESOURCE_PAGES) return EXO_GUARANTEED_PAGES;
  return resource == EXO_RESOURCE_SLICES ? 1 : 0;
}

uint32_t quota_above_minimum(const Environment& environment, uint32_t resource) {
  const uint32_t kept = guaranteed_units(resource);
  const uint32_t own = quota_of(environment.id, resource).own;
  const exo::QuotaRecord& account = account_of(environment.id, resource);
  const uint32_t above = account.used > account.minimum ? account.used - account.minimum : 0;
  const uint32_t spare = own > kept ? own - kept : 0;
  return spare < above ? spare : above;
}

namespace {

uint32_t check_quota_capability(const CallFrame& call) {
  return check_capability({{call.a[0], call.a[1], call.a[2]}}, EXO_KIND_QUOTA, EXO_RIGHT_WRITE);
}

}  // namespace

namespace {

/// What an account is promised and does not use grows by so much when an environment that uses it
/// leaves it.
uint32_t outstanding_without(uint32_t id, uint32_t resource) {
  exo::QuotaRecord account = account_of(id, resource);
  const uint32_t before = outstanding(account);
  account.used -= quota_of(id, resource).own;
  return outstanding(account) - before;
}

/// True if there are so many free units that are promised to nobody.
bool can_promise(uint32_t resource, uint32_t count) {
  const exo::SystemRecord::Stock& stock = stock_of(resource);
  return stock.promised <= stock.free && count <= stock.free - stock.promised;
}

/// True if the environment can leave the account that it shares: who stays keeps what is promised.
bool can_separate(uint32_t id) {
  for (uint32_t resource = 0; resource < EXO_RESOURCE_COUNT; ++resource)
    if (!can_promise(resource, outstanding_without(id, resource))) return false;
  return true;
}

/// True if what an account is promised can become `minimum`. No sum here is one of two numbers that
/// the caller has chosen: none overflows.
bool can_promise_minimum(uint32_t id, uint32_t resource, uint32_t minimum) {
  const bool is_own = environment_record(id).account == id;
  const exo::QuotaRecord& record = quota_of(id, resource);
  const uint32_t used = is_own ? record.used : record.own;
  const uint32_t promise = minimum > used ? minimum - used : 0;
  if (!is_own)
    return promise <= stock_of(resource).free &&
           can_promise(resource, promise + outstanding_without(id, resource));
  const uint32_t already = outstanding(record);
  return promise <= already || can_promise(resource, promise - already);
}

}  // namespace

/// The account's minimum must be there: promised already, used, or free and promised to nobody.
extern "C" void sys_quota_set(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  if (const uint32_t error = check_quota_capability(call)) return call.fail(error);
  const uint32_t id = call.a[3], resource = call.t[0];
  const uint32_t minimum = call.t[1], limit = call.t[2], weight = call.t[3];
  if (!is_environment(id)) return call.fail(EXO_ERROR_NO_ENVIRONMENT);
  if (resource >= EXO_RESOURCE_COUNT || minimum > limit || weight > EXO_WEIGHT_MAX)
    return call.fail(EXO_ERROR_BAD_ARGUMENT);
  const bool is_own = environment_record(id).account == id;
  if (!can_promise_minimum(id, resource, minimum) || (!is_own && !can_separate(id)))
    return refuse(call, exo::Syscall::k_quota_set, unless_reclaimed(EXO_ERROR_NO_MEMORY));
  if (!is_own) separate(id);
  change_account(quota_of(id, resource), resource, [&](exo::QuotaRecord& account) {
    account.minimum = minimum;
    account.limit = limit;
  });
  set_weight(quota_of(id, resource), resource, weight);
  call.succeed(0);
}

extern "C" void sys_quota_arbitrate(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  if (const uint32_t error = check_quota_capability(call)) return call.fail(error);
  system_page.record.arbiter = current_environment().id;
  call.succeed(0);
}

}  // namespace aegis
