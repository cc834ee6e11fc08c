// Repair of unaligned accesses: every width, signs, and every branch with one in its delay slot.
#include "libos/api/unaligned.hpp"

#include "libos/tests/check.hpp"

namespace {

alignas(4) uint8_t bytes[16];
unsigned repairs;

bool repair(exos::ExceptionFrame& frame) {
  ++repairs;
  return exos::repair_unaligned(frame);
}

void fill() {
  for (unsigned index = 0; index < sizeof(bytes); ++index)
    bytes[index] = static_cast<uint8_t>(0x81 + index);
}

#define LOAD(name)                                                                   \
  uint32_t name(const uint8_t* address) {                                            \
    uint32_t value;                                                                  \
    asm volatile(#name " %0, 0(%1)\n\tnop" : "=r"(value) : "r"(address) : "memory"); \
    return value;                                                                    \
  }
LOAD(lw)
LOAD(lh)
LOAD(lhu)

void loads() {
  fill();
  CHECK(lw(bytes + 1) == 0x85848382);
  CHECK(lw(bytes + 2) == 0x86858483);
  CHECK(lw(bytes + 3) == 0x87868584);
  CHECK(lh(bytes + 1) == 0xffff8382);
  CHECK(lhu(bytes + 3) == 0x8584);
  bytes[6] = 0x12;
  CHECK(lh(bytes + 5) == 0x1286);
  CHECK(repairs == 6);
}

void stores() {
  fill();
  asm volatile("sw %0, 1(%1)" : : "r"(0x11223344), "r"(bytes) : "memory");
  CHECK(bytes[0] == 0x81 && bytes[1] == 0x44 && bytes[2] == 0x33 && bytes[3] == 0x22);
  CHECK(bytes[4] == 0x11 && bytes[5] == 0x86);
  asm volatile("sh %0, 7(%1)" : : "r"(0x5566), "r"(bytes) : "memory");
  CHECK(bytes[6] == 0x87 && bytes[7] == 0x66 && bytes[8] == 0x55 && bytes[9] == 0x8a);
}

/// Runs `branch` on `left` and `right` with an unaligned load in its delay slot. Returns 1 if it
/// was taken, plus 2 if the load was right.
#define BRANCH(branch)                                \
  [](int32_t left, int32_t right) {                   \
    uint32_t value;                                   \
    uint32_t taken = 1;                               \
    asm volatile(".set push\n.set noreorder\n" branch \
                 "lw %0, 1(%4)\n"                     \
                 "li %1, 0\n"                         \
                 "1: nop\n"                           \
                 ".set pop\n"                         \
                 : "=&r"(value), "+r"(taken)          \
                 : "r"(left), "r"(right), "r"(bytes)  \
                 : "$31", "memory");                  \
    return taken + (value == 0x85848382 ? 2u : 0u);   \
  }

constexpr uint32_t kTaken = 3;
constexpr uint32_t kNotTaken = 2;

void conditional_branches() {
  const auto beq = BRANCH("beq %2, %3, 1f\n");
  CHECK(beq(4, 4) == kTaken && beq(4, 5) == kNotTaken);
  const auto bne = BRANCH("bne %2, %3, 1f\n");
  CHECK(bne(4, 4) == kNotTaken && bne(4, 5) == kTaken);
  const auto blez = BRANCH("blez %2, 1f\n");
  CHECK(blez(-1, 0) == kTaken && blez(0, 0) == kTaken && blez(1, 0) == kNotTaken);
  const auto bgtz = BRANCH("bgtz %2, 1f\n");
  CHECK(bgtz(-1, 0) == kNotTaken && bgtz(0, 0) == kNotTaken && bgtz(1, 0) == kTaken);
  const auto bltz = BRANCH("bltz %2, 1f\n");
  CHECK(bltz(-1, 0) == kTaken && bltz(0, 0) == kNotTaken);
  const auto bgez = BRANCH("bgez %2, 1f\n");
  CHECK(bgez(-1, 0) == kNotTaken && bgez(0, 0) == kTaken);
  const auto bltzal = BRANCH("bltzal %2, 1f\n");
  CHECK(bltzal(-1, 0) == kTaken && bltzal(0, 0) == kNotTaken);
  const auto bgezal = BRANCH("bgezal %2, 1f\n");
  CHECK(bgezal(-1, 0) == kNotTaken && bgezal(0, 0) == kTaken);
}

void jumps() {
  fill();
  CHECK(BRANCH("j 1f\n")(0, 0) == kTaken);
  CHECK(BRANCH("jal 1f\n")(0, 0) == kTaken);
  CHECK(BRANCH("lui $31, %%hi(1f)\n addiu $31, $31, %%lo(1f)\n jr $31\n")(0, 0) == kTaken);
  CHECK(BRANCH("lui $31, %%hi(1f)\n addiu $31, $31, %%lo(1f)\n jalr $25, $31\n")(0, 0) == kTaken);
}

/// The load changes the register that its branch has compared: the branch saw the old value.
void changes_what_the_branch_read() {
  uint32_t taken = 1;
  asm volatile(
      ".set push\n.set noreorder\n"
      "li $8, 0\n"
      "beq $8, $0, 1f\n"
      "lw $8, 1(%1)\n"
      "li %0, 0\n"
      "1: nop\n"
      ".set pop\n"
      : "+r"(taken)
      : "r"(bytes)
      : "$8", "memory");
  CHECK(taken == 1);
}

}  // namespace

int main() {
  exos::on_exception(EXC_ADEL, repair);
  exos::on_exception(EXC_ADES, repair);
  loads();
  stores();
  fill();
  conditional_branches();
  jumps();
  changes_what_the_branch_read();
  return 0;
}
