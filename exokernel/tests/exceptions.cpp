// Every class of exception reaches its handler with the right facts and the program's registers.
#include "exokernel/tests/harness/harness.hpp"
#include "isa/devices/timer.h"

// Instructions that the processor, or ours, does not have.
asm(R"(
  .text
  .set push
  .set noreorder
  .globl not_mips1_rdhwr
not_mips1_rdhwr:
  .word 0x7c03e83b
  jr    $31
  nop
  .globl not_mips1_mfc1
not_mips1_mfc1:
  .word 0x44000000
  jr    $31
  nop
  .set pop
)");

// A jump that fails, and a handler that goes back to where it was made.
asm(R"(
  .text
  .set push
  .set noreorder
  .globl jump_to, jump_handler
jump_to:
  jr    $4
  nop
jump_handler:
  sw    $4, 0x1300($0)
  sw    $5, 0x1304($0)
  sw    $6, 0x1308($0)
  jr    $31
  nop
  .set pop
)");

extern "C" {
void jump_to(uint32_t address);
void jump_handler();
void not_mips1_rdhwr();
void not_mips1_mfc1();
}

namespace {

constexpr uint32_t kForbidden[] = {0x80000000, 0x80000080, 0x80000082, 0xa0000000,
                                   0xbfc00000, 0xffffb000, 0xffffc000, 0xfffffffc};

/// Raises an exception of its own kind and must see it.
template <typename Action>
void expect(uint32_t code, uint32_t address, Action action) {
  CHECK(test::raises(code, action));
  if (address != 0) CHECK(test::caught().address == address);
}

void address_errors() {
  const uint32_t odd = EXO_CONTEXT_VA + EXO_CONTEXT_SIZE - 2;
  expect(EXC_ADEL, odd, [] { test::touch(EXO_CONTEXT_VA + EXO_CONTEXT_SIZE - 2); });
  expect(EXC_ADES, odd, [] { test::poke(EXO_CONTEXT_VA + EXO_CONTEXT_SIZE - 2, 0); });
  expect(EXC_ADEL, 0x80000080, [] { test::touch(0x80000080); });
  expect(EXC_ADES, 0x80000080, [] { test::poke(0x80000080, 0); });
  expect(EXC_ADEL, 0xb0000000, [] { test::touch(0xb0000000); });
  expect(EXC_ADES, 0xc0000000, [] { test::poke(0xc0000000, 0); });
  // What the kernel has mapped there for itself.
  expect(EXC_ADEL, 0xffffb000, [] { test::touch(0xffffb000); });
  expect(EXC_ADES, 0xffffc020, [] { test::poke(0xffffc020, 0); });
}

void instructions() {
  expect(EXC_BP, 0, [] { asm volatile("break"); });
  expect(EXC_OV, 0, [] { asm volatile("add $0, %0, %0" : : "r"(0x7fffffff)); });
  expect(EXC_RI, 0, not_mips1_rdhwr);
  expect(EXC_CPU, 0, not_mips1_mfc1);
  CHECK((test::caught().cause & CAUSE_CE_MASK) == 1u << CAUSE_CE_SHIFT);
  expect(EXC_CPU, 0, [] { asm volatile("mfc0 $8, $%0" : : "i"(CP0_STATUS) : "$8"); });
  CHECK((test::caught().cause & CAUSE_CE_MASK) == 0);
  expect(EXC_CPU, 0, [] { asm volatile("rfe"); });
  expect(EXC_CPU, 0, [] { asm volatile("tlbwi"); });
}

constexpr uint32_t kSeen = 0x1300;
static_assert(kSeen >= EXO_CONTEXT_VA + EXO_CONTEXT_USER);

/// Jumps there, and has the exception that follows noted at kSeen.
void jump_and_note(uint32_t code, uint32_t target) {
  volatile uint32_t& handler = exo::context().handlers[code];
  const uint32_t before = handler;
  handler = reinterpret_cast<uint32_t>(&jump_handler);
  jump_to(target);
  handler = before;
  CHECK(test::word_at(kSeen) == target);
  CHECK((test::word_at(kSeen + 8) & CAUSE_EXCCODE_MASK) == code << CAUSE_EXCCODE_SHIFT);
}

/// Behind the timer's registers there is nothing. Another exception has set BadVAddr before.
void bus_errors() {
  CHECK(exo::timer_bind(test::kVirt).ok());
  constexpr uint32_t kNothing = test::kVirt + PAGE_SIZE - sizeof(uint32_t);
  expect(EXC_ADEL, 0x80000080, [] { test::touch(0x80000080); });
  expect(EXC_DBE, 0, [] { test::touch(kNothing); });
  CHECK(test::caught().address == 0);
  jump_and_note(EXC_IBE, kNothing);
  CHECK(test::word_at(kSeen + 4) == 0);
  CHECK(exo::tlb_delete(test::kVirt).ok());
}

/// What cannot be written raises Mod, what is not bound TLBL and TLBS.
void translation() {
  CHECK(exo::timer_bind(test::kVirt).ok());
  expect(EXC_MOD, test::kVirt + TIMER_COUNT, [] { test::poke(test::kVirt + TIMER_COUNT, 0); });
  CHECK(exo::tlb_delete(test::kVirt).ok());
  expect(EXC_TLBL, test::kVirt + 4, [] { test::touch(test::kVirt + 4); });
  expect(EXC_TLBS, test::kVirt + 8, [] { test::poke(test::kVirt + 8, 0); });
}

/// EPC is then where the program wanted to go. In the kernel's half that is no fault of the kernel.
void jumps_where_it_may_not() {
  for (const uint32_t target : kForbidden) {
    jump_and_note(EXC_ADEL, target);
    CHECK(test::word_at(kSeen + 4) == target);
  }
}

/// a0, a1, a2 are the registers that the kernel borrows; the handler gets EPC of the instruction.
void keeps_registers() {
  register uint32_t a0 asm("$4") = 0x44;
  register uint32_t a1 asm("$5") = 0x55;
  register uint32_t a2 asm("$6") = 0x66;
  uint32_t pc;
  asm volatile(
      ".set push\n.set noreorder\n"
      "lui %3, %%hi(1f)\n"
      "addiu %3, %3, %%lo(1f)\n"
      "1: break\n"
      ".set pop\n"
      : "+r"(a0), "+r"(a1), "+r"(a2), "=&r"(pc));
  CHECK(a0 == 0x44 && a1 == 0x55 && a2 == 0x66);
  CHECK(test::caught().pc == pc);
  CHECK((test::caught().cause & CAUSE_BD) == 0);
}

/// In a delay slot EPC is the branch's. The harness resumes at the next instruction, the break,
/// which is then raised again on its own.
void tells_delay_slots() {
  const uint32_t before = test::caught().count;
  uint32_t pc;
  asm volatile(
      ".set push\n.set noreorder\n"
      "lui %0, %%hi(1f)\n"
      "addiu %0, %0, %%lo(1f)\n"
      "li $8, 0\n"
      "1: bne $8, $0, 2f\n"
      "break\n"
      "2: nop\n"
      ".set pop\n"
      : "=&r"(pc)
      :
      : "$8");
  CHECK(test::caught().count == before + 2);
  CHECK((test::caught().cause & CAUSE_BD) == 0);
  CHECK(test::caught().pc == pc + 4);
}

}  // namespace

void run_tests() {
  address_errors();
  translation();
  bus_errors();
  instructions();
  jumps_where_it_may_not();
  keeps_registers();
  tells_delay_slots();
}
