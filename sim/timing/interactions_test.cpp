// Stalls that meet, by exact cycles, on both engines. testing/engine_test.hpp says how the numbers
// are found.
#include "isa/encoder.hpp"
#include "sim/timing/testing/engine_test.hpp"

namespace exosim::testing {
namespace {

using isa::encode;

// Not where the code is (kCodePage).
constexpr uint32_t kA = 0x5000;
constexpr uint32_t kB = 0x2000;
constexpr uint32_t kC = 0x3000;
constexpr BusTransfer kReadFour = {.address = {0x4000}, .words = 4};  // 16 cycles

class Interactions : public EngineTest {
 protected:
  static Retired div() { return executed(encode<"div">(8, 9)); }
  static Retired mflo() { return executed(encode<"mflo">(8)); }
};
INSTANTIATE_TEST_SUITE_P(Engines, Interactions, both_engines(), engine_name);

// In cycle 3 MEM (the load) asks and reads in 4..19; then IF (step 3) asks in 19, reads in 20..35.
TEST_P(Interactions, BothCachesMissAtOnce) {
  EXPECT_EQ(stalls(load(kA, 4), nops(2), missed(nop(), 4), nop()),
            "3: instruction_cache@0=16 data_cache@3=16");
}

// The order of the two can be seen by a burst that is asked for after the first has begun: it has
// the bus in 20..35, and it is the fetch that waits for it.
TEST_P(Interactions, OfTwoMissesTheDataAreReadFirst) {
  EXPECT_EQ(stalls(asking(load(kA, 4), 5, kReadFour), nops(2), missed(nop(), 4), nop()),
            "3: instruction_cache@0=16 bus_contention@0=16 data_cache@3=16");
}

// The division is issued in 2, LO is there in 37. In step 4 MEM is first: the load reads in 5..20.
// mflo, in the ALU of the same step, waits for what is left of the 35 cycles.
TEST_P(Interactions, ADivisionGoesOnWhileTheDataCacheMisses) {
  EXPECT_EQ(stalls(div(), load(kA, 4), mflo(), nops(3)), "4: multiply_divide@2=17 data_cache@3=16");
}

// In step 3 the load reads in 4..19 before the division can be issued.
TEST_P(Interactions, ADivisionBehindAMissBeginsAfterIt) {
  EXPECT_EQ(stalls(load(kA, 4), div(), mflo(), nops(2)),
            "3: data_cache@3=16; 4: multiply_divide@2=34");
}

// Depth 2. A is written in 4..8; C enters in its place in 9 (stall of 4), and at the end of the
// same step 5 the fetch asks: it waits for B, 9..13, and reads in 14..29, before C.
TEST_P(Interactions, AFetchMissesWhileTheWriteBufferIsFull) {
  config_.write_buffer_depth = 2;
  EXPECT_EQ(stalls(store(kA), store(kB), store(kC), nops(2), missed(nop(), 4), nop()),
            "5: instruction_cache@0=16 write_buffer@0=4 write_buffer@3=4");
}

// As above, but a load follows: it asks in 10, waits for B (11..13) and reads in 14..29. C is on
// the bus from 30 on; the store behind the load finds a slot in 30, the one behind that in 35, not
// in 31.
TEST_P(Interactions, TheWriteBufferIsFullWhileAMissWaits) {
  config_.write_buffer_depth = 2;
  EXPECT_EQ(stalls(store(kA), store(kB), store(kC), load(0x8000, 4), store(kA), store(kB), nops(4)),
            "5: write_buffer@3=4; 6: data_cache@3=16 write_buffer@3=3; 8: write_buffer@3=4");
}

// The read has begun in 4 and ends in 19; the burst, asked for in 5, goes in 20..35. The next miss
// asks in 20 and waits from 21 to 35.
TEST_P(Interactions, ABurstMeetsARefill) {
  EXPECT_EQ(stalls(asking(load(kA, 4), 5, kReadFour), load(kB, 4), nops(4)),
            "3: data_cache@3=16; 4: data_cache@3=16 bus_contention@3=15");
  EXPECT_EQ(grants(), "0:20-35");
}

// A is written in 4..8 and the read waits for it from 5 on; the burst is asked for in 7, so in 9 it
// goes before the read: 9..24, read 25..40.
TEST_P(Interactions, ABurstComesBetweenAWriteAndTheReadThatWaitsForIt) {
  EXPECT_EQ(stalls(asking(store(kA), 7, kReadFour), load(kB, 4), nops(4)),
            "4: data_cache@3=16 write_buffer@3=4 bus_contention@3=16");
}

// Full, and the bus is another's: C, refused from 5 on, waits for the burst in 4..19 (refused in
// 5..19: 15 cycles) and for A to be written in 20..24.
TEST_P(Interactions, AFullBufferWaitsForABurst) {
  config_.write_buffer_depth = 2;
  EXPECT_EQ(stalls(asking(store(kA), 4, kReadFour), store(kB), store(kC), nops(4)),
            "5: write_buffer@3=5 bus_contention@3=15");
}

// The division is issued in 2, LO is there in 37. The load of step 1 misses the TLB: its cycle and
// three empty slots, 1..4. The refill handler's ten instructions are the steps 2 to 11, mflo is
// step 12, in the ALU with step 14, at T = 14 + 3.
TEST_P(Interactions, ADivisionGoesOnUnderATlbMiss) {
  EXPECT_EQ(stalls(div(), faulted(nop(), EXC_TLBL), nops(10), mflo(), nops(3)),
            "1: exception@0=3; 14: multiply_divide@2=20");
  // And if the handler's first two blocks have to be fetched, 16 cycles each.
  EXPECT_EQ(stalls(div(), faulted(nop(), EXC_TLBL), missed(nop(), 4), nops(3), missed(nop(), 4),
                   nops(5), mflo(), nops(3)),
            "1: exception@0=3; 2: instruction_cache@0=16; 6: instruction_cache@0=16");
}

// An interrupt is taken in the stall's step, after it: the load is served first, in 4..19.
TEST_P(Interactions, AnInterruptArrivesWhileALoadWaits) {
  EXPECT_EQ(stalls(load(kA, 4), nops(2), not_fetched(EXC_INT), nop()),
            "3: exception@0=3 data_cache@3=16");
}

// The interrupt is step 1, its slots are in 2, 3 and 4. The load, still in the pipe, is in MEM in
// 3: the second slot becomes 17 cycles.
TEST_P(Interactions, ALoadBeforeAnInterruptMissesInItsSlots) {
  EXPECT_EQ(stalls(load(kA, 4), not_fetched(EXC_INT), nop()), "1: exception@0=3 data_cache@1=16");
}

// mflo is in the ALU in 3, the first slot of the interrupt, until 36.
TEST_P(Interactions, AnInterruptArrivesWhileMfloWaits) {
  EXPECT_EQ(stalls(div(), mflo(), not_fetched(EXC_INT), nop()),
            "2: exception@0=3 multiply_divide@1=34");
}

// Both in cycle 3: the store enters, the fetch asks; the bus goes to the read, 4..19. The write is
// in 20..24, the steps 4 to 8.
TEST_P(Interactions, AFetchThatMissesOvertakesTheStoreOfTheSameCycle) {
  EXPECT_EQ(stalls(store(kA), nops(2), missed(nop(), 4), nops(6)), "3: instruction_cache@0=16");
  EXPECT_EQ(writes(), "---wwwwww-");
}

// Code that is written and run at once: the write goes first, 4..8.
TEST_P(Interactions, AFetchDoesNotOvertakeTheStoreToItsOwnBlock) {
  const Retired fetch = missed(nop(), 4);
  EXPECT_EQ(stalls(store(fetch.fetched_from.value + 8), nops(2), fetch, nop()),
            "3: instruction_cache@0=16 write_buffer@0=5");
}

// CpCond0 is sampled as the branch is fetched. A store is seen only three steps later, when it
// enters the buffer: that is why drivers have instructions between their store and bc0f.
TEST_P(Interactions, CpCond0SeesAStoreThreeStepsLater) {
  EXPECT_EQ(stalls(store(kA), nops(9)), "");
  EXPECT_EQ(writes().substr(1, 2), "--");
  EXPECT_EQ(writes()[3], 'w');
}

// The store is in MEM in 4 only, as the load before it waits there from 3 on: at the begin of step
// 4, T = 20, it is about to enter.
TEST_P(Interactions, CpCond0SeesAStoreWhenTheStallBeforeItIsOver) {
  EXPECT_EQ(stalls(load(kA, 4), store(kB), nops(9)), "3: data_cache@3=16");
  EXPECT_EQ(writes(), "----wwwwww-");
}

// It enters in 4 and is merged before that, in 3.
TEST_P(Interactions, APartialStoreEntersTheWriteBufferAfterItsMerge) {
  EXPECT_EQ(stalls(store(kA, 1), nops(16)), "3: partial_store@3=1");
  EXPECT_EQ(writes(), "---" + std::string(13, 'w') + "-");
}

}  // namespace
}  // namespace exosim::testing
