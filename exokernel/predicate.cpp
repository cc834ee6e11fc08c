// Attaching predicates to pages, asking them, taking them away.
#include "exokernel/predicate.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/binding.hpp"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/downloaded_code.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/page.hpp"
#include "isa/markers.h"

namespace aegis {
namespace {

constexpr uint32_t kNoCode = 0;  // page 0 has the vectors

exo::PredicateWindow window;

/// What the predicate may know, and nothing that the one before it has left.
void fill_window(uint32_t pfn, const Environment& requester) {
  window.requester = environment_record(requester.id);
  window.page = page_record(pfn);
  window.system = system_page.record;
  for (uint32_t& word : window.scratch) word = 0;
}

void attach(uint32_t pfn, uint32_t code) {
  frame(pfn).predicate = code;
  if (code != kNoCode) ++code_record(code).predicated;
}

}  // namespace

bool predicate_allows(uint32_t pfn, const Environment& requester, uint32_t rights, uint32_t word) {
  EXO_DOMAIN("protection");
  const uint32_t code = frame(pfn).predicate;
  if (code == kNoCode) return false;
  fill_window(pfn, requester);
  const uint32_t arguments[] = {requester.id, rights, pfn, word};
  EXO_OP_BEGIN("predicate run");
  const uint32_t answer = run_code(code_translation(code), &window, arguments);
  EXO_OP_END("predicate run");
  return answer != 0;
}

void predicate_forget(uint32_t pfn) {
  Frame& page = frame(pfn);
  if (page.predicate != kNoCode) --code_record(page.predicate).predicated;
  page.predicate = kNoCode;
  page.bound_by_predicate = false;
}

void predicates_end(uint32_t code) {
  EXO_DOMAIN("protection");
  const CodeRecord& record = code_record(code);
  if (record.predicated == 0) return;
  break_bindings_by_code(code);
  for (uint32_t pfn = 0; record.predicated != 0; ++pfn)
    if (frame(pfn).predicate == code) predicate_forget(pfn);
}

extern "C" void sys_page_predicate(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const uint32_t pfn = call.a[0];
  const exo::Capability code{{call.a[1], call.a[2], call.a[3]}};
  const bool is_none = (code.word[0] | code.word[1] | code.word[2]) == 0;
  if (!is_page(pfn)) return call.fail(EXO_ERROR_BAD_ARGUMENT);
  if (page_record(pfn).owner != current_environment().id) return call.fail(EXO_ERROR_NOT_OWNER);
  const uint32_t error = is_none ? 0 : check_capability(code, EXO_KIND_CODE, EXO_RIGHT_READ);
  if (error != 0) return call.fail(error);
  break_bindings_by_predicate(pfn);
  predicate_forget(pfn);
  attach(pfn, is_none ? kNoCode : code.index());
  call.succeed(0);
}

}  // namespace aegis
