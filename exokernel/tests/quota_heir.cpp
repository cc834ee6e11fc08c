// The quota capability is the first program's, and dies with it: who gets its id later cannot make
// one.
// run: exokernel_quota_heir exokernel_quota_heir
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

volatile bool has_tried;

void claim() {
  CHECK(exo::info().environment == 1);
  CHECK(refused(exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)),
                EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::capability_change(exo::capability_word(EXO_KIND_QUOTA, 0, 0)),
                EXO_ERROR_NOT_OWNER));
  has_tried = true;
}

}  // namespace

void run_tests() {
  if (exo::info().environment == 1) return;
  const auto* const records =
      test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, 0x30000000);
  while (records[1].state != exo::EnvironmentState::kEnded) test_yield(EXO_YIELD_NEXT);
  // Ids are given in turn: up to the last one, then the first.
  for (;;) {
    const test::Parts parts = test::make_parts(claim);
    const exo::CallResult made = exo::env_create(parts.context, parts.info);
    const bool is_last = made.value == static_cast<int32_t>(exo::info().environment_max);
    CHECK(made.ok() && exo::env_destroy(made.capability()).ok());
    if (!made.ok() || is_last) break;
  }
  const test::Child heir = test::create_child(claim);
  CHECK(heir.id == 1);
  test::start_child(heir);
  CHECK(test::wait_for(heir, records) == 0);
  CHECK(has_tried);
}
