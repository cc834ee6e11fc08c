// Random privileged sequences as a bare image that prints what each of them left, the same text
// here and under `gxemul -E testmips -C R3000`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/machine/differential/batch.hpp"

namespace exosim::differential {

/// Pieces at multiples of 4 KiB, in kseg0.
struct PrivilegedImage {
  std::vector<MemoryPiece> pieces;
  uint32_t entry = 0;
};

/// The image of a seed; it powers off in the end.
///
/// What it leaves out because GXemul 0.7 is wrong there; what the R3000 does has tests of its own
/// (docs/conformance.md). The evidence is that the texts differed, and GXemul's source, src/cpus:
/// - `addi` never overflows, nor does `sub` with 80000000 as its second operand: both are left out;
/// - `rfe` clears KUo and IEo, which stay on the R3000: not printed behind an rfe
///   (cpu_mips_instr.c: it masks with 0x3f);
/// - user mode reaches kseg0 and kseg1, mfc0 and mtc0 do not trap there, a misaligned jump does not
///   trap: the page's host address is found without a look at Status or the low bits;
/// - a probe without a match clears Index, whose field the R3000 leaves, and mtc0 Index then clears
///   P, which only tlbp does: the field is not printed, and P at once (cpu_mips_coproc.c,
///   coproc_tlbpr);
/// - tlbr changes the ASID without dropping what was translated: EntryHi is put back first (the
///   same);
/// - lwl, lwr, swl and swr put an aligned address into BadVAddr, which on the R3000 is the address
///   as computed: here theirs are aligned (cpu_mips_instr_unaligned.c);
/// - an address error writes EntryHi, the ASID too, and Context, which on the R3000 only TLB
///   exceptions do: not printed, and EntryHi set again (cpu_mips.c, mips_cpu_exception);
/// - Context.1:0 can be written, EPC, BadVAddr and every bit of Status and Index too: only bits are
///   written that the R3000 has (cpu_mips_coproc.c, coproc_register_write);
/// - with BEV the vectors are those of the R4000, bfc00200 and on: BEV stays 0 (cpu_mips.c);
/// - Random reads 0 and tlbwr counts on its own: not used (cpu_mips_coproc.c, coproc_tlbwri);
/// - loads have no delay slot, software interrupts come late, duplicates do not shut the TLB down,
///   there are no caches to isolate: not used;
/// - reserved words that it does not know end the run, and so does a branch in a delay slot on the
///   next page: the only reserved word here is rdhwr (cpu_mips_instr.c).
PrivilegedImage make_privileged_image(uint64_t seed, size_t steps);

}  // namespace exosim::differential
