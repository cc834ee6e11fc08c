// Binding, guaranteeing, and taking back.
#include "exokernel/binding.hpp"

#include "exokernel/abi/env.h"
#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/page.hpp"
#include "exokernel/tlb.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

namespace aegis {
namespace {

bool is_mappable(uint32_t virt) {
  return virt % PAGE_SIZE == 0 && virt >= EXO_FIRST_MAPPABLE_VA && virt <= EXO_LAST_MAPPABLE_VA;
}

TlbEntry make_entry(const Environment& environment, uint32_t virt, uint32_t pfn, bool writable) {
  return {.hi = virt | environment.space,
          .lo = (pfn << PAGE_SHIFT) | ENTRYLO_V | (writable ? ENTRYLO_D : 0)};
}

/// These two pages always show what the kernel has put there.
bool is_kept(uint32_t virt) { return virt == EXO_CONTEXT_VA || virt == EXO_INFO_VA; }

/// Remembers that a binding to the page exists.
void record_binding(uint32_t pfn, uint32_t entry_hi) {
  Frame& page = frame(pfn);
  if (page.bindings == Bindings::kNone) {
    page.bindings = Bindings::kOne;
    page.bound_hi = entry_hi;
  } else if (page.bound_hi != entry_hi) {
    page.bindings = Bindings::kMany;
  }
}

/// What tlb_write and guarantee ask for.
struct Request {
  uint32_t virt;
  bool writable;
  uint32_t pfn;
};

/// Checks everything about a request. Returns 0 or an EXO_ERROR_.
[[gnu::noinline]] uint32_t decode(const CallFrame& call, Request& request) {
  EXO_DOMAIN("protection");
  const uint32_t virt = call.a[0];
  const uint32_t flags = call.a[1];
  const exo::Capability capability{{call.a[2], call.a[3], call.t[0]}};
  if (!is_mappable(virt)) return EXO_ERROR_BAD_ADDRESS;
  if (is_kept(virt)) return EXO_ERROR_BUSY;
  if ((flags & ~uint32_t{EXO_MAP_WRITE}) != 0) return EXO_ERROR_BAD_ARGUMENT;
  const uint32_t rights =
      flags == EXO_MAP_WRITE ? EXO_RIGHT_READ | EXO_RIGHT_WRITE : EXO_RIGHT_READ;
  if (const uint32_t error = check_page_capability(capability, rights)) return error;
  request = {.virt = virt, .writable = flags == EXO_MAP_WRITE, .pfn = capability.index()};
  return 0;
}

void add_guarantee(Environment& environment, TlbEntry entry) {
  environment.guaranteed[environment.guaranteed_count++] = entry;
  ++frame(entry.lo >> PAGE_SHIFT).guarantees;
}

void remove_guarantee(Environment& environment, unsigned index) {
  TlbEntry& entry = environment.guaranteed[index];
  --frame(entry.lo >> PAGE_SHIFT).guarantees;
  entry = environment.guaranteed[--environment.guaranteed_count];
}

/// Removes the guaranteed mappings of a page, in every environment.
void break_guarantees(uint32_t pfn) {
  for (unsigned id = 1; id <= kEnvironmentMax; ++id) {
    Environment& environment = environment_slot(id);
    for (unsigned index = environment.guaranteed_count; index-- > 0;)
      if (environment.guaranteed[index].lo >> PAGE_SHIFT == pfn)
        remove_guarantee(environment, index);
  }
  publish_guarantees();
}

}  // namespace

void break_bindings(uint32_t pfn) {
  EXO_DOMAIN("protection");
  Frame& page = frame(pfn);
  if (page.guarantees != 0) break_guarantees(pfn);
  if (page.bindings == Bindings::kOne)
    tlb_drop(page.bound_hi);
  else if (page.bindings == Bindings::kMany)
    tlb_drop_frame(pfn);
  page.bindings = Bindings::kNone;
}

void guarantee_at_start(Environment& environment, uint32_t virt, uint32_t pfn, bool writable) {
  const TlbEntry entry = make_entry(environment, virt, pfn, writable);
  record_binding(pfn, entry.hi);
  add_guarantee(environment, entry);
}

extern "C" void sys_tlb_write(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  Request request;
  if (const uint32_t error = decode(call, request)) return call.fail(error);
  const TlbEntry entry =
      make_entry(current_environment(), request.virt, request.pfn, request.writable);
  record_binding(request.pfn, entry.hi);
  tlb_insert(entry);
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
  Environment& caller = current_environment();
  Request request;
  if (const uint32_t error = decode(call, request)) return call.fail(error);
  const TlbEntry entry = make_entry(caller, request.virt, request.pfn, request.writable);
  if (caller.find_guarantee(entry.hi) != kNoGuarantee) return call.fail(EXO_ERROR_BUSY);
  if (caller.guaranteed_count == EXO_GUARANTEED_MAX) return call.fail(EXO_ERROR_LIMIT);
  record_binding(request.pfn, entry.hi);
  add_guarantee(caller, entry);
  publish_guarantees();
  tlb_insert(entry);
  call.succeed(0);
}

extern "C" void sys_unguarantee(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  Environment& caller = current_environment();
  const uint32_t virt = call.a[0];
  if (!is_mappable(virt)) return call.fail(EXO_ERROR_BAD_ADDRESS);
  if (is_kept(virt)) return call.fail(EXO_ERROR_BUSY);
  const unsigned index = caller.find_guarantee(virt | caller.space);
  if (index == kNoGuarantee) return call.fail(EXO_ERROR_BAD_ARGUMENT);
  remove_guarantee(caller, index);
  publish_guarantees();
  tlb_drop(virt | caller.space);
  call.succeed(0);
}

}  // namespace aegis
