// Refusals wait for the arbiter: the oldest 16, each once; what comes when all places are taken is
// not told, and can be asked again.
// options: --set arguments=slice=100000
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kQueue = 16;
constexpr uint32_t kChildren = kQueue + 2;
constexpr uint32_t kStackAndContext = 2;  // pages

exo::Capability quota;
test::Child children[kChildren];

volatile uint32_t told;
volatile uint32_t told_environments[kChildren];

void read_notice() {
  const volatile exo::Context& context = exo::context();
  if (context.notice_kind != EXO_NOTICE_REFUSAL || told == kChildren) return;
  CHECK(context.notice_resource == EXO_RESOURCE_PAGES && context.notice_count == 1);
  told_environments[told] = context.notice_environment;
  told = told + 1;
}

/// Asks in each of its slices, and gives the rest to the test.
void ask() {
  for (;;) {
    CHECK(refused(exo::page_alloc(EXO_PAGE_ANY), EXO_ERROR_QUOTA));
    test_yield(1);
  }
}

void listen() {
  told = 0;
  test::on_notice(read_notice);
  for (uint32_t count = 0; count < 2 * kChildren; ++count) test_yield(exo::info().environment);
  exo::context().notice_entry = 0;
}

}  // namespace

void run_tests() {
  quota = exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  CHECK(exo::info().environment == 1);
  for (test::Child& child : children) {
    child = test::create_child(ask);
    CHECK(exo::quota_set(quota, child.id, EXO_RESOURCE_PAGES, 0u, kStackAndContext, 0u).ok());
  }
  for (const test::Child& child : children) test::start_child(child);
  for (uint32_t count = 0; count < kChildren; ++count) test_yield(EXO_YIELD_NEXT);
  CHECK(exo::quota_arbitrate(quota).ok());
  // The last ones first, some of them again, then all: two of them find no place.
  test_yield(children[kChildren - 1].id);
  test_yield(children[kChildren - 2].id);
  test_yield(children[kChildren - 1].id);
  for (const test::Child& child : children) test_yield(child.id);
  listen();
  CHECK(told == kQueue);
  CHECK(told_environments[0] == children[kChildren - 1].id);
  CHECK(told_environments[1] == children[kChildren - 2].id);
  for (uint32_t index = 2; index < kQueue; ++index)
    CHECK(told_environments[index] == children[index - 2].id);
  // Those who were not told of ask again.
  test_yield(children[kQueue - 1].id);
  test_yield(children[kQueue - 2].id);
  listen();
  CHECK(told == 2);
  CHECK(told_environments[0] == children[kQueue - 1].id);
  CHECK(told_environments[1] == children[kQueue - 2].id);
  listen();
  CHECK(told == 0);
  for (const test::Child& child : children) CHECK(exo::env_destroy(child.capability).ok());
}
