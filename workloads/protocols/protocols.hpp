// What the parts of the workload share. Each of them does one round of what it measures; a step
// that begins in one environment and ends in another is a passage (isa/markers.h).
#pragma once

#include "exokernel/tests/harness/child.hpp"
#include "isa/markers.h"

extern "C" {
/// slice_start of all environments: the end of every passage that ends where a slice begins.
void arrive();
}

namespace protocols {

/// Children take what they need at their start; each round is repeated as it is.
void revoke_visibly();
void revoke_imperatively();
void revoke_by_force();
void break_bindings();
void check_capabilities();
void adjudicate();
void live_and_die();
/// Its slices are short, and it ends the workload.
void overrun_slices();

/// The victim of the revocations, and the environment whose requests are refused.
void start_victim();
void end_victim();
void start_poor();
void end_poor();

inline exo::Capability allocate() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(page.ok());
  return page.capability();
}
inline void free(const exo::Capability& page) { CHECK(exo::page_dealloc(page).ok()); }

inline exo::Capability quota_capability() {
  const uint32_t word = exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0);
  return exo::capability_mint(word).capability();
}

inline void arrive_at_slices() { exo::context().slice_start = reinterpret_cast<uint32_t>(&arrive); }

inline constexpr uint32_t kPages = EXO_RESOURCE_PAGES;
inline constexpr uint32_t kSelf = 1;  // id of the environment that conducts all

/// The table of environments, bound in the environment that conducts.
extern const volatile exo::EnvironmentRecord* records;

}  // namespace protocols
