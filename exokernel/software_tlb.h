/* The software TLB: 4096 entries {EntryHi, EntryLo}, direct mapped, in unmapped memory. The refill
 * vector looks here first. An entry is found by its EntryHi, that is by page and address space:
 *
 *   offset = ((EntryHi >> VPN_SHIFT) ^ (EntryHi << ASID_SHIFT)) & INDEX_MASK
 *
 * so that consecutive pages stand side by side and address spaces start at different places.
 * An entry of zeros is empty: no environment has address space 0. */
#ifndef EXOKERNEL_SOFTWARE_TLB_H
#define EXOKERNEL_SOFTWARE_TLB_H

#define SOFTWARE_TLB_ENTRIES 4096
#define SOFTWARE_TLB_VPN_SHIFT 9  /* page number bit 0 (EntryHi bit 12) to offset bit 3 */
#define SOFTWARE_TLB_ASID_SHIFT 3 /* ASID bit 0 (EntryHi bit 6) to offset bit 9 */
#define SOFTWARE_TLB_INDEX_MASK 0x7ff8

#endif
