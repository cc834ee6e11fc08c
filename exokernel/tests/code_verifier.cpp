// The verifier of downloaded code, run here as a program of its own: each refusal with its place,
// the limits, every instruction of the processor, and words at random.
// sources: exokernel/code_verifier.cpp
#include "exokernel/code_verifier.hpp"

#include <initializer_list>

#include "exokernel/abi/code.h"
#include "exokernel/tests/harness/harness.hpp"
#include "exokernel/tests/harness/random.hpp"
#include "isa/dependences.hpp"
#include "isa/encoder.hpp"
#include "isa/machine/registers.h"

namespace {

using exosim::isa::encode;
using exosim::isa::kNop;
using exosim::isa::Word;

constexpr Word kReturn = encode<"jr">(REG_RA);
constexpr Word kPlain = encode<"addiu">(REG_V0, REG_A0, 1);
constexpr Word kLoad = encode<"lw">(REG_T0, 0, REG_A0);
constexpr Word kStore = encode<"sw">(REG_T0, 0, REG_A0);
constexpr Word kResult = encode<"mflo">(REG_T0);
constexpr Word kMultiply = encode<"mult">(REG_A0, REG_A1);

constexpr Word skip(uint32_t words) { return encode<"beq">(0, 0, 4 * words); }

aegis::CodeRefusal verify(std::initializer_list<Word> code) {
  return aegis::verify_code(&code.begin()->bits, static_cast<uint32_t>(code.size()));
}

bool accepts(std::initializer_list<Word> code) { return verify(code).reason == 0; }

bool refuses(std::initializer_list<Word> code, uint32_t reason, uint32_t index) {
  const aegis::CodeRefusal refusal = verify(code);
  return refusal.reason == reason && refusal.index == index;
}

/// The word as the first of code that is otherwise right.
uint32_t reason_for(Word word) { return verify({word, kNop, kNop, kReturn, kNop}).reason; }

void wants_a_return_at_the_end() {
  CHECK(accepts({kReturn, kNop}));
  CHECK(accepts({kReturn, kPlain}));
  CHECK(accepts({kReturn, kNop, kReturn, kNop}));
  CHECK(refuses({kNop}, EXO_CODE_NO_RETURN, 0));
  CHECK(refuses({kReturn}, EXO_CODE_NO_RETURN, 0));
  CHECK(refuses({kPlain, kNop}, EXO_CODE_NO_RETURN, 1));
  CHECK(refuses({kReturn, kNop, kNop}, EXO_CODE_NO_RETURN, 2));
  CHECK(refuses({kNop, kReturn}, EXO_CODE_NO_RETURN, 1));
}

void refuses_branches_but_forward_to_instructions() {
  CHECK(accepts({skip(1), kNop, kReturn, kNop}));
  CHECK(accepts({skip(2), kNop, kPlain, kReturn, kNop}));
  CHECK(refuses({kNop, encode<"beq">(0, 0, -4), kNop, kReturn, kNop}, EXO_CODE_BACKWARD, 1));
  CHECK(refuses({kNop, encode<"bgez">(0, -8), kNop, kReturn, kNop}, EXO_CODE_BACKWARD, 1));
  CHECK(refuses({encode<"beq">(0, 0, -0x20000), kNop, kReturn, kNop}, EXO_CODE_BACKWARD, 0));
  CHECK(refuses({skip(0), kNop, kReturn, kNop}, EXO_CODE_INTO_SLOT, 0));
  CHECK(refuses({skip(2), kNop, kReturn, kNop}, EXO_CODE_INTO_SLOT, 0));
  CHECK(accepts({skip(1), kNop, skip(1), kNop, kReturn, kNop}));
  CHECK(refuses({skip(2), kNop, skip(1), kNop, kReturn, kNop}, EXO_CODE_INTO_SLOT, 0));
  CHECK(refuses({skip(3), kNop, kReturn, kNop}, EXO_CODE_OUTSIDE, 0));
  CHECK(refuses({encode<"beq">(0, 0, 0x1fffc), kNop, kReturn, kNop}, EXO_CODE_OUTSIDE, 0));
  CHECK(refuses({kReturn, kNop, skip(1), kNop}, EXO_CODE_OUTSIDE, 2));
}

void refuses_what_would_not_be_the_same_in_a_slot() {
  for (const Word in_slot : {skip(1), kReturn, kLoad, kStore, kResult}) {
    CHECK(refuses({skip(2), in_slot, kNop, kReturn, kNop}, EXO_CODE_IN_SLOT, 1));
    CHECK(refuses({kNop, kReturn, in_slot}, EXO_CODE_IN_SLOT, 2));
  }
  CHECK(accepts({skip(1), kMultiply, kReturn, kNop}));
  CHECK(accepts({skip(1), kPlain, kReturn, kNop}));
}

void refuses_hazards() {
  const Word uses_as_rs = encode<"addu">(REG_V0, REG_T0, REG_A0);
  const Word uses_as_rt = encode<"addu">(REG_V0, REG_A0, REG_T0);
  const Word writes = encode<"addu">(REG_T0, REG_A0, REG_A0);
  for (const Word next : {uses_as_rs, uses_as_rt, writes, kStore, kLoad}) {
    CHECK(refuses({kLoad, next, kNop, kReturn, kNop}, EXO_CODE_LOAD_DELAY, 1));
    CHECK(accepts({kLoad, kNop, next, kReturn, kNop}) || next == kLoad);
  }
  CHECK(refuses({kLoad, encode<"bgtz">(REG_T0, 4), kNop, kReturn, kNop}, EXO_CODE_LOAD_DELAY, 1));
  CHECK(accepts({encode<"lw">(0, 0, REG_A0), kPlain, kReturn, kNop}));
  CHECK(accepts({kLoad, encode<"lw">(REG_T7, 0, REG_A0), kReturn, kNop}));
  for (const Word result : {kResult, encode<"mfhi">(REG_T0)})
    for (const Word next : {kMultiply, encode<"divu">(REG_A0, REG_A1)}) {
      CHECK(refuses({result, next, kReturn, kNop}, EXO_CODE_HI_LO, 1));
      CHECK(refuses({result, kNop, next, kReturn, kNop}, EXO_CODE_HI_LO, 2));
      CHECK(accepts({result, kNop, kNop, next, kReturn, kNop}));
      CHECK(refuses({result, kReturn, next}, EXO_CODE_HI_LO, 2));
    }
}

void refuses_registers() {
  for (uint32_t number = 0; number < 32; ++number) {
    const uint32_t expected = number <= REG_T7 ? 0 : EXO_CODE_REGISTER;
    CHECK(reason_for(encode<"addu">(number, REG_A0, REG_A0)) == expected);
    CHECK(reason_for(encode<"addu">(REG_V0, number, REG_A0)) == expected);
    CHECK(reason_for(encode<"addu">(REG_V0, REG_A0, number)) == expected);
    CHECK(reason_for(encode<"sll">(number, REG_A0, 1)) == expected);
    CHECK(reason_for(encode<"lui">(number, 1)) == expected);
    CHECK(reason_for(encode<"lb">(number, 0, REG_A0)) == expected);
    CHECK(reason_for(encode<"lw">(REG_V0, 0, number)) == expected);
    CHECK(reason_for(encode<"sh">(number, 0, REG_A0)) == expected);
    CHECK(reason_for(encode<"sw">(REG_V0, 0, number)) == expected);
    CHECK(reason_for(encode<"beq">(number, REG_A0, 4)) == expected);
    CHECK(reason_for(encode<"bne">(REG_A0, number, 4)) == expected);
    CHECK(reason_for(encode<"bltz">(number, 4)) == expected);
    CHECK(reason_for(encode<"mult">(REG_A0, number)) == expected);
    CHECK(reason_for(encode<"mfhi">(number)) == expected);
    CHECK(reason_for(encode<"jr">(number)) == (number == REG_RA ? 0 : EXO_CODE_REGISTER));
  }
}

/// A bit that the processor ignores is no place to hide one.
void refuses_undefined_bits() {
  CHECK(reason_for({kReturn.bits | 1u << 6}) == EXO_CODE_UNDEFINED);
  CHECK(reason_for({kPlain.bits}) == 0);
  CHECK(reason_for({encode<"addu">(REG_V0, REG_A0, REG_A1).bits | 1u << 6}) == EXO_CODE_UNDEFINED);
  CHECK(reason_for({encode<"sll">(REG_V0, REG_A0, 1).bits | 1u << 21}) == EXO_CODE_UNDEFINED);
  CHECK(reason_for({encode<"lui">(REG_V0, 1).bits | 1u << 21}) == EXO_CODE_UNDEFINED);
  CHECK(reason_for({encode<"bltz">(REG_A0, 4).bits | 2u << 16}) == EXO_CODE_UNDEFINED);
  CHECK(reason_for({encode<"blez">(REG_A0, 4).bits | 1u << 16}) == EXO_CODE_UNDEFINED);
  CHECK(reason_for({kMultiply.bits | 1u << 11}) == EXO_CODE_UNDEFINED);
}

/// Every row of the processor: what passes touches general registers, HI, LO and memory, and can
/// raise nothing but address errors and TLB exceptions, which the window prevents.
void knows_every_instruction() {
  constexpr uint32_t kAllowed = 42;
  uint32_t accepted = 0;
  for (const exosim::isa::InsnInfo& row : exosim::isa::kInsnInfo) {
    const uint32_t first = row.form == exosim::isa::Form::kRs ? REG_RA : REG_V0;
    const Word word = encode(row, {first, REG_A0, REG_A1});
    const uint32_t reason = reason_for(word);
    const exosim::isa::Dependences seen = exosim::isa::dependences(word);
    const bool is_safe = !seen.may_overflow && !seen.traps && seen.coprocessors == 0 &&
                         seen.merges == 0 && (seen.writes & 1u << REG_RA) == 0;
    CHECK(reason != 0 || is_safe);
    CHECK(reason == 0 || reason == EXO_CODE_INSTRUCTION);
    accepted += reason == 0;
  }
  CHECK(accepted == kAllowed);
}

void keeps_to_its_rules_at_random() {
  constexpr uint32_t kCodeRegisters = 0xffff;
  test::Random random(5);
  uint32_t accepted = 0;
  for (unsigned count = 0; count < 200000; ++count) {
    const Word word{random.next()};
    if (reason_for(word) != 0) continue;
    ++accepted;
    const exosim::isa::Dependences seen = exosim::isa::dependences(word);
    CHECK(!seen.may_overflow && !seen.traps && seen.coprocessors == 0);
    CHECK((seen.writes & ~kCodeRegisters) == 0);
    CHECK((seen.reads & ~kCodeRegisters) == 0);
  }
  CHECK(accepted > 5000);
}

}  // namespace

void run_tests() {
  wants_a_return_at_the_end();
  refuses_branches_but_forward_to_instructions();
  refuses_what_would_not_be_the_same_in_a_slot();
  refuses_hazards();
  refuses_registers();
  refuses_undefined_bits();
  knows_every_instruction();
  keeps_to_its_rules_at_random();
  CHECK(test::caught().count == 0);
}
