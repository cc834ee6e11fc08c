// The table of environments; their beginning and end.
#include "exokernel/environment.hpp"

#include "exokernel/binding.hpp"
#include "exokernel/call_frame.h"
#include "exokernel/page.hpp"
#include "exokernel/panic.hpp"
#include "exokernel/slice.hpp"
#include "exokernel/tlb.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

namespace aegis {

Environment* running_environment;

namespace {

Environment environments[kEnvironmentMax];

bool is_any_running() {
  for (const Environment& environment : environments)
    if (environment.state == EnvironmentState::kRunning) return true;
  return false;
}

/// The first status that is not 0, in the order of ids.
uint32_t final_status() {
  for (const Environment& environment : environments)
    if (environment.state == EnvironmentState::kEnded && environment.status != 0)
      return environment.status;
  return 0;
}

/// The environment's own pages and its info page, which is the kernel's.
void reclaim_pages(Environment& environment) {
  while (environment.guaranteed_count != 0) {
    const TlbEntry& entry = environment.guaranteed[--environment.guaranteed_count];
    --frame(entry.lo >> PAGE_SHIFT).guarantees;
  }
  tlb_drop_space(environment.space);
  tlb_drop_owner(environment.id);
  for (uint32_t pfn = first_page_of(environment.id); pfn != kNoPage;
       pfn = first_page_of(environment.id)) {
    Frame& page = frame(pfn);
    page.bindings = Bindings::kNone;  // they went with the address space and the owner
    break_bindings(pfn);
    page_release(pfn);
  }
  if (environment.info_pfn != kNoPage) page_release(environment.info_pfn);
}

}  // namespace

unsigned Environment::find_guarantee(uint32_t entry_hi) const {
  for (unsigned index = 0; index < guaranteed_count; ++index)
    if (guaranteed[index].hi == entry_hi) return index;
  return kNoGuarantee;
}

bool Environment::guarantees_page(uint32_t pfn) const {
  for (unsigned index = 0; index < guaranteed_count; ++index)
    if (guaranteed[index].lo >> PAGE_SHIFT == pfn) return true;
  return false;
}

Environment& environment_slot(unsigned id) { return environments[id - 1]; }

Environment& environment_create(unsigned id, const char* name) {
  Environment& environment = environment_slot(id);
  environment = {};
  environment.id = static_cast<uint16_t>(id);
  environment.state = EnvironmentState::kRunning;
  environment.space = id << ENTRYHI_ASID_SHIFT;
  environment.name = name;
  environment.info_pfn = kNoPage;
  return environment;
}

Environment* find_environment(uint32_t id) {
  if (id == 0 || id > kEnvironmentMax) return nullptr;
  Environment& environment = environment_slot(id);
  return environment.state == EnvironmentState::kRunning ? &environment : nullptr;
}

void environment_make_current(Environment& environment) {
  running_environment = &environment;
  processor.user_context = environment.context;
  publish_guarantees();
  tlb_set_space(environment.space);
}

void publish_guarantees() {
  processor.guaranteed = running_environment->guaranteed;
  processor.guaranteed_end = processor.guaranteed + running_environment->guaranteed_count;
}

void environment_end(Environment& environment, uint32_t status) {
  EXO_DOMAIN("protection");
  environment.state = EnvironmentState::kEnded;
  environment.status = status;
  slices_remove(environment);
  reclaim_pages(environment);
  if (!is_any_running()) machine_exit(final_status());
}

extern "C" void sys_env_exit(CallFrame& call) {
  constexpr uint32_t kStatusMax = 255;
  environment_end(current_environment(), call.a[0] < kStatusMax ? call.a[0] : kStatusMax);
  slice_run_next();
}

extern "C" void sys_env_id(CallFrame& call) { call.succeed(current_environment().id); }

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
