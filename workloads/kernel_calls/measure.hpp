// How a call is measured: as an operation whose name begins with the call's. What stands behind a
// colon says on what the cost depends. .ci/gen_kernel_calls.py makes a row of each operation.
#pragma once

#include "exokernel/tests/harness/child.hpp"
#include "isa/markers.h"

/// Makes a call that must succeed, and is its result. Nothing is computed from that before the
/// operation has ended.
#define MEASURE(name, ...)                    \
  ({                                          \
    EXO_OP_BEGIN(name);                       \
    exo::CallResult result = __VA_ARGS__;     \
    EXO_OP_END(name);                         \
    asm volatile("" : "+r"(result.value));    \
    test::check(result.ok(), name, __LINE__); \
    result;                                   \
  })

namespace calls {

/// One round of each group of calls. What a round takes it gives back.
void use_pages();
void use_capabilities();
void use_devices();
void use_code();
void use_environments();
void end_large_environment();
void use_quotas();
void revoke();
void use_slices();

/// The partner: an environment that takes turns with this one and does nothing else but use the
/// page kPartnersPage, so that it has been another's, and give back the tile kPartnersTile, which
/// it is given. It must run first.
void start_partner();
const test::Child& partner();
inline constexpr uint32_t kPartnersPage = 3000;  // frame number
inline constexpr uint32_t kOwnTile = 3, kPartnersTile = 5;

inline exo::Capability allocate() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(page.ok());
  return page.capability();
}
inline void free(const exo::Capability& page) { CHECK(exo::page_dealloc(page).ok()); }

}  // namespace calls
