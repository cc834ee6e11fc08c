// Environments, what is given to them, and the quotas that they have.
#include "workloads/kernel_calls/measure.hpp"

extern "C" {
void arrive();
int32_t measured_env_exit(uint32_t status);
}

namespace calls {
namespace {

constexpr uint32_t kManyPages = 100;
constexpr uint32_t kVirt = test::kVirt;
constexpr uint32_t kForever = 0x7fffffff;  // cycles

void nothing() {}

exo::Capability quota_capability() {
  const uint32_t word = exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0);
  return exo::capability_mint(word).capability();
}

exo::Capability create() {
  const test::Parts parts = test::make_parts(nothing);
  return MEASURE("env_create", exo::env_create(parts.context, parts.info)).capability();
}

void exit() {
  exo::context().slice_start = reinterpret_cast<uint32_t>(&arrive);
  test_yield(EXO_YIELD_NEXT);
  measured_env_exit(0);
}

/// It has a context page, a stack, and the test's image.
void let_one_exit() {
  const test::Child child = test::create_child(exit);
  test::start_child(child);
  test_yield(child.id);
  test_yield(child.id);
}

}  // namespace

/// What is measured of `child` has just been done to `other`, so that it finds warm caches: the
/// creation of an environment displaces what it needs.
void use_environments() {
  CHECK(exo::env_destroy(create()).ok());
  const exo::Capability other = create(), child = create();
  const exo::Capability first = allocate(), page = allocate(), unbound = allocate();
  CHECK(exo::env_guarantee(other, kVirt | EXO_MAP_WRITE, first).ok());
  MEASURE("env_guarantee", exo::env_guarantee(child, kVirt | EXO_MAP_WRITE, page));
  CHECK(exo::page_give(first, other).ok());
  MEASURE("page_give: guaranteed to the receiver", exo::page_give(page, child));
  MEASURE("page_give: bound nowhere", exo::page_give(unbound, child));
  CHECK(exo::env_start(other).ok());
  MEASURE("env_start", exo::env_start(child));
  CHECK(exo::env_destroy(other).ok());
  MEASURE("env_destroy: of 3 pages", exo::env_destroy(child));
  let_one_exit();
}

void end_large_environment() {
  const exo::Capability large = create();
  for (uint32_t count = 0; count < kManyPages; ++count)
    CHECK(exo::page_give(allocate(), large).ok());
  MEASURE("env_destroy: of 101 pages", exo::env_destroy(large));
}

void use_quotas() {
  const exo::Capability quota = quota_capability();
  const exo::Capability other = create(), child = create();
  const auto set = [&quota](uint32_t environment) {
    return exo::quota_set(quota, environment, uint32_t{EXO_RESOURCE_PAGES}, 0u,
                          uint32_t{EXO_NO_LIMIT}, 1u);
  };
  const uint32_t self = exo::info().environment;
  CHECK(set(other.index()).ok() && set(self).ok());
  MEASURE("quota_set: the environment gets an account", set(child.index()));
  MEASURE("quota_set: of an account that is there", set(self));
  CHECK(exo::quota_arbitrate(quota).ok());
  MEASURE("quota_arbitrate", exo::quota_arbitrate(quota));
  CHECK(exo::env_destroy(child).ok());
  CHECK(exo::env_destroy(other).ok());
}

/// Revokes a page of the caller's own, which is given back at once. The next slice ends that.
void revoke() {
  const exo::Capability quota = quota_capability(), page = allocate();
  MEASURE("revoke",
          exo::revoke(quota, exo::info().environment, uint32_t{EXO_RESOURCE_PAGES}, 1u, kForever));
  free(page);
}

}  // namespace calls
