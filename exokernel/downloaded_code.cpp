// Taking code from applications and giving it back.
#include "exokernel/downloaded_code.hpp"

#include "exokernel/abi/code.h"
#include "exokernel/abi/errors.h"
#include "exokernel/binding.hpp"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/code_translator.hpp"
#include "exokernel/code_verifier.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/predicate.hpp"
#include "exokernel/quota.hpp"
#include "exokernel/repeated_call.hpp"
#include "exokernel/revocation.hpp"
#include "isa/markers.h"

namespace aegis {
namespace {

static_assert(kTranslationMax * sizeof(uint32_t) + sizeof(CodeRecord) <= PAGE_SIZE);

/// A copy of what is verified: nobody can change it between verification and translation, not even
/// a device.
uint32_t words[EXO_CODE_MAX];

/// What code_download asks for.
struct Download {
  exo::Capability source;
  exo::Capability given;  // the page that the kernel will keep it in
  uint32_t offset;
  uint32_t count;
};

Download decode(const CallFrame& call) {
  return {.source = {{call.a[0], call.a[1], call.a[2]}},
          .given = {{call.a[3], call.t[0], call.t[1]}},
          .offset = call.t[2],
          .count = call.t[3]};
}

/// Returns 0 or an EXO_ERROR_.
[[gnu::noinline]] uint32_t check(const Download& download) {
  EXO_DOMAIN("protection");
  const uint32_t offset = download.offset;
  const uint32_t count = download.count;
  if (count == 0 || count > EXO_CODE_MAX || offset % sizeof(uint32_t) != 0 ||
      offset > PAGE_SIZE - count * sizeof(uint32_t))
    return EXO_ERROR_BAD_ARGUMENT;
  if (const uint32_t error = check_capability(download.source, EXO_KIND_PAGE, EXO_RIGHT_READ))
    return error;
  return check_may_part(download.given);
}

void copy(const Download& download) {
  const uintptr_t source = page_address(download.source.index()) + download.offset;
  for (uint32_t index = 0; index < download.count; ++index)
    words[index] = reinterpret_cast<const uint32_t*>(source)[index];
}

void link(Environment& owner, uint32_t pfn) {
  CodeRecord& record = code_record(pfn);
  record.next = owner.first_code;
  record.previous = kNoPage;
  record.owner = owner.id;
  record.predicated_count = 0;
  record.guarantees = 0;
  if (owner.first_code != kNoPage) code_record(owner.first_code).previous = pfn;
  owner.first_code = pfn;
}

/// The code is no predicate any more, and its page in nobody's account.
void take_out(Environment& owner, uint32_t pfn) {
  predicates_end(pfn);
  quota_give_back(owner.id, EXO_RESOURCE_PAGES, 1);
  quota_give_back(owner.id, EXO_RESOURCE_CODE, 1);
  stock_add(EXO_RESOURCE_CODE, 1);
  const CodeRecord& record = code_record(pfn);
  if (record.previous != kNoPage)
    code_record(record.previous).next = record.next;
  else
    owner.first_code = record.next;
  if (record.next != kNoPage) code_record(record.next).previous = record.previous;
}

/// The page becomes the kernel's, but stays in its owner's account, and gets the translation of
/// `words`. What the processor fetches from now on is that: the transfer has emptied the
/// instruction cache of the page.
void install(Environment& owner, uint32_t pfn, uint32_t count) {
  break_bindings(pfn);
  page_transfer(pfn, exo::kOwnerCode);
  quota_take(owner.id, EXO_RESOURCE_PAGES, 1);
  stock_remove(EXO_RESOURCE_CODE, 1);
  quota_take(owner.id, EXO_RESOURCE_CODE, 1);
  EXO_OP_BEGIN("code translate");
  translate_code(words, count, kPredicateWindow, reinterpret_cast<uint32_t*>(page_address(pfn)));
  EXO_OP_END("code translate");
  frame(pfn).may_have_been_fetched = true;
  link(owner, pfn);
}

}  // namespace

void code_start() { stock_add(EXO_RESOURCE_CODE, page_count()); }

uint32_t code_take_newest(Environment& environment) {
  const uint32_t pfn = environment.first_code;
  if (pfn == kNoPage) return kNoPage;
  take_out(environment, pfn);
  page_transfer(pfn, environment.id);
  return pfn;
}

uint32_t code_repossess(Environment& environment, uint32_t count) {
  for (uint32_t taken = 0; taken < count; ++taken) {
    const uint32_t pfn = code_take_newest(environment);
    if (pfn == kNoPage) return taken;
    repossession_record(environment, EXO_RESOURCE_CODE, pfn, 0);
  }
  return count;
}

extern "C" void sys_code_download(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const Download download = decode(call);
  if (const uint32_t error = check(download)) return call.fail(error);
  copy(download);
  EXO_OP_BEGIN("code verify");
  const CodeRefusal refusal = verify_code(words, download.count);
  EXO_OP_END("code verify");
  if (refusal.reason != 0) {
    call.v1 = refusal.index;
    call.a[0] = refusal.reason;
    return call.fail(EXO_ERROR_BAD_CODE);
  }
  if (const uint32_t error = quota_check(current_environment(), EXO_RESOURCE_CODE, 1))
    return refuse(call, exo::Syscall::k_code_download, error);
  const uint32_t pfn = download.given.index();
  install(current_environment(), pfn, download.count);
  call.succeed(pfn, make_capability(EXO_KIND_CODE, EXO_RIGHT_ALL, pfn, frame(pfn).proof));
}

extern "C" void sys_code_remove(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability code{{call.a[0], call.a[1], call.a[2]}};
  if (const uint32_t error = check_capability(code, EXO_KIND_CODE, EXO_RIGHT_FREE))
    return call.fail(error);
  Environment& caller = current_environment();
  const uint32_t pfn = code.index();
  if (code_record(pfn).owner != caller.id) return call.fail(EXO_ERROR_NOT_OWNER);
  take_out(caller, pfn);
  page_transfer(pfn, caller.id);
  call.succeed(pfn, make_capability(EXO_KIND_PAGE, EXO_RIGHT_ALL, pfn, frame(pfn).proof));
}

}  // namespace aegis
