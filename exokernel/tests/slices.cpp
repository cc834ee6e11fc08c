// Slices end without being noticed: all registers, HI and LO are as they were.
#include "exokernel/tests/harness/harness.hpp"

namespace {

constexpr uint32_t kSlices = 3;

/// Goes round until some slices have ended, with a pattern in every register; returns how many
/// registers lost theirs.
uint32_t spin_with_patterns(uint32_t until) {
  uint32_t lost;
  asm volatile(
      ".set push\n.set noreorder\n.set noat\n"
      "move $4, %1\n"
      "addiu $sp, $sp, -8\n"
      "sw $fp, 0($sp)\n"
      "li $5, 5\n mthi $5\n li $5, 6\n mtlo $5\n"
      "li $1, 0x101\n li $3, 0x103\n li $5, 0x105\n li $6, 0x106\n li $7, 0x107\n"
      "li $8, 0x108\n li $9, 0x109\n li $10, 0x10a\n li $11, 0x10b\n li $12, 0x10c\n"
      "li $13, 0x10d\n li $14, 0x10e\n li $15, 0x10f\n li $16, 0x110\n li $17, 0x111\n"
      "li $18, 0x112\n li $19, 0x113\n li $20, 0x114\n li $21, 0x115\n li $22, 0x116\n"
      "li $23, 0x117\n li $24, 0x118\n li $25, 0x119\n li $30, 0x11e\n li $31, 0x11f\n"
      "1: lw $2, %2($0)\n"
      "nop\n"
      "bne $2, $4, 1b\n"
      "nop\n"
      "xori $1, $1, 0x101\n xori $3, $3, 0x103\n xori $5, $5, 0x105\n xori $6, $6, 0x106\n"
      "xori $7, $7, 0x107\n xori $8, $8, 0x108\n xori $9, $9, 0x109\n xori $10, $10, 0x10a\n"
      "xori $11, $11, 0x10b\n xori $12, $12, 0x10c\n xori $13, $13, 0x10d\n"
      "xori $14, $14, 0x10e\n xori $15, $15, 0x10f\n xori $16, $16, 0x110\n"
      "xori $17, $17, 0x111\n xori $18, $18, 0x112\n xori $19, $19, 0x113\n"
      "xori $20, $20, 0x114\n xori $21, $21, 0x115\n xori $22, $22, 0x116\n"
      "xori $23, $23, 0x117\n xori $24, $24, 0x118\n xori $25, $25, 0x119\n"
      "xori $30, $30, 0x11e\n xori $31, $31, 0x11f\n"
      "or $1, $1, $3\n or $1, $1, $5\n or $1, $1, $6\n or $1, $1, $7\n or $1, $1, $8\n"
      "or $1, $1, $9\n or $1, $1, $10\n or $1, $1, $11\n or $1, $1, $12\n or $1, $1, $13\n"
      "or $1, $1, $14\n or $1, $1, $15\n or $1, $1, $16\n or $1, $1, $17\n or $1, $1, $18\n"
      "or $1, $1, $19\n or $1, $1, $20\n or $1, $1, $21\n or $1, $1, $22\n or $1, $1, $23\n"
      "or $1, $1, $24\n or $1, $1, $25\n or $1, $1, $30\n or $1, $1, $31\n"
      "mfhi $5\n mflo $6\n xori $5, $5, 5\n xori $6, $6, 6\n or $1, $1, $5\n or $2, $1, $6\n"
      "lw $fp, 0($sp)\n"
      "addiu $sp, $sp, 8\n"
      "move %0, $2\n"
      ".set pop\n"
      : "=r"(lost)
      : "r"(until), "i"(TEST_SLICES)
      : "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14",
        "$15", "$16", "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24", "$25", "$31", "hi",
        "lo", "memory");
  return lost;
}

}  // namespace

void run_tests() {
  CHECK(spin_with_patterns(test::slices() + kSlices) == 0);
  CHECK(test::caught().count == 0);
}
