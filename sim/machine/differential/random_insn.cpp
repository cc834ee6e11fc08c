// Single random instructions: rows picked by name, operands by role.
#include "sim/machine/differential/random_insn.hpp"

#include <cstddef>

#include "isa/encoder.hpp"
#include "sim/machine/differential/random_program.hpp"

namespace exosim::differential {

using isa::encode;
using isa::kInsnId;
using isa::Word;

namespace {

template <isa::InsnName... Names>
inline constexpr std::array<isa::InsnId, sizeof...(Names)> kRows = {kInsnId<Names>...};

constexpr std::array<uint32_t, 8> kEdges = {0,          1,          0xffffffff, 0x7fffffff,
                                            0x80000000, 0x80000001, 0x7fff,     0xffff8000};

}  // namespace

uint32_t random_value(Random& random) {
  const uint32_t choice = random.below(3 * kEdges.size());
  return choice < kEdges.size() ? kEdges[choice] : random.word();
}

Word RandomInsn::pick(const auto& rows, uint32_t a, uint32_t b, uint32_t c) {
  const isa::InsnId id = rows[random_.below(static_cast<uint32_t>(rows.size()))];
  return isa::encode(isa::kInsnInfo[id], {a, b, c});
}

uint32_t RandomInsn::destination() {
  for (;;) {
    const uint32_t reg = random_.below(32);
    const bool has_role = reg >= kScratchRegister && reg <= kCounter;
    if (!has_role && (reg < kFirstSmall || reg > kLastSmall)) return reg;
  }
}

uint32_t RandomInsn::source() {
  for (;;) {
    const uint32_t reg = random_.below(32);
    if (reg != kScratchRegister && reg != kRecordRegister) return reg;
  }
}

uint32_t RandomInsn::immediate() { return random_value(random_) & 0xffff; }

Word RandomInsn::simple() {
  switch (random_.below(12)) {
    case 0:
    case 1:
    case 2:
      return arithmetic();
    case 3:
    case 4:
      return immediate_arithmetic();
    case 5:
      return trapping_arithmetic();
    case 6:
      return shift();
    case 7:
      return small_result();
    case 8:
      return pick(kRows<"mfhi", "mflo">, destination(), 0, 0);
    case 9:
      return aligned_access();
    default:
      return unaligned_access();
  }
}

Word RandomInsn::arithmetic() {
  const uint32_t to = destination();
  return pick(kRows<"addu", "subu", "and", "or", "xor", "nor", "slt", "sltu">, to, source(),
              source());
}

Word RandomInsn::immediate_arithmetic() {
  const uint32_t to = destination();
  if (random_.below(7) == 0) return encode<"lui">(to, immediate());
  return pick(kRows<"addiu", "slti", "sltiu", "andi", "ori", "xori">, to, source(), immediate());
}

Word RandomInsn::trapping_arithmetic() {
  const uint32_t to = destination();
  if (random_.below(3) == 0) return encode<"addi">(to, small(), immediate());
  return pick(kRows<"add", "sub">, to, small(), small());
}

Word RandomInsn::shift() {
  const uint32_t to = destination();
  if (random_.below(2) == 0)
    return pick(kRows<"sll", "srl", "sra">, to, source(), random_.below(32));
  return pick(kRows<"sllv", "srlv", "srav">, to, source(), source());
}

Word RandomInsn::small_result() {
  const uint32_t to = small();
  const uint32_t half = 2 * random_.below(kDataSize / 2) - kDataSize / 2;
  switch (random_.below(3)) {
    case 0:
      return encode<"andi">(to, source(), immediate());
    case 1:
      return pick(kRows<"srl", "sra">, to, source(), 2 + random_.below(30));
    default:
      return pick(kRows<"lb", "lbu", "lh", "lhu">, to, half, kAlignedBase);
  }
}

Word RandomInsn::aligned_access() {
  const uint32_t word = 4 * random_.below(kDataSize / 4) - kDataSize / 2;
  const uint32_t half = 2 * random_.below(kDataSize / 2) - kDataSize / 2;
  switch (random_.below(4)) {
    case 0:
      return encode<"lw">(destination(), word, kAlignedBase);
    case 1:
      return encode<"sw">(source(), word, kAlignedBase);
    case 2:
      return pick(kRows<"lh", "lhu">, destination(), half, kAlignedBase);
    default:
      return encode<"sh">(source(), half, kAlignedBase);
  }
}

/// At any address; four bytes are kept free at the end for the unaligned base.
Word RandomInsn::unaligned_access() {
  const uint32_t offset = random_.below(kDataSize - 4) - kDataSize / 2;
  const uint32_t base = random_.below(2) == 0 ? kAlignedBase : kUnalignedBase;
  if (random_.below(2) == 0)
    return pick(kRows<"lb", "lbu", "lwl", "lwr", "lwl", "lwr">, destination(), offset, base);
  return pick(kRows<"sb", "swl", "swr">, source(), offset, base);
}

Word RandomInsn::divisor() { return encode<"ori">(kDivisor, source(), immediate() | 1); }

std::array<Word, 3> RandomInsn::hi_lo_group() {
  const auto division_or_other = [this] {
    switch (random_.below(3)) {
      case 0:
        return pick(kRows<"mult", "multu">, source(), source(), 0);
      case 1:
        return pick(kRows<"div", "divu">, source(), kDivisor, 0);
      default:
        return pick(kRows<"mthi", "mtlo">, source(), 0, 0);
    }
  };
  const Word filler = trapping_arithmetic();
  const bool overwrites_divisor = filler.rd() == kDivisor || filler.rt() == kDivisor;
  return {divisor(), overwrites_divisor ? isa::kNop : filler, division_or_other()};
}

Word RandomInsn::conditional_branch() {
  const uint32_t left = source();
  if (random_.below(4) != 0)
    return pick(kRows<"blez", "bgtz", "bltz", "bgez", "bltzal", "bgezal">, left, 0, 0);
  return pick(kRows<"beq", "bne">, left, random_.below(2) == 0 ? left : source(), 0);
}

}  // namespace exosim::differential
