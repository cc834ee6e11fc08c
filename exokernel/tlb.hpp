// The two caches of bindings: the processor's TLB and the software TLB behind it. Both may forget a
// binding at any time; neither ever holds one that has been broken.
#pragma once

#include <cstdint>

#include "exokernel/processor.h"
#include "exokernel/software_tlb.h"

namespace aegis {

extern "C" TlbEntry software_tlb[SOFTWARE_TLB_ENTRIES];

/// Wires the pages that the assembly paths use (exokernel/processor.h). Before anything else: an
/// exception needs them.
void tlb_wire();
/// Empties both; what is wired stays.
void tlb_reset();
/// Lets everyone read the software TLB.
void tlb_expose();
/// Puts a binding of the running environment into both; it replaces one of the same page.
void tlb_insert(TlbEntry entry);
/// Drops the binding of this page and address space from both.
void tlb_drop(uint32_t entry_hi);
/// Drops it from the software TLB only.
void tlb_drop_from_software(uint32_t entry_hi);
/// Drops every binding to a physical page that tlb_insert has made. (A guaranteed one, which the
/// refill path puts in, is dropped where the guarantee is taken back.)
void tlb_drop_frame(uint32_t pfn);
/// Entries of the software TLB that it will look at: at most so many.
uint32_t tlb_listed(uint32_t pfn);
/// The same for all pages whose predicate is this code.
void tlb_drop_predicated(uint32_t code);
/// EntryHi as the processor has it between kernel calls: the address space of the running
/// environment.
void tlb_set_space(uint32_t space);

}  // namespace aegis
