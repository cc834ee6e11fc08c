// Coprocessor 0 from C++: registers and TLB instructions, with the distances that the R3000 wants
// between them (NetBSD locore_mips1.S; docs/machine.md).
#pragma once

#include <cstdint>

#include "isa/machine/cp0.h"

namespace aegis {

template <unsigned kRegister>
inline uint32_t read_cp0() {
  uint32_t value;
  asm volatile(
      ".set push\n.set noreorder\n"
      "mfc0 %0, $%1\n"
      "nop\n"
      ".set pop\n"
      : "=r"(value)
      : "i"(kRegister));
  return value;
}

template <unsigned kRegister>
inline void write_cp0(uint32_t value) {
  asm volatile(
      ".set push\n.set noreorder\n"
      "mtc0 %z0, $%1\n"
      "nop\n"
      ".set pop\n"
      :
      : "rJ"(value), "i"(kRegister));
}

/// Looks EntryHi up. Returns Index: INDEX_P if there is no such entry.
inline uint32_t tlb_probe() {
  asm volatile("tlbp" ::: "memory");
  return read_cp0<CP0_INDEX>();
}

/// Writes EntryHi and EntryLo to the entry that Index names.
inline void tlb_write_indexed() { asm volatile("nop\n\ttlbwi\n\tnop" ::: "memory"); }

/// Writes EntryHi and EntryLo to an entry of the hardware's choice.
inline void tlb_write_random() { asm volatile("nop\n\ttlbwr\n\tnop" ::: "memory"); }

/// Loads EntryHi and EntryLo from the entry that Index names.
inline void tlb_read() { asm volatile("nop\n\ttlbr" ::: "memory"); }

}  // namespace aegis
