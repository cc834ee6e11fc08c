// One stall each, by exact cycles, on both engines: caches, uncached reads, partial stores, the
// micro-TLB, exceptions. testing/engine_test.hpp says how the numbers are found.
#include "sim/timing/testing/engine_test.hpp"

namespace exosim::testing {
namespace {

class Stalls : public EngineTest {};
INSTANTIATE_TEST_SUITE_P(Engines, Stalls, both_engines(), engine_name);

TEST_P(Stalls, AStepWithoutAnyTakesOneCycle) {
  EXPECT_EQ(stalls(nop(), load(0x100), store(0x100), nops(8)), "");
}

// Asked in 0, on the bus in 1..10 (a word), 1..16 (4: 10 + 3 * 2), 1..72 (32: 10 + 31 * 2).
TEST_P(Stalls, AnInstructionMissWaitsForItsBlock) {
  EXPECT_EQ(stalls(missed(nop(), 1), nop()), "0: instruction_cache@0=10");
  EXPECT_EQ(stalls(missed(nop(), 4), nop()), "0: instruction_cache@0=16");
  EXPECT_EQ(stalls(missed(nop(), 32), nop()), "0: instruction_cache@0=72");
}

// What is not RAM reads a block word by word: 4 * 9.
TEST_P(Stalls, ABlockOfThePromIsReadWordByWord) {
  Retired fetch = missed(nop(), 4);
  fetch.fetched_from = {kDevice};
  EXPECT_EQ(stalls(fetch, nop()), "0: instruction_cache@0=36");
}

// In MEM, asked in 3: three steps later, while step 3 is fetched.
TEST_P(Stalls, ADataMissWaitsForItsBlockInTheMemoryStage) {
  EXPECT_EQ(stalls(load(0x100, 1), nops(4)), "3: data_cache@3=10");
  EXPECT_EQ(stalls(load(0x100, 4), nops(4)), "3: data_cache@3=16");
}

TEST_P(Stalls, AnUncachedReadTakesWhatItsTargetTakes) {
  EXPECT_EQ(stalls(uncached_load(0x100), nops(4)), "3: uncached@3=10");
  EXPECT_EQ(stalls(uncached_load(kDevice), nops(4)), "3: uncached@3=9");
}

// Nothing answers for 10 us, 100 cycles of 100 ns. The load is in MEM in the third empty slot.
TEST_P(Stalls, AReadOfNothingWaitsForTheTimeOut) {
  Retired absent = uncached_load(kNowhere);
  absent.data.bus_error = true;
  EXPECT_EQ(stalls(faulted(absent, EXC_DBE), nops(4)), "0: uncached@0=100 exception@0=3");
}

TEST_P(Stalls, AFetchOfNothingWaitsForTheTimeOut) {
  EXPECT_EQ(stalls(not_fetched(EXC_IBE), nops(4)), "0: uncached@0=100 exception@0=3");
}

TEST_P(Stalls, AnUncachedFetchReadsOneWord) {
  Retired uncached = nop();
  uncached.fetch_cached = false;
  EXPECT_EQ(stalls(uncached, uncached, nop()), "0: uncached@0=10; 1: uncached@0=10");
}

TEST_P(Stalls, APartialStoreIsMergedInTheCacheFirst) {
  for (const uint8_t width : {uint8_t{1}, uint8_t{2}, uint8_t{3}})
    EXPECT_EQ(stalls(store(0x100, width), nops(4)), "3: partial_store@3=1") << int{width};
  config_.partial_store = 2;
  EXPECT_EQ(stalls(store(0x100, 1), nops(4)), "3: partial_store@3=2");
}

TEST_P(Stalls, APartialStoreThatMissesMergesNothing) {
  for (const uint8_t width : {uint8_t{1}, uint8_t{2}, uint8_t{3}})
    EXPECT_EQ(stalls(missing_store(0x100, width), nops(4)), "") << int{width};
  EXPECT_EQ(stalls(missing_store(0x100, 1), store(0x104, 1), nops(16)), "4: partial_store@3=1");
  EXPECT_EQ(writes(), "---" + std::string(15, 'w'));
}

TEST_P(Stalls, APartialStoreThatGoesPastTheCacheMergesNothing) {
  EXPECT_EQ(stalls(store(0x100, 1, false), nops(4)), "");
}

TEST_P(Stalls, AStoreToAnIsolatedCacheGoesNowhere) {
  Retired isolated = store(0x100, 1);
  isolated.data.isolated = true;
  EXPECT_EQ(stalls(isolated, nops(9)), "");
  EXPECT_EQ(writes(), "----------");
}

// Two pages are held; a third takes the place of the one that was not used for longest.
TEST_P(Stalls, TheMicroTlbHoldsTheLastPages) {
  const uint32_t a = 0x00400000, b = 0x00401000, c = 0x00402000;
  EXPECT_EQ(stalls(at(a), at(a + 4), at(b), at(a), at(c), at(a), at(b)),
            "0: micro_tlb@0=1; 2: micro_tlb@0=1; 4: micro_tlb@0=1; 6: micro_tlb@0=1");
}

TEST_P(Stalls, WithoutAMicroTlbNoFetchWaits) {
  config_.micro_tlb_entries = 0;
  EXPECT_EQ(stalls(at(0x00400000), at(0x00401000)), "");
}

TEST_P(Stalls, UnmappedFetchesDoNotAskTheMicroTlb) {
  EXPECT_EQ(stalls(at(0x00400000), at(0x80001000), at(0xa0001000), at(0x00400004)),
            "0: micro_tlb@0=1");
}

TEST_P(Stalls, TheMicroTlbTellsAddressSpacesApart) {
  Retired other = at(0x00400000);
  other.asid = 1;
  EXPECT_EQ(stalls(at(0x00400000), other, at(0x00400000)), "0: micro_tlb@0=1; 1: micro_tlb@0=1");
}

TEST_P(Stalls, AWriteToTheTlbEmptiesTheMicroTlb) {
  constexpr isa::Word kTlbwi{0x42000002};
  EXPECT_EQ(stalls(at(0x00400000), executed(kTlbwi), at(0x00400000)),
            "0: micro_tlb@0=1; 2: micro_tlb@0=1");
}

TEST_P(Stalls, AnOperationThatBeginsColdFindsTheMicroTlbEmpty) {
  const ScriptStep cold = {.retired = at(0x00400000), .asks = {}, .begins_cold = true};
  EXPECT_EQ(stalls(at(0x00400000), at(0x00400000), cold, at(0x00400000)),
            "0: micro_tlb@0=1; 2: micro_tlb@0=1");
}

// First the page, then the word.
TEST_P(Stalls, AMissOfTheMicroTlbComesBeforeThatOfTheCache) {
  config_.micro_tlb_miss = 3;
  EXPECT_EQ(stalls(missed(at(0x00400000), 4), nop()), "0: instruction_cache@0=16 micro_tlb@0=3");
}

TEST_P(Stalls, AnExceptionLeavesEmptySlots) {
  EXPECT_EQ(stalls(faulted(nop(), EXC_SYS), nop()), "0: exception@0=3");
  EXPECT_EQ(stalls(nop(), not_fetched(EXC_INT), nop()), "1: exception@0=3");
  config_.exception = 0;
  EXPECT_EQ(stalls(faulted(nop(), EXC_SYS), nop()), "");
}

}  // namespace
}  // namespace exosim::testing
