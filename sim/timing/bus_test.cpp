// Who has the bus when, by exact cycles, on both engines: refresh, other masters, the processor's
// read, the write buffer. testing/engine_test.hpp says how the numbers are found.
#include "sim/timing/testing/engine_test.hpp"

namespace exosim::testing {
namespace {

constexpr uint32_t kA = 0x1000;
constexpr uint32_t kB = 0x2000;
constexpr BusTransfer kReadFour = {.address = {kB}, .words = 4};  // 16 cycles

class MemoryBus : public EngineTest {
 protected:
  /// In the cycles 20, 40, ..., for 5 cycles.
  void refresh_every_20_cycles() {
    config_.memory.refresh_interval_ps = 2'000'000;
    config_.memory.refresh_cycles = 5;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, MemoryBus, both_engines(), engine_name);

// Asked in 19; the refresh has the bus in 20..24, the read in 25..40.
TEST_P(MemoryBus, ARefreshGoesBeforeARead) {
  refresh_every_20_cycles();
  EXPECT_EQ(stalls(nops(16), load(kA, 4), nops(4)), "19: data_cache@3=16 bus_contention@3=5");
}

// The first read has the bus in 19..34, the refresh that is due in 20 in 35..39, that of 40 at
// once; the second read, asked in 35, waits from 36 to 44.
TEST_P(MemoryBus, ARefreshWaitsForWhatHasBegun) {
  refresh_every_20_cycles();
  EXPECT_EQ(stalls(nops(15), load(kA, 4), load(kB, 4), nops(4)),
            "18: data_cache@3=16; 19: data_cache@3=16 bus_contention@3=9");
}

// The store enters in 19 and is written in 25..29. The next is refused in 20..29: while the bus is
// refreshed, then while the buffer's entry is written.
TEST_P(MemoryBus, ARefreshGoesBeforeAWrite) {
  refresh_every_20_cycles();
  config_.write_buffer_depth = 1;
  EXPECT_EQ(stalls(nops(16), store(kA), store(kB), nops(4)),
            "20: write_buffer@3=5 bus_contention@3=5");
}

TEST_P(MemoryBus, ARefreshGoesBeforeAnotherMaster) {
  refresh_every_20_cycles();
  EXPECT_EQ(stalls(asking(nop(), 20, kReadFour), nops(25)), "");
  EXPECT_EQ(grants(), "0:25-40");
}

// 10 + 3 * 2 for a read; 5 + 7 for a write, 2 + 7 on the same page; words one by one elsewhere.
TEST_P(MemoryBus, ABurstTakesWhatItsTargetTakes) {
  const std::pair<BusTransfer, const char*> kBursts[] = {
      {kReadFour, "0:4-19"},
      {{.address = {kA}, .words = 8, .is_write = true}, "0:4-15"},
      {{.address = {kDevice}, .words = 4}, "0:4-39"},
      {{.address = {kDevice}, .words = 4, .is_write = true}, "0:4-27"},
      {{.address = {kNowhere}, .words = 4}, "0:4-103"},
  };
  for (const auto& [burst, granted] : kBursts) {
    EXPECT_EQ(stalls(asking(nop(), 4, burst), nops(10)), "");
    EXPECT_EQ(grants(), granted);
  }
}

// The figures of configs/dec5000-125.yaml: 68 and 66 cycles of memory for 64 words, two of the
// processor each.
TEST_P(MemoryBus, AnIoasicBurstTakesWhatTheKn02baTakes) {
  config_.memory.read = {.first = 10, .next = 2};
  config_.memory.write_other_page = 6;
  config_.memory.write_next = 2;
  EXPECT_EQ(stalls(asking(nop(), 0, {.address = {kA}, .words = 64})), "");
  EXPECT_EQ(grants(), "0:0-135");
  EXPECT_EQ(stalls(asking(nop(), 0, {.address = {kA}, .words = 64, .is_write = true})), "");
  EXPECT_EQ(grants(), "0:0-131");
}

TEST_P(MemoryBus, TwoWritesOfBurstsShareThePage) {
  const BusTransfer write = {.address = {kA}, .words = 8, .is_write = true};
  EXPECT_EQ(stalls(asking(nop(), 4, write), asking(nop(), 3, write, 1), nops(20)), "");
  EXPECT_EQ(grants(), "0:4-15; 1:16-24");
}

// The burst's two words are written in 4..9; the store enters in 12, so its word in 13 and 14.
TEST_P(MemoryBus, ABurstLeavesItsPageOpenForTheWriteBuffer) {
  const BusTransfer write = {.address = {kA}, .words = 2, .is_write = true};
  EXPECT_EQ(stalls(asking(nop(), 4, write), nops(8), store(kA + 8), nops(6)), "");
  EXPECT_EQ(writes(), "------------www-");
}

// Eight words in 4..15, of which the first is the last of its page. The store enters in 15, and is
// written from 16 on: in 2 cycles if the page is open, in 5 if the next is.
TEST_P(MemoryBus, ABurstToOneAddressLeavesThatPageOpen) {
  BusTransfer write = {.address = {kB - 4}, .words = 8, .is_write = true};
  EXPECT_EQ(stalls(asking(nop(), 4, write), nops(11), store(kA), nops(10)), "");
  EXPECT_EQ(writes(), std::string(15, '-') + "wwwwww--");
  write.is_fixed = true;
  EXPECT_EQ(stalls(asking(nop(), 4, write), nops(11), store(kA), nops(10)), "");
  EXPECT_EQ(writes(), std::string(15, '-') + "www-----");
}

// The read could have the bus in 4, but the master has it in 4..19.
TEST_P(MemoryBus, AnotherMasterGoesBeforeARead) {
  EXPECT_EQ(stalls(asking(load(kA, 4), 4, kReadFour), nops(4)),
            "3: data_cache@3=16 bus_contention@3=16");
  EXPECT_EQ(grants(), "0:4-19");
}

// The store enters in 3, the master has the bus in 4..19, the write goes in 20..24.
TEST_P(MemoryBus, AnotherMasterGoesBeforeAWrite) {
  EXPECT_EQ(stalls(asking(store(kA), 4, kReadFour), nops(25)), "");
  EXPECT_EQ(writes(), "---" + std::string(22, 'w') + "-");
}

// 0 has it in 4..19. Meanwhile 2 asks for 6 and 1 for 5.
TEST_P(MemoryBus, OfOtherMastersTheEarliestRequestGoesFirst) {
  const ScriptStep three = {nop(),
                            {{.master = 0, .delay = 4, .transfer = kReadFour},
                             {.master = 2, .delay = 6, .transfer = kReadFour},
                             {.master = 1, .delay = 5, .transfer = kReadFour}}};
  EXPECT_EQ(stalls(three, nops(60)), "");
  EXPECT_EQ(grants(), "0:4-19; 1:20-35; 2:36-51");
}

TEST_P(MemoryBus, OfRequestsForOneCycleTheFirstGoesFirst) {
  const ScriptStep two = {nop(),
                          {{.master = 1, .delay = 4, .transfer = kReadFour},
                           {.master = 0, .delay = 4, .transfer = kReadFour}}};
  EXPECT_EQ(stalls(two, nops(40)), "");
  EXPECT_EQ(grants(), "1:4-19; 0:20-35");
}

// Three bursts of 16 cycles with 3 between them. The read asks in 17; it has the bus only in 20,
// where the master, who asks again for 23, comes too late.
TEST_P(MemoryBus, AReadGoesBetweenTheBurstsOfAMasterThatPauses) {
  const ScriptStep bursts = {nop(), {{.delay = 4, .transfer = kReadFour, .repeats = 2, .gap = 3}}};
  EXPECT_EQ(stalls(bursts, nops(13), load(kA, 4), nops(30)),
            "17: data_cache@3=16 bus_contention@3=2");
  EXPECT_EQ(grants(), "0:4-19; 0:36-51; 0:55-70");
}

// A master that asks again at once leaves no cycle for the read.
TEST_P(MemoryBus, AMasterThatDoesNotPauseKeepsTheBus) {
  const ScriptStep bursts = {nop(), {{.delay = 4, .transfer = kReadFour, .repeats = 2}}};
  EXPECT_EQ(stalls(bursts, load(kA, 4), nops(4)), "4: data_cache@3=16 bus_contention@3=47");
  EXPECT_EQ(grants(), "0:4-19; 0:20-35; 0:36-51");
}

// Below, master 0 stands for the DMA engine and 1 for a network controller.

// 0 has the bus in 18..33. Then all want it: the refresh of 20 has it in 34..38, 1 in 39..54, the
// refreshes of 40 and 60 in 55..64; the read, asked in 19, in 65..80; the refresh of 80 in 81..85;
// the store's word, that entered in 18 and was the first to wait but for 0, in 86..90.
TEST_P(MemoryBus, RefreshTwoMastersReadAndWriteAllAtOnce) {
  refresh_every_20_cycles();
  const ScriptStep two = {nop(),
                          {{.master = 0, .delay = 18, .transfer = kReadFour},
                           {.master = 1, .delay = 20, .transfer = kReadFour}}};
  EXPECT_EQ(stalls(two, nops(14), store(kB), load(kA, 4), nops(15)),
            "19: data_cache@3=16 bus_contention@3=45");
  EXPECT_EQ(grants(), "0:18-33; 1:39-54");
  EXPECT_EQ(writes(), std::string(18, '-') + std::string(12, 'w') + "--");
}

// The store enters in 18; the read of its word, asked in 19, stands back. 0 has the bus in 19..34,
// 1 in 35..50, the write in 51..55, the read in 56..71.
TEST_P(MemoryBus, TwoMastersComeBetweenAWriteAndTheReadThatWaitsForIt) {
  const ScriptStep two = {nop(),
                          {{.master = 0, .delay = 19, .transfer = kReadFour},
                           {.master = 1, .delay = 19, .transfer = kReadFour}}};
  EXPECT_EQ(stalls(two, nops(14), store(kA), load(kA, 4), nops(4)),
            "19: data_cache@3=16 write_buffer@3=5 bus_contention@3=31");
  EXPECT_EQ(grants(), "0:19-34; 1:35-50");
}

// The first store enters in 19. 0 has the bus in 19..34, 1 in 35..50, the write in 51..55: so long,
// from 20 on, there is no slot for the second.
TEST_P(MemoryBus, AFullBufferWaitsForTwoMasters) {
  config_.write_buffer_depth = 1;
  const ScriptStep two = {nop(),
                          {{.master = 0, .delay = 19, .transfer = kReadFour},
                           {.master = 1, .delay = 30, .transfer = kReadFour}}};
  EXPECT_EQ(stalls(two, nops(15), store(kA), store(kB), nops(4)),
            "20: write_buffer@3=5 bus_contention@3=31");
  EXPECT_EQ(grants(), "0:19-34; 1:35-50");
}

// Both pause for 3 cycles between their bursts, but the other is waiting then: the read, asked in
// 3, has the bus only in 68..83.
TEST_P(MemoryBus, TwoMastersFillOneAnothersPauses) {
  const ScriptStep two = {
      load(kA, 4),
      {{.master = 0, .delay = 4, .transfer = kReadFour, .repeats = 1, .gap = 3},
       {.master = 1, .delay = 5, .transfer = kReadFour, .repeats = 1, .gap = 3}}};
  EXPECT_EQ(stalls(two, nops(4)), "3: data_cache@3=16 bus_contention@3=64");
  EXPECT_EQ(grants(), "0:4-19; 1:20-35; 0:36-51; 1:52-67");
}

// The fetch that misses and the load that misses in the same cycle, 4: the load asks then, the
// fetch when it is through, each behind a master: 0 in 4..19, the load in 20..35; 1, who asked for
// 30, in 36..51; the fetch in 52..67.
TEST_P(MemoryBus, TwoMastersMeetTwoRefills) {
  const ScriptStep two = {nop(),
                          {{.master = 0, .delay = 4, .transfer = kReadFour},
                           {.master = 1, .delay = 30, .transfer = kReadFour}}};
  EXPECT_EQ(stalls(two, load(kA, 4), nops(2), missed(nop(), 4), nops(4)),
            "4: instruction_cache@0=16 bus_contention@0=16 data_cache@3=16 bus_contention@3=15");
  EXPECT_EQ(grants(), "0:4-19; 1:36-51");
}

}  // namespace
}  // namespace exosim::testing
