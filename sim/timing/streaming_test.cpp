// Instruction streaming, by exact cycles, on both engines. The block of kCode is asked for in T and
// its words arrive in T+10, T+12, T+14 and T+16. testing/engine_test.hpp says how the numbers are
// found.
#include "isa/encoder.hpp"
#include "sim/timing/testing/engine_test.hpp"

namespace exosim::testing {
namespace {

using isa::encode;

constexpr uint32_t kCode = kCodePage;
constexpr uint32_t kElsewhere = kCode + 0x800;

class Streaming : public EngineTest {
 protected:
  Streaming() { config_.streaming = true; }
  static Retired missing(uint32_t pc = kCode) { return missed(at(pc), 4); }
};
INSTANTIATE_TEST_SUITE_P(Engines, Streaming, both_engines(), engine_name);

// The steps are fetched in 10, 12, 14 and 16, each two cycles after the one before.
TEST_P(Streaming, WordsRunAsTheyArrive) {
  EXPECT_EQ(stalls(missing(), at(kCode + 4), at(kCode + 8), at(kCode + 12), at(kCode + 16)),
            "0: instruction_cache@0=10; 1: instruction_cache@0=1; 2: instruction_cache@0=1; "
            "3: instruction_cache@0=1");
}

TEST_P(Streaming, NothingIsLostIfAWordArrivesInEachCycle) {
  config_.memory.read.next = 1;
  EXPECT_EQ(stalls(missing(), at(kCode + 4), at(kCode + 8), at(kCode + 12), at(kCode + 16)),
            "0: instruction_cache@0=10");
}

TEST_P(Streaming, WithoutItThePipeWaitsForTheBlock) {
  config_.streaming = false;
  EXPECT_EQ(stalls(missing(), at(kCode + 4)), "0: instruction_cache@0=16");
}

// The words before the one that missed arrive first.
TEST_P(Streaming, ItBeginsWithTheWordThatMissed) {
  EXPECT_EQ(stalls(missing(kCode + 8), at(kCode + 12), at(kCode + 16)),
            "0: instruction_cache@0=14; 1: instruction_cache@0=1");
  EXPECT_EQ(stalls(missing(kCode + 12), at(kCode + 16)), "0: instruction_cache@0=16");
}

// In 9, 18, 27 and 36.
TEST_P(Streaming, TheWordsOfThePromRunAsTheyArrive) {
  Retired first = missing();
  first.fetched_from = {kDevice};
  Retired second = at(kCode + 4);
  second.fetched_from = {kDevice + 4};
  EXPECT_EQ(stalls(first, second), "0: instruction_cache@0=9; 1: instruction_cache@0=8");
}

// Step 2 would be fetched in 13, and waits until 16.
TEST_P(Streaming, ABranchWaitsForTheBlock) {
  EXPECT_EQ(stalls(missing(), at(kCode + 4), at(kElsewhere), nop()),
            "0: instruction_cache@0=10; 1: instruction_cache@0=1; 2: instruction_cache@0=3");
}

// Asked for in 2, the first word arrives in 12. In 13 the load is in MEM: it asks only in 18.
TEST_P(Streaming, AMissOfTheDataCacheWaitsForTheBlock) {
  EXPECT_EQ(stalls(load(0x8000, 4), nop(), missing(), at(kCode + 4), nop()),
            "2: instruction_cache@0=10; 3: instruction_cache@0=5 data_cache@3=16");
}

TEST_P(Streaming, AStoreWaitsForTheBlock) {
  EXPECT_EQ(stalls(store(0x8000), nop(), missing(), at(kCode + 4), nop()),
            "2: instruction_cache@0=10; 3: instruction_cache@0=5");
}

TEST_P(Streaming, AHitOfTheDataCacheDoesNot) {
  EXPECT_EQ(stalls(load(0x8000), nop(), missing(), at(kCode + 4)),
            "2: instruction_cache@0=10; 3: instruction_cache@0=1");
}

// The block is asked for in 2 and there in 18; LO in 37.
TEST_P(Streaming, AnInterlockWaitsForTheBlockFirst) {
  EXPECT_EQ(stalls(executed(encode<"div">(8, 9)), executed(encode<"mflo">(8)), missing(),
                   at(kCode + 4), nop()),
            "2: instruction_cache@0=10; 3: instruction_cache@0=5 multiply_divide@2=19");
}

TEST_P(Streaming, AnOperationThatCanStartDoesNot) {
  EXPECT_EQ(stalls(nop(), executed(encode<"div">(8, 9)), missing(), at(kCode + 4)),
            "2: instruction_cache@0=10; 3: instruction_cache@0=1");
}

// Step 1 is fetched in 12; in 13, its first empty slot, the pipe waits until 16.
TEST_P(Streaming, AnExceptionWaitsForTheBlock) {
  EXPECT_EQ(stalls(missing(), faulted(at(kCode + 4), EXC_SYS), at(kElsewhere)),
            "0: instruction_cache@0=10; 1: instruction_cache@0=4 exception@0=3");
  EXPECT_EQ(stalls(missing(), not_fetched(EXC_INT), at(kElsewhere)),
            "0: instruction_cache@0=10; 1: instruction_cache@0=5 exception@0=3");
}

// One cycle for the page, so that the block is asked for in 1 and its words arrive in 11, 13
// and 17. tlbwi forgets the page: step 2, in 14, waits for the block and then looks it up.
TEST_P(Streaming, AMissOfTheMicroTlbWaitsForTheBlock) {
  constexpr uint32_t kMapped = 0x00400000;
  Retired tlbwi = executed({0x42000002}, kMapped + 4);
  tlbwi.fetched_from = at(kMapped + 4).fetched_from;
  EXPECT_EQ(stalls(missing(kMapped), tlbwi, at(kMapped + 8), nop()),
            "0: instruction_cache@0=10 micro_tlb@0=1; 1: instruction_cache@0=1; "
            "2: instruction_cache@0=3 micro_tlb@0=1");
}

TEST_P(Streaming, TheNextBlockIsAskedForWhenThisOneIsThere) {
  EXPECT_EQ(stalls(missing(), missing(kElsewhere), nop()),
            "0: instruction_cache@0=10; 1: instruction_cache@0=15; 2: instruction_cache@0=5");
}

// Behind the refill, not behind the word that missed: 17..32.
TEST_P(Streaming, TheBusIsHeldUntilTheBlockIsThere) {
  const ScriptStep first = asking(missing(), 5, {.address = {0x4000}, .words = 4});
  EXPECT_EQ(stalls(first, at(kCode + 4), at(kCode + 8), at(kCode + 12), nops(2)),
            "0: instruction_cache@0=10; 1: instruction_cache@0=1; 2: instruction_cache@0=1; "
            "3: instruction_cache@0=1");
  EXPECT_EQ(grants(), "0:17-32");
}

TEST_P(Streaming, DataDoNotStream) {
  EXPECT_EQ(stalls(load(0x8000, 4), nops(4)), "3: data_cache@3=16");
}

}  // namespace
}  // namespace exosim::testing
