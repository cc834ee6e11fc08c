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
  static_assert(EXO_PREDICATED_MAX <= 1 << 8 * sizeof(Frame::predicated_at));
  CodeRecord& record = code_record(code);
  frame(pfn).predicate = code;
  frame(pfn).predicated_at = static_cast<uint8_t>(record.predicated_count);
  record.predicated[record.predicated_count++] = pfn;
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
  if (page.predicate != kNoCode) {
    CodeRecord& record = code_record(page.predicate);
    const uint32_t last = record.predicated[--record.predicated_count];
    record.predicated[page.predicated_at] = last;
    frame(last).predicated_at = page.predicated_at;
  }
  page.predicate = kNoCode;
  page.bound_by_predicate = false;
}

void predicates_end(uint32_t code) {
  EXO_DOMAIN("protection");
  const CodeRecord& record = code_record(code);
  if (record.predicated_count != 0) break_bindings_by_code(code);
  while (record.predicated_count != 0)
    predicate_forget(record.predicated[record.predicated_count - 1]);
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
  const bool has_it = !is_none && frame(pfn).predicate == code.index();
  if (!is_none && !has_it && code_record(code.index()).predicated_count == EXO_PREDICATED_MAX)
    return call.fail(EXO_ERROR_LIMIT);
  break_bindings_by_predicate(pfn);
  predicate_forget(pfn);
  if (!is_none) attach(pfn, code.index());
  call.succeed(0);
}

}  // namespace aegis
