// Coprocessor 0: the system control registers and what reading, writing, exceptions and rfe do to
// them. Follows docs/machine.md, "Coprocessor 0".
#pragma once

#include <cstdint>

#include "isa/machine/cp0.h"

namespace exosim {

/// What CP0 registers show that is not stored in them.
struct Cp0Inputs {
  uint8_t hardware_interrupts = 0;  // levels of IP7..2, as InterruptPins::level()
  uint64_t steps = 0;               // completed steps since reset
};

/// The stored registers. Bits that read as zero are zero here.
struct Cp0 {
  uint32_t index = 0;
  uint32_t entry_lo = 0;
  uint32_t context = 0;
  uint32_t bad_vaddr = 0;
  uint32_t entry_hi = 0;
  uint32_t status = 0;
  uint32_t cause = 0;  // without IP7..2, which are live
  uint32_t epc = 0;
  uint32_t prid = 0;

  /// mfc0. Absent registers read 0.
  uint32_t read(unsigned reg, Cp0Inputs inputs) const;
  /// mtc0. Read-only bits keep their value; read-only and absent registers ignore it.
  void write(unsigned reg, uint32_t value);

  bool user_mode() const { return (status & STATUS_KUC) != 0; }
  unsigned asid() const { return (entry_hi & ENTRYHI_ASID_MASK) >> ENTRYHI_ASID_SHIFT; }
  /// Kernel mode may always use CP0; the other coprocessors need their CU bit, of `usable`, in any
  /// mode.
  bool coprocessor_usable(unsigned z, uint32_t usable) const;
  /// Exception entry: pushes (0,0) on the KU/IE stack.
  void push_mode();
  /// rfe: pops the stack; the old pair stays as it is.
  void pop_mode();
  /// What a TLB exception leaves for the refill handler; EntryHi keeps its ASID.
  void set_bad_page(uint32_t address);

  friend bool operator==(const Cp0&, const Cp0&) = default;
};

/// Cause.IP with the software bits from `cause` and the pins live.
constexpr uint32_t pending_interrupts(uint32_t cause, uint8_t hardware_interrupts) {
  return (cause & CAUSE_SW_MASK) | (uint32_t{hardware_interrupts} << CAUSE_IP_SHIFT);
}

/// True iff some interrupt, if it were pending, would be taken.
constexpr bool interrupts_enabled(const Cp0& cp0) {
  return (cp0.status & STATUS_IEC) != 0 && (cp0.status & STATUS_IM_MASK) != 0;
}

/// Random's entry number: 63 at reset, one less per step, 63 again after 8 (MAME mips1.cpp).
constexpr unsigned random_entry(uint64_t steps) {
  constexpr unsigned kRange = RANDOM_HIGH - RANDOM_LOW + 1;
  return RANDOM_HIGH - static_cast<unsigned>(steps % kRange);
}

}  // namespace exosim
