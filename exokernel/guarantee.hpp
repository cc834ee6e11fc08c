// Guaranteed bindings: the table of each environment, which the TLB miss path searches, and the
// list of each page, so that breaking its bindings takes no search.
#pragma once

#include <cstdint>

#include "exokernel/processor.h"

namespace aegis {

struct Environment;

/// In the lower half of a guaranteed binding: the page's predicate has allowed it. The processor
/// ignores the bit.
inline constexpr uint32_t kByPredicate = 1;

/// 0 if the environment may have this guarantee, of a page, else an EXO_ERROR_.
uint32_t check_guarantee(const Environment& environment, TlbEntry entry);
/// The environment's table must have room.
void guarantee_add(Environment& environment, TlbEntry entry);
/// With what the TLBs hold of it.
void guarantee_remove(Environment& environment, unsigned index);
/// Drops what the TLBs have of a virtual page in all address spaces of an environment.
void guarantee_drop(const Environment& environment, uint32_t virt);

/// Removes the guarantees of a page, but those of the environment `keeper` (null: all). Where they
/// are many, what the processor's TLB holds of them remains: the page's bindings are kMany then.
void guarantees_break(uint32_t pfn, const Environment* keeper);
/// The same for those that the page's predicate has allowed.
void guarantees_break_by_predicate(uint32_t pfn);
/// A page is the environment's now: its guarantees of it are no predicate's business any more.
void guarantees_become_own(Environment& environment, uint32_t pfn);
/// Takes all guarantees of an environment back. It does not run.
void guarantees_remove(Environment& environment);

}  // namespace aegis
