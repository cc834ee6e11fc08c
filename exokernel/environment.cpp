// The table of environments, and their beginning.
#include "exokernel/environment.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/address_space.hpp"
#include "exokernel/binding.hpp"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/environment_end.hpp"
#include "exokernel/info_page.hpp"
#include "exokernel/page.hpp"
#include "exokernel/panic.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/repeated_call.hpp"
#include "exokernel/slice.hpp"
#include "exokernel/slice_vector.hpp"
#include "exokernel/tile.hpp"
#include "exokernel/tlb.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

namespace aegis {

alignas(PAGE_SIZE) exo::EnvironmentRecord environment_records[kEnvironmentMax + 1];
static_assert(sizeof(environment_records) % PAGE_SIZE == 0);

namespace {

Environment environments[kEnvironmentMax + 1];

uint32_t highest_id;

/// Ids that are free. Each is used as seldom as can be: first all that never have been, then those
/// whose environments have ended, in that order.
uint16_t next_unused = 1;
uint16_t first_free, last_free;  // 0: there is none
uint16_t next_free[kEnvironmentMax + 1];

/// 0 if there is none.
unsigned take_id() {
  if (next_unused <= highest_id) return next_unused++;
  const uint16_t id = first_free;
  if (id != 0) first_free = next_free[id];
  return id;
}

/// An id is never used more often than a page's record can tell.
void give_id_back(uint16_t id) {
  constexpr uint16_t kLivesMax = 0xffff;
  if (environment_record(id).lives == kLivesMax) return;
  next_free[id] = 0;
  (first_free == 0 ? first_free : next_free[last_free]) = id;
  last_free = id;
}

}  // namespace

unsigned Environment::find_guarantee(uint32_t virt) const {
  for (unsigned index = 0; index < guaranteed_count; ++index)
    if ((guaranteed[index].hi & ENTRYHI_VPN_MASK) == virt) return index;
  return kNoGuarantee;
}

bool Environment::guarantees_page(uint32_t pfn) const {
  for (unsigned index = 0; index < guaranteed_count; ++index)
    if (guaranteed[index].lo >> PAGE_SHIFT == pfn) return true;
  return false;
}

Environment& environment_slot(unsigned id) { return environments[id]; }

bool is_environment(uint32_t id) {
  if (id == 0 || id > kEnvironmentMax) return false;
  const EnvironmentState state = environment_record(id).state;
  return state == EnvironmentState::kCreated || state == EnvironmentState::kRunning;
}

bool is_running(uint32_t id) {
  return is_environment(id) && environment_record(id).state == EnvironmentState::kRunning;
}

Environment* find_environment(uint32_t id) {
  return is_environment(id) ? &environment_slot(id) : nullptr;
}

bool has_environment(uint32_t id) {
  return is_environment(id) || environment_record(id).state == EnvironmentState::kEnding;
}

void environments_start(uint32_t most) {
  highest_id = most;
  const auto begin = reinterpret_cast<uintptr_t>(environment_records);
  pages_expose(begin, begin + sizeof environment_records);
  stock_add(EXO_RESOURCE_ENVIRONMENTS, most);
}

uint32_t environment_max() { return highest_id; }

Environment* environment_create(const char* name, uint16_t owner) {
  const unsigned id = take_id();
  if (id == 0) return nullptr;
  environment_begins();
  Environment& environment = environment_slot(id);
  Proof proof = environment.proof;
  proof.renew();
  environment = {};
  environment.id = static_cast<uint16_t>(id);
  environment.name = name;
  environment.info_pfn = kNoPage;
  environment.first_code = kNoPage;
  environment.proof = proof;
  exo::EnvironmentRecord& record = environment_record(id);
  record = {.state = EnvironmentState::kCreated,
            .status = 0,
            .owner = owner == exo::kOwnerNone ? environment.id : owner,
            .excess = 0,
            .account = 0,
            .lives = static_cast<uint16_t>(record.lives + 1),
            .space = 0};
  stock_remove(EXO_RESOURCE_ENVIRONMENTS, 1);
  quota_open(environment, owner);
  if (owner != exo::kOwnerNone) quota_take(owner, EXO_RESOURCE_ENVIRONMENTS, 1);
  environment.creator = owner;
  transfer_record_make(environment);
  return &environment;
}

void environment_start(Environment& environment) {
  environment_record(environment.id).state = EnvironmentState::kRunning;
  transfer_record_update(environment);
}

void environment_free(Environment& environment) {
  environment_record(environment.id).state = EnvironmentState::kEnded;
  give_id_back(environment.id);
  stock_add(EXO_RESOURCE_ENVIRONMENTS, 1);
}

void environment_set_space(Environment& environment, uint32_t space) {
  environment.space = space;
  environment.spaces[environment.space_number] = space;
  environment_record(environment.id).space = static_cast<uint16_t>(space >> ENTRYHI_ASID_SHIFT);
  for (unsigned index = 0; index < environment.guaranteed_count; ++index) {
    uint32_t& hi = environment.guaranteed[index].hi;
    hi = (hi & ENTRYHI_VPN_MASK) | space;
  }
  transfer_record_update(environment);
}

void environment_make_current(Environment& environment) {
  processor.current = scaled_id(environment.id);
  if (environment.space == 0) address_space_assign(environment);
  tlb_set_space(environment.space);
  framebuffer_follow(environment);
}

extern "C" void sys_env_exit(CallFrame& call) {
  constexpr uint32_t kStatusMax = 255;
  environment_end(current_environment(), call.a[0] < kStatusMax ? call.a[0] : kStatusMax);
  slice_run_next();
}

namespace {

/// Checks that the caller may make the page a part of a new environment. Returns 0 or an
/// EXO_ERROR_.
uint32_t check_part(const exo::Capability& page) {
  if (const uint32_t error = check_capability(page, EXO_KIND_PAGE, EXO_RIGHT_ALL)) return error;
  const exo::PageRecord& record = page_record(page.index());
  if (record.owner != current_environment().id) return EXO_ERROR_NOT_OWNER;
  return record.guarantees != 0 ? EXO_ERROR_BUSY : 0;
}

/// The environment's two pages change hands; nobody else keeps a binding to them.
void take_parts(Environment& environment, uint32_t context_pfn, uint32_t info_pfn) {
  break_bindings(context_pfn);
  page_transfer(context_pfn, environment.id);
  break_bindings(info_pfn);
  page_transfer(info_pfn, exo::kOwnerKernel);
  page_zero(info_pfn);
  environment.context = reinterpret_cast<exo::Context*>(page_address(context_pfn));
  guarantee_at_start(environment, EXO_CONTEXT_VA, context_pfn, true);
  info_page_make(environment, info_pfn);
}

}  // namespace

extern "C" void sys_env_create(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability context{{call.a[0], call.a[1], call.a[2]}};
  const exo::Capability info{{call.a[3], call.t[0], call.t[1]}};
  if (const uint32_t error = check_part(context)) return call.fail(error);
  if (const uint32_t error = check_part(info)) return call.fail(error);
  if (context.index() == info.index()) return call.fail(EXO_ERROR_BAD_ARGUMENT);
  const Environment& caller = current_environment();
  uint32_t error = quota_check(caller, EXO_RESOURCE_ENVIRONMENTS, 1);
  if (error == 0) error = quota_check_transfer(caller, nullptr, EXO_RESOURCE_PAGES);
  if (error != 0) return refuse(call, exo::Syscall::k_env_create, error);
  Environment* const environment = environment_create(caller.name, caller.id);
  if (environment == nullptr)
    return refuse(call, exo::Syscall::k_env_create, unless_reclaimed(EXO_ERROR_LIMIT));
  take_parts(*environment, context.index(), info.index());
  call.succeed(environment->id, make_capability(EXO_KIND_ENVIRONMENT, EXO_RIGHT_ALL,
                                                environment->id, environment->proof));
}

extern "C" void sys_env_start(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability capability{{call.a[0], call.a[1], call.a[2]}};
  if (const uint32_t error = check_capability(capability, EXO_KIND_ENVIRONMENT, EXO_RIGHT_WRITE))
    return call.fail(error);
  const uint32_t id = capability.index();
  if (environment_record(id).state != EnvironmentState::kCreated) return call.fail(EXO_ERROR_BUSY);
  Environment& environment = environment_slot(id);
  if (const uint32_t error = quota_check(environment, EXO_RESOURCE_SLICES, 1))
    return call.fail(error);
  const uint32_t position = slices_add(environment);
  environment_start(environment);
  call.succeed(position);
}

extern "C" void sys_env_destroy(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability capability{{call.a[0], call.a[1], call.a[2]}};
  if (const uint32_t error = check_capability(capability, EXO_KIND_ENVIRONMENT, EXO_RIGHT_FREE))
    return call.fail(error);
  Environment& environment = environment_slot(capability.index());
  environment_end(environment, EXO_STATUS_DESTROYED);
  if (&environment == &current_environment()) slice_run_next();
  call.succeed(0);
}

extern "C" void sys_env_id(CallFrame& call) {
  call.succeed(processor.current >> EXO_TRANSFER_SHIFT);
}

/// From the TLB miss path: the running environment has jumped to `target`, which is 0 or its TLB
/// miss handler, and which is not mapped. The other three are what the vector handed to the
/// handler.
extern "C" [[noreturn]] void end_without_handler(uint32_t target, uint32_t epc, uint32_t bad_vaddr,
                                                 uint32_t cause) {
  EXO_DOMAIN("protection");
  environment_destroy(current_environment(), "no handler at ", Hex{target}, " for ",
                      exception_name(cause), " at ", Hex{epc}, ", address ", Hex{bad_vaddr});
  slice_run_next();
}

}  // namespace aegis
