// The exception handlers, what prints, and how it begins. Registers: gp the state below, s7 where
// to go on after an exception, v0 and v1 results of a step; the others are scratch.
#include "sim/machine/differential/privileged/privileged_runtime.hpp"

#include "isa/machine/exceptions.h"

namespace exosim::differential {
namespace {

// The five words that an exception leaves: its vector (1 UTLB, 2 general), Cause, EPC, BadVAddr,
// Status; then the EntryHi that a step has set, to which report goes back.
static_assert(kEntryHiField == 20);

// rfe only where it leads to kernel mode: whoever was in user mode does not go on there.
constexpr std::string_view kHandler = R"(
  handler:
    sw k1,0(gp)
    mfc0 k0,c0_cause; nop; sw k0,4(gp)
    mfc0 k0,c0_epc; nop; sw k0,8(gp)
    mfc0 k0,c0_badvaddr; nop; sw k0,12(gp)
    mfc0 k0,c0_sr; nop; sw k0,16(gp)
    andi k0,k0,8
    bne k0,zero,was_user; nop
    jr s7; rfe
  was_user:
    jr s7; nop
)";

// A line of the number in a0, the vector and, if there was an exception, Cause without its
// undefined bits, EPC, Status, BadVAddr; then Status, EntryLo, Index, EntryHi, Context, v0, v1.
// Status is CU, IM and KU/IE: 0xf000ff3f, after an rfe without the old pair: 0xf000ff0f. EntryHi
// and Context.BadVPN are those of the last TLB exception, not shown after an address error.
constexpr std::string_view kReport = R"(
  report:
    addu s6,ra,zero
    jal print; nop
    lw a0,0(gp); jal print; nop
    lw a0,0(gp); nop
    beq a0,zero,no_exception; nop
    lw s5,4(gp); lui t9,0xb000; ori t9,t9,0xff7c
    jal print; and a0,s5,t9
    lw a0,8(gp); jal print; nop
    lw a0,16(gp); lui t9,0xf000; ori t9,t9,0xff3f; jal print; and a0,a0,t9
    lw a0,12(gp); jal print; nop
  no_exception:
    mfc0 a0,c0_sr; lui t9,0xf000; ori t9,t9,0xff0f; jal print; and a0,a0,t9
    mfc0 a0,c0_entrylo; nop; jal print; nop
    mfc0 a0,c0_index; nop; jal print; andi a0,a0,0x3f00
    lw s4,4(gp); lw s5,0(gp); nop
    beq s5,zero,no_page; andi s4,s4,0x7c
    addiu s4,s4,-16       # Mod, TLBL and TLBS are below, AdEL and AdES 0 and 4
    bltz s4,page; nop
    sltiu s4,s4,8
    beq s4,zero,no_page; nop
    beq zero,zero,base; addiu a0,zero,0
  page:
    mfc0 a0,c0_entryhi; nop; jal print; nop
    mfc0 a0,c0_context; nop; jal print; nop
    beq zero,zero,values; nop
  no_page:
    mfc0 a0,c0_entryhi; nop
  base:
    jal print; nop
    mfc0 a0,c0_context; lui t9,0xffe0; jal print; and a0,a0,t9
  values:
    jal print; addu a0,v0,zero
    jal print; addu a0,v1,zero
    sw zero,0(gp)
    lw a0,20(gp); nop; mtc0 a0,c0_entryhi
    addiu t9,zero,10; lui a1,0xb000; sb t9,0(a1)
    mtc0 zero,c0_sr
    jr s6; nop

  print:                  # a0, eight digits and a blank
    addiu a1,zero,28
    lui t9,0xb000
  digit:
    srlv a2,a0,a1
    andi a2,a2,15
    sltiu a3,a2,10
    bne a3,zero,decimal; addiu a2,a2,48
    addiu a2,a2,39
  decimal:
    sb a2,0(t9)
    bne a1,zero,digit; addiu a1,a1,-4
    addiu a2,zero,32
    jr ra; sb a2,0(t9)
)";

// The whole TLB and two checksums: of the frames that are used through the cache and the others.
constexpr std::string_view kDump = R"(
  dump:
    addu s3,ra,zero
    addiu s2,zero,0
  entry:
    mtc0 s2,c0_index; nop; tlbr; nop
    mfc0 a0,c0_entryhi; nop; jal print; nop
    mfc0 a0,c0_entrylo; nop; jal print; nop
    addiu s2,s2,0x100
    addiu a0,zero,0x4000
    bne s2,a0,entry; nop
    lw a0,20(gp); nop; mtc0 a0,c0_entryhi
    lui s2,0x8040; lui s4,0x8040; jal sum; ori s4,s4,0x4000
    lui s2,0xa040; ori s2,s2,0x4000; lui s4,0xa040; jal sum; ori s4,s4,0x6000
    addiu t9,zero,10; lui a1,0xb000; sb t9,0(a1)
    jr s3; nop
  sum:
    addu s6,ra,zero
    addiu a0,zero,0
  add:
    lw a1,0(s2); sll a2,a0,5; srl a3,a0,27; or a0,a2,a3; addu a0,a0,a1
    addiu s2,s2,4
    bne s2,s4,add; nop
    jal print; nop
    jr s6; nop
)";
static_assert(kFrames == 0x00400000 && kCachedFrames == 4 && kAllFrames == 6);

// Known contents for the frames, the TLB (entries that nothing matches: kseg0 is not mapped) and
// all registers that reset leaves undefined; BadVAddr by an address error.
constexpr std::string_view kStart = R"(
  fill:
    sw s2,0(s2); addiu s2,s2,4
    bne s2,s4,fill; nop
    jr ra; nop

  start:
    mtc0 zero,c0_sr; nop; nop
    mtc0 zero,c0_cause
    lui gp,%hi(state); addiu gp,gp,%lo(state)
    lui s2,0x8040; lui s4,0x8040; jal fill; ori s4,s4,0x4000
    lui s2,0xa040; ori s2,s2,0x4000; lui s4,0xa040; jal fill; ori s4,s4,0x6000
    addiu t0,zero,0
    lui t1,0x8000
    ori t3,zero,0x1000
    addiu t2,zero,0x4000
  clear:
    mtc0 t0,c0_index; mtc0 t1,c0_entryhi; mtc0 zero,c0_entrylo; nop; tlbwi
    addu t1,t1,t3
    addiu t0,t0,0x100; bne t0,t2,clear; nop
    mtc0 zero,c0_entrylo; mtc0 zero,c0_index; mtc0 zero,c0_context
    lui s7,%hi(steps); addiu s7,s7,%lo(steps)
    lw v0,1(gp); nop
  state:
    .word 0; .word 0; .word 0; .word 0; .word 0; .word 0
  steps:
    mtc0 zero,c0_entryhi; sw zero,20(gp); sw zero,0(gp)
    addiu v0,zero,0; addiu v1,zero,0
)";

/// Fills a vector up: two words are there.
std::string rest_of_vector() {
  std::string text;
  for (unsigned word = 2; word < VECTOR_SIZE / 4; ++word) text += "nop\n";
  return text;
}

}  // namespace

std::string privileged_runtime() {
  std::string text = "j handler; addiu k1,zero,1\n" + rest_of_vector();
  text += "j handler; addiu k1,zero,2\n" + rest_of_vector();
  text += "j start; nop\n";
  for (const std::string_view part : {kHandler, kReport, kDump, kStart}) text += part;
  return text;
}

}  // namespace exosim::differential
