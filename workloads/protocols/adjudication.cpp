// A request is refused, the arbiter is told and raises the limit, the request is repeated.
#include "workloads/protocols/protocols.hpp"

namespace protocols {
namespace {

test::Child poor;
exo::Capability quota;
volatile uint32_t limit;
volatile bool is_told;

exo::CallResult set_limit(uint32_t pages) {
  return exo::quota_set(quota, poor.id, kPages, 0u, pages, 1u);
}

/// The arbiter decides: one page more.
void on_refusal() {
  EXO_PASSAGE_END("adjudication: the arbiter is told");
  const uint32_t more = limit + 1;
  EXO_OP_BEGIN("adjudication: the limit is raised");
  const exo::CallResult raised = set_limit(more);
  EXO_OP_END("adjudication: the limit is raised");
  CHECK(raised.ok() && exo::context().notice_kind == EXO_NOTICE_REFUSAL);
  is_told = true;
}

/// Its limit is what it has.
void ask_for_a_page() {
  EXO_OP_BEGIN("adjudication: in all");
  EXO_OP_BEGIN("adjudication: the request is refused");
  const exo::CallResult refused = exo::page_alloc(EXO_PAGE_ANY);
  EXO_OP_END("adjudication: the request is refused");
  EXO_PASSAGE_BEGIN("adjudication: the arbiter is told");
  test_yield(kSelf);
  EXO_OP_BEGIN("adjudication: the request is repeated");
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  EXO_OP_END("adjudication: the request is repeated");
  EXO_OP_END("adjudication: in all");
  CHECK(test::refused(refused, EXO_ERROR_QUOTA) && page.ok());
  free(page.capability());
}

void be_poor() {
  arrive_at_slices();
  free(allocate());  // its own from now on
  for (;;) {
    test_sleep(EXO_EVENT_NOTICE, 0);
    ask_for_a_page();
  }
}

}  // namespace

void start_poor() {
  quota = quota_capability();
  poor = test::create_child(be_poor);
  test::start_child(poor);
  test_yield(poor.id);
}

void end_poor() { CHECK(exo::env_destroy(poor.capability).ok()); }

void adjudicate() {
  test::on_notice(on_refusal);
  CHECK(exo::quota_arbitrate(quota).ok());
  limit = test::pages_of(poor.id);
  CHECK(set_limit(limit).ok());
  is_told = false;
  test_yield(poor.id);  // until it is refused
  CHECK(is_told);
  test_yield(poor.id);  // until it has a page, has given it back, and sleeps
  CHECK(set_limit(EXO_NO_LIMIT).ok());
}

}  // namespace protocols
