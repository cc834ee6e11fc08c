// Children: environments that a test creates. A child shares the test's code and data; context
// page, info page and stack are its own. What it finds wrong counts as the test's failure.
#pragma once

#include "exokernel/tests/harness/harness.hpp"

namespace test {

struct Child {
  uint32_t id;
  exo::Capability capability;  // all rights
  uint32_t stack;              // frame number
};

/// Where a child's stack is mapped; the page below is not.
inline constexpr uint32_t kChildStack = 0x20000000;

/// Binds a page, clears it and fills it in as the context page of a child that will run `function`.
void make_context(const exo::Capability& page, void (*function)());

/// Two pages of the test's own that will be a child's context page and info page, the former filled
/// in so that the child will run `function`.
struct Parts {
  exo::Capability context;
  exo::Capability info;
};
Parts make_parts(void (*function)());

/// Gives an environment that has its two pages all else that a child has.
Child equip_child(uint32_t id, const exo::Capability& capability);

/// Creates a child that will run `function` and then exit with status 0. It has not been started.
Child create_child(void (*function)());
/// Lets it run: from its next slice on.
void start_child(const Child& child);

/// The table, bound read-only from `virt` on; all of its pages.
template <typename Entry>
const volatile Entry* bind_table(exo::Exposed table, uint32_t virt) {
  const exo::ExposedTable& where = exo::exposed_table(exo::info(), table);
  for (uint32_t page = 0; page < where.pages; ++page) {
    const exo::CallResult made = exo::page_capability(where.first_pfn + page, EXO_RIGHT_READ);
    check(made.ok(), "the table is exposed", __LINE__);
    check(exo::guarantee(virt + page * PAGE_SIZE, 0u, made.capability()).ok(), "and can be bound",
          __LINE__);
  }
  return reinterpret_cast<const volatile Entry*>(virt);
}

/// Units of a resource that an environment holds. The table of quotas is bound where it is needed.
inline const volatile exo::QuotaRecord& quota_of(uint32_t environment, uint32_t resource) {
  constexpr uint32_t kWindow = 0x2e000000;
  const uint32_t first = (environment * EXO_RESOURCE_COUNT + resource) * sizeof(exo::QuotaRecord);
  const exo::ExposedTable& where = exo::exposed_table(exo::info(), exo::Exposed::kQuotas);
  for (uint32_t page = 0; page < 2 && first / PAGE_SIZE + page < where.pages; ++page) {
    const exo::CallResult made =
        exo::page_capability(where.first_pfn + first / PAGE_SIZE + page, EXO_RIGHT_READ);
    exo::tlb_write(kWindow + page * PAGE_SIZE, 0u, made.capability());
  }
  return *reinterpret_cast<const volatile exo::QuotaRecord*>(kWindow + first % PAGE_SIZE);
}
inline uint32_t pages_of(uint32_t environment) {
  return quota_of(environment, EXO_RESOURCE_PAGES).own;
}

/// Waits, slice after slice, until the environment has ended. Its exit status.
uint32_t wait_for(const Child& child, const volatile exo::EnvironmentRecord* records);

}  // namespace test
