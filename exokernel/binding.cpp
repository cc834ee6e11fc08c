// Binding, guaranteeing, and taking back.
#include "exokernel/binding.hpp"

#include "exokernel/abi/env.h"
#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/disk.hpp"
#include "exokernel/dma.hpp"
#include "exokernel/downloaded_code.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/guarantee.hpp"
#include "exokernel/page.hpp"
#include "exokernel/predicate.hpp"
#include "exokernel/tlb.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

namespace aegis {
namespace {

static_assert(2 * kDmaSlots + kDiskSlots < 1 << 8 * sizeof(Frame::transfers));

bool is_mappable(uint32_t virt) {
  return virt % PAGE_SIZE == 0 && virt >= EXO_FIRST_MAPPABLE_VA && virt <= EXO_LAST_MAPPABLE_VA;
}

TlbEntry make_entry(const Environment& environment, uint32_t virt, uint32_t pfn, uint32_t flags) {
  const uint32_t dirty = (flags & EXO_MAP_WRITE) != 0 ? ENTRYLO_D : 0;
  const uint32_t uncached = (flags & EXO_MAP_UNCACHED) != 0 ? ENTRYLO_N : 0;
  return {.hi = virt | environment.space, .lo = (pfn << PAGE_SHIFT) | ENTRYLO_V | dirty | uncached};
}

/// These two pages always show what the kernel has put there.
bool is_kept(uint32_t virt) { return virt == EXO_CONTEXT_VA || virt == EXO_INFO_VA; }

/// Remembers that a binding to the page exists. The environment's id stands for it, not its address
/// space, which may be taken back.
void record_binding(uint32_t pfn, uint32_t virt, const Environment& environment) {
  static_assert(kEnvironmentMax < PAGE_SIZE);
  Frame& page = frame(pfn);
  const uint32_t bound = virt | environment.id;
  page.may_have_been_fetched = true;
  if (environment.space_number != 0) {
    page.bindings = Bindings::kMany;  // its number of address space is not remembered
  } else if (page.bindings == Bindings::kNone) {
    page.bindings = Bindings::kOne;
    page.bound = bound;
  } else if (page.bound != bound) {
    page.bindings = Bindings::kMany;
  }
}

/// Drops the only binding from the TLBs: it is in the environment's address space 0.
void drop_bound(uint32_t bound) {
  const Environment* environment = find_environment(bound % PAGE_SIZE);
  if (environment != nullptr && environment->spaces[0] != 0)
    tlb_drop((bound & ENTRYHI_VPN_MASK) | environment->spaces[0]);
}

/// What a call that binds a page asks for.
struct Request {
  uint32_t virt;
  uint32_t flags;  // of kMapFlags
  uint32_t pfn;
  uint32_t origin;  // 0 or kByPredicate
};

constexpr uint32_t kMapFlags = EXO_MAP_WRITE | EXO_MAP_UNCACHED;

uint32_t rights_for(uint32_t flags) {
  return (flags & EXO_MAP_WRITE) != 0 ? EXO_RIGHT_READ | EXO_RIGHT_WRITE : EXO_RIGHT_READ;
}

/// Checks everything about a request. Returns 0 or an EXO_ERROR_.
[[gnu::noinline]] uint32_t check_request(uint32_t virt, uint32_t flags,
                                         const exo::Capability& capability, Request& request) {
  EXO_DOMAIN("protection");
  if (const uint32_t error = check_bindable(virt)) return error;
  if ((flags & ~kMapFlags) != 0) return EXO_ERROR_BAD_ARGUMENT;
  if (const uint32_t error = check_capability(capability, EXO_KIND_PAGE, rights_for(flags)))
    return error;
  request = {.virt = virt, .flags = flags, .pfn = capability.index(), .origin = 0};
  return 0;
}

uint32_t decode(const CallFrame& call, Request& request) {
  return check_request(call.a[0], call.a[1], {{call.a[2], call.a[3], call.t[0]}}, request);
}

/// The guaranteed mappings of `keeper` and those of another origin remain; what the TLBs hold of
/// them comes back from there.
[[gnu::noinline]] void break_all_but(uint32_t pfn, const Environment* keeper, uint32_t origin) {
  EXO_DOMAIN("protection");
  Frame& page = frame(pfn);
  if (origin == 0 && page.transfers != 0) {
    dma_flush_page(pfn, keeper);
    disk_cancel_page(pfn, keeper);
  }
  if (origin == 0)
    guarantees_break(pfn, keeper);
  else
    guarantees_break_by_predicate(pfn);
  if (page.bindings == Bindings::kOne)
    drop_bound(page.bound);
  else if (page.bindings == Bindings::kMany)
    tlb_drop_frame(pfn);
  if (page_record(pfn).guarantees == 0) page.bindings = Bindings::kNone;
}

/// Adds a guaranteed mapping to an environment. Returns 0 or an EXO_ERROR_.
uint32_t guarantee(Environment& environment, const Request& request) {
  TlbEntry entry = make_entry(environment, request.virt, request.pfn, request.flags);
  entry.lo |= request.origin;
  if (const uint32_t error = check_guarantee(environment, entry)) return error;
  record_binding(request.pfn, request.virt, environment);
  guarantee_add(environment, entry);
  guarantee_drop(environment, request.virt);
  return 0;
}

void bind(const Environment& environment, const Request& request) {
  record_binding(request.pfn, request.virt, environment);
  tlb_insert(make_entry(environment, request.virt, request.pfn, request.flags));
}

}  // namespace

uint32_t check_bindable(uint32_t virt) {
  if (!is_mappable(virt)) return EXO_ERROR_BAD_ADDRESS;
  return is_kept(virt) ? EXO_ERROR_BUSY : 0;
}

/// Measured (ours): 300 cycles for one that is bound once, 1200 for a search through the TLB, 60
/// for an entry of the software TLB, 170 for a guarantee.
uint32_t breaking_effort(uint32_t pfn) {
  const uint32_t guarantees = page_record(pfn).guarantees;
  const uint32_t once = 1 + guarantees / 2;
  return frame(pfn).bindings == Bindings::kMany ? once + 4 + tlb_listed(pfn) / 4 : once;
}

void break_bindings(uint32_t pfn) { break_all_but(pfn, nullptr, 0); }

void break_bindings_of_others(uint32_t pfn, const Environment& keeper) {
  break_all_but(pfn, &keeper, 0);
}

/// One search through the TLB for all pages of the code: there may be EXO_PREDICATED_MAX, and the
/// kernel runs with interrupts off.
void break_bindings_by_code(uint32_t code) {
  EXO_DOMAIN("protection");
  const CodeRecord& record = code_record(code);
  for (uint32_t index = 0; index < record.predicated_count; ++index)
    guarantees_break_by_predicate(record.predicated[index]);
  tlb_drop_predicated(code);
  for (uint32_t index = 0; index < record.predicated_count; ++index) {
    const uint32_t pfn = record.predicated[index];
    if (page_record(pfn).guarantees == 0) frame(pfn).bindings = Bindings::kNone;
  }
}

void break_bindings_by_predicate(uint32_t pfn) {
  if (frame(pfn).bound_by_predicate) break_all_but(pfn, nullptr, kByPredicate);
  frame(pfn).bound_by_predicate = false;
}

void guarantee_at_start(Environment& environment, uint32_t virt, uint32_t pfn, bool writable) {
  record_binding(pfn, virt, environment);
  guarantee_add(environment, make_entry(environment, virt, pfn, writable ? EXO_MAP_WRITE : 0));
}

extern "C" void sys_tlb_write(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  Request request;
  if (const uint32_t error = decode(call, request)) return call.fail(error);
  bind(current_environment(), request);
  call.succeed(0);
}

extern "C" void sys_bind_by_predicate(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  Environment& caller = current_environment();
  const uint32_t flags = call.a[1];
  const Request request{
      .virt = call.a[0], .flags = flags & kMapFlags, .pfn = call.a[2], .origin = kByPredicate};
  if (const uint32_t error = check_bindable(request.virt)) return call.fail(error);
  if ((flags & ~(kMapFlags | EXO_MAP_GUARANTEE)) != 0 || !is_page(request.pfn))
    return call.fail(EXO_ERROR_BAD_ARGUMENT);
  if (!predicate_allows(request.pfn, caller, rights_for(flags), call.a[3]))
    return call.fail(EXO_ERROR_REFUSED);
  if ((flags & EXO_MAP_GUARANTEE) == 0)
    bind(caller, request);
  else if (const uint32_t error = guarantee(caller, request))
    return call.fail(error);
  frame(request.pfn).bound_by_predicate = true;
  call.succeed(0);
}

extern "C" void sys_tlb_delete(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  if (!is_mappable(call.a[0])) return call.fail(EXO_ERROR_BAD_ADDRESS);
  tlb_drop(call.a[0] | current_environment().space);
  call.succeed(0);
}

extern "C" void sys_guarantee(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  Request request;
  if (const uint32_t error = decode(call, request)) return call.fail(error);
  if (const uint32_t error = guarantee(current_environment(), request)) return call.fail(error);
  call.succeed(0);
}

extern "C" void sys_env_guarantee(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability target{{call.a[0], call.a[1], call.a[2]}};
  if (const uint32_t error = check_capability(target, EXO_KIND_ENVIRONMENT, EXO_RIGHT_WRITE))
    return call.fail(error);
  constexpr uint32_t kFlags = PAGE_SIZE - 1;
  Request request;
  if (const uint32_t error = check_request(call.a[3] & ~kFlags, call.a[3] & kFlags,
                                           {{call.t[0], call.t[1], call.t[2]}}, request))
    return call.fail(error);
  if (const uint32_t error = guarantee(environment_slot(target.index()), request))
    return call.fail(error);
  call.succeed(0);
}

extern "C" void sys_unguarantee(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  Environment& caller = current_environment();
  const uint32_t virt = call.a[0];
  if (!is_mappable(virt)) return call.fail(EXO_ERROR_BAD_ADDRESS);
  if (is_kept(virt)) return call.fail(EXO_ERROR_BUSY);
  const unsigned index = caller.find_guarantee(virt);
  if (index == kNoGuarantee) return call.fail(EXO_ERROR_BAD_ARGUMENT);
  guarantee_remove(caller, index);
  call.succeed(0);
}

}  // namespace aegis
