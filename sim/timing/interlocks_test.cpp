// The multiply/divide unit and the FPU, by exact cycles, on both engines. An operation of step k is
// issued in the ALU at T(k+2); what needs its result d steps later waits for the rest.
#include "isa/encoder.hpp"
#include "sim/timing/testing/engine_test.hpp"

namespace exosim::testing {
namespace {

using isa::encode;

class Interlocks : public EngineTest {
 protected:
  static Retired mult() { return executed(encode<"mult">(8, 9)); }
  static Retired div() { return executed(encode<"div">(8, 9)); }
  static Retired mflo() { return executed(encode<"mflo">(8)); }

  /// Stalls of an instruction `distance` steps after another.
  std::string apart(const Retired& first, size_t distance, const Retired& second) {
    return stalls(first, nops(distance - 1), second, nops(2));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Interlocks, both_engines(), engine_name);

TEST_P(Interlocks, LoIsThereTwelveCyclesAfterAMultiplication) {
  EXPECT_EQ(apart(mult(), 1, mflo()), "3: multiply_divide@2=11");
  EXPECT_EQ(apart(mult(), 5, mflo()), "7: multiply_divide@2=7");
  EXPECT_EQ(apart(mult(), 11, mflo()), "13: multiply_divide@2=1");
  EXPECT_EQ(apart(mult(), 12, mflo()), "");
}

TEST_P(Interlocks, LoIsThereThirtyFiveCyclesAfterADivision) {
  EXPECT_EQ(apart(div(), 1, mflo()), "3: multiply_divide@2=34");
  EXPECT_EQ(apart(div(), 12, mflo()), "14: multiply_divide@2=23");
  EXPECT_EQ(apart(div(), 34, mflo()), "36: multiply_divide@2=1");
  EXPECT_EQ(apart(div(), 35, mflo()), "");
}

TEST_P(Interlocks, HiIsThereWhenLoIs) {
  EXPECT_EQ(apart(mult(), 1, executed(encode<"mfhi">(8))), "3: multiply_divide@2=11");
}

TEST_P(Interlocks, WhoReadsTheOtherHalfNextDoesNotWaitAgain) {
  EXPECT_EQ(stalls(mult(), mflo(), executed(encode<"mfhi">(8)), nops(2)),
            "3: multiply_divide@2=11");
}

// The division is issued in 2, the multiplication in 3; LO is there in 3 + 12; mflo wants it in 4.
TEST_P(Interlocks, ANewMultiplicationReplacesADivisionInFlight) {
  EXPECT_EQ(stalls(div(), mult(), mflo(), nops(2)), "4: multiply_divide@2=11");
}

TEST_P(Interlocks, WritingHiAndLoWaitsForNothing) {
  EXPECT_EQ(stalls(div(), executed(encode<"mtlo">(8)), executed(encode<"mthi">(8)), nops(2)), "");
}

TEST_P(Interlocks, AnInstructionThatFaultsStartsNoOperation) {
  EXPECT_EQ(stalls(faulted(mult(), EXC_INT), mflo(), nops(2)), "0: exception@0=3");
}

// The miss of step 1 holds the pipe for 16 cycles from 4 on: mflo, in the ALU at 7 + 16, finds LO
// ready since 14.
TEST_P(Interlocks, AMultiplicationGoesOnWhileThePipeStandsStill) {
  EXPECT_EQ(stalls(mult(), load(0x100, 4), nops(3), mflo(), nops(2)), "4: data_cache@3=16");
}

struct Latency {
  const char* name;
  isa::Word word;  // to $f0
  unsigned cycles;
};

// By class; each is followed by mfc1 of the result, which needs no unit.
TEST_P(Interlocks, AFloatResultIsThereAfterItsLatency) {
  const Latency kLatencies[] = {
      {"add.s", encode<"add.s">(0, 2, 4), 2},  {"add.d", encode<"add.d">(0, 2, 4), 2},
      {"sub.d", encode<"sub.d">(0, 2, 4), 2},  {"mul.s", encode<"mul.s">(0, 2, 4), 4},
      {"mul.d", encode<"mul.d">(0, 2, 4), 5},  {"div.s", encode<"div.s">(0, 2, 4), 12},
      {"div.d", encode<"div.d">(0, 2, 4), 19}, {"mov.d", encode<"mov.d">(0, 2), 1},
      {"abs.s", encode<"abs.s">(0, 2), 1},     {"neg.d", encode<"neg.d">(0, 2), 1},
      {"cvt.s.d", encode<"cvt.s.d">(0, 2), 2}, {"cvt.d.s", encode<"cvt.d.s">(0, 2), 1},
      {"cvt.s.w", encode<"cvt.s.w">(0, 2), 3}, {"cvt.d.w", encode<"cvt.d.w">(0, 2), 3},
      {"cvt.w.s", encode<"cvt.w.s">(0, 2), 2}, {"cvt.w.d", encode<"cvt.w.d">(0, 2), 2}};
  const Retired use = executed(encode<"mfc1">(8, 0));
  for (const Latency& row : kLatencies) {
    const auto wait = [](unsigned cycles, size_t step) {
      return cycles == 0 ? "" : fmt::format("{}: float@2={}", step, cycles);
    };
    EXPECT_EQ(apart(executed(row.word), 1, use), wait(row.cycles - 1, 3)) << row.name;
    EXPECT_EQ(apart(executed(row.word), row.cycles, use), "") << row.name;
  }
}

// The second half of a double's pair, too.
TEST_P(Interlocks, ADoubleIsBothOfItsRegisters) {
  const Retired product = executed(encode<"mul.d">(0, 2, 4));
  EXPECT_EQ(apart(product, 1, executed(encode<"mfc1">(8, 1))), "3: float@2=4");
  EXPECT_EQ(apart(product, 1, executed(encode<"mfc1">(8, 2))), "");
}

TEST_P(Interlocks, AComparisonOccupiesTheAdderForTwoCycles) {
  EXPECT_EQ(apart(executed(encode<"c.lt.d">(0, 2)), 1, executed(encode<"add.d">(4, 6, 8))),
            "3: float@2=1");
}

// Issued in 2, 3 and 4. The sum is there in 6, the product in 8, the quotient in 21: mfc1 of them
// in 5, 7 (after 1), and 9 (after 1).
TEST_P(Interlocks, TheUnitsOfTheFpuWorkAtTheSameTime) {
  EXPECT_EQ(stalls(executed(encode<"div.d">(0, 2, 4)), executed(encode<"mul.d">(6, 8, 10)),
                   executed(encode<"add.d">(12, 14, 16)), executed(encode<"mfc1">(8, 12)),
                   executed(encode<"mfc1">(8, 6)), executed(encode<"mfc1">(8, 0)), nops(2)),
            "5: float@2=1; 6: float@2=1; 7: float@2=12");
}

TEST_P(Interlocks, AnOperationWaitsForItsUnit) {
  const Retired quotient = executed(encode<"div.d">(0, 2, 4));
  EXPECT_EQ(apart(quotient, 1, executed(encode<"div.s">(6, 8, 10))), "3: float@2=18");
  EXPECT_EQ(apart(quotient, 1, executed(encode<"mul.s">(6, 8, 10))), "");
}

TEST_P(Interlocks, AnOperationWaitsForTheResultThatItWouldReplace) {
  EXPECT_EQ(apart(executed(encode<"div.s">(0, 2, 4)), 1, executed(encode<"add.s">(0, 6, 8))),
            "3: float@2=11");
}

TEST_P(Interlocks, AStoreOfAFloatWaitsForIt) {
  Retired stored = store(0x100);
  const Retired swc1 = executed(encode<"swc1">(0, 0, 8));
  stored.word = swc1.word;
  stored.insn = swc1.insn;
  stored.op_class = swc1.op_class;
  EXPECT_EQ(apart(executed(encode<"mul.s">(0, 2, 4)), 1, stored), "3: float@2=3");
}

TEST_P(Interlocks, TheControlRegisterIsReadAfterAllOperations) {
  const Retired control = executed(encode<"cfc1">(8, 31));
  const Retired quotient = executed(encode<"div.d">(0, 2, 4));
  EXPECT_EQ(stalls(quotient, control, nops(2)), "3: float@2=18");
  EXPECT_EQ(stalls(quotient, executed(encode<"mul.d">(6, 8, 10)), control, nops(2)),
            "4: float@2=17");
  EXPECT_EQ(stalls(quotient, executed(encode<"ctc1">(8, 31)), nops(2)), "3: float@2=18");
}

TEST_P(Interlocks, TheTwoKindsOfUnitsDoNotKnowOfEachOther) {
  EXPECT_EQ(stalls(div(), executed(encode<"div.d">(0, 2, 4)), executed(encode<"add.d">(6, 8, 10)),
                   nops(3)),
            "");
}

}  // namespace
}  // namespace exosim::testing
