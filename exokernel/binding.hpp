// Secure bindings of virtual to physical pages: authorised once by a capability, then kept in the
// TLB, the software TLB and, if guaranteed, in the environment's table.
#pragma once

#include <cstdint>

namespace aegis {

struct Environment;

/// 0 if an environment may bind this virtual page itself, else an EXO_ERROR_.
uint32_t check_bindable(uint32_t virt);
/// How long breaking the bindings of a page takes; 1 is about as long as for one that is bound
/// once.
uint32_t breaking_effort(uint32_t pfn);
/// Breaks every binding to a page, guaranteed ones too, in all environments.
void break_bindings(uint32_t pfn);
/// The same, but the guaranteed mappings of one environment remain.
void break_bindings_of_others(uint32_t pfn, const Environment& keeper);
/// The bindings that the page's predicate has allowed. Others may be forgotten, as always.
void break_bindings_by_predicate(uint32_t pfn);
/// The same for all pages whose predicate is this code.
void break_bindings_by_code(uint32_t code);
/// Gives an environment a guaranteed mapping that no one has to authorise. Its table must have
/// room.
void guarantee_at_start(Environment& environment, uint32_t virt, uint32_t pfn, bool writable);

}  // namespace aegis
