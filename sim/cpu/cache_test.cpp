// The caches by themselves, and as loads, stores and fetches use them: conformance 1.8
// and 2.3.
#include "sim/cpu/cache.hpp"

#include "sim/cpu/cpu_fixture.hpp"

namespace exosim {
namespace {

constexpr uint32_t kCacheBytes = 4096;
constexpr unsigned kRefill = 4;
constexpr uint32_t kUncached = KSEG1_BASE - KSEG0_BASE;
constexpr uint32_t kWord = KSEG0_BASE + 0x8000;
constexpr uint32_t kSameIndex = kWord + kCacheBytes;

class CacheTest : public CpuFixture {
 protected:
  explicit CacheTest(PartialStore partial_store = PartialStore::kMerge)
      : CpuFixture({.prid = PRID_R3000A,
                    .instruction_cache = {kCacheBytes, kRefill},
                    .data_cache = {kCacheBytes, kRefill},
                    .partial_store = partial_store}) {
    set_gpr(REG_A0, kWord);
    set_gpr(REG_A1, 0x11223344);
    poke(kWord, 0xcafe0000);
  }

  /// Runs one instruction, from an address that the instruction cache has not seen.
  Retired run_one(std::string_view instruction) {
    place(next_, instruction);
    cpu.set_pc({next_ + kUncached});
    next_ += 4;
    return run(1);
  }
  void set_status(uint32_t bits) { cp0().status |= bits; }
  void clear_status(uint32_t bits) { cp0().status &= ~bits; }
  bool holds(uint32_t address) const { return cpu.data_cache().holds({address & KSEG_MASK}); }
  uint32_t cached_word(uint32_t address) const {
    return cpu.data_cache().word({address & KSEG_MASK});
  }

 private:
  uint32_t next_ = kCode;
};

TEST(Cache, HoldsNothingAtPowerOn) {
  const Cache cache({kCacheBytes, 1}, Random(3));
  for (uint32_t address = 0; address < 4 * kCacheBytes; address += 4)
    EXPECT_FALSE(cache.holds({address}));
}

TEST(Cache, IsDirectMappedWithTheWholePageAsTag) {
  Cache cache({kCacheBytes, 1}, Random(3));
  cache.fill({0x1004}, 7);
  EXPECT_TRUE(cache.holds({0x1004}));
  EXPECT_FALSE(cache.holds({0x2004}));
  EXPECT_FALSE(cache.holds({0x80001004}));
  EXPECT_EQ(cache.word({0x2004}), 7u);
  cache.fill({0x2004}, 8);
  EXPECT_FALSE(cache.holds({0x1004}));
}

TEST(Cache, InvalidatedAsAWholeItHoldsNothingAndKeepsItsWords) {
  Cache cache({kCacheBytes, 1}, Random(3));
  cache.fill({0x0}, 1);
  cache.fill({0xffc}, 2);
  cache.invalidate_all();
  EXPECT_FALSE(cache.holds({0x0}));
  EXPECT_FALSE(cache.holds({0xffc}));
  EXPECT_EQ(cache.word({0xffc}), 2u);
}

TEST(Cache, SpoiledParityIsNoHitUntilTheWordIsFilled) {
  Cache cache({kCacheBytes, 1}, Random(3));
  cache.fill({0x1004}, 7);
  cache.spoil_parity({0x1004});
  EXPECT_FALSE(cache.holds({0x1004}));
  EXPECT_TRUE(cache.has_parity_error({0x1004}));
  cache.fill({0x1004}, 7);
  EXPECT_TRUE(cache.holds({0x1004}));
  EXPECT_FALSE(cache.has_parity_error({0x1004}));
}

TEST(Cache, WithoutParityBitsOnlyEvenBytesAreRight) {
  Cache cache({kCacheBytes, 1}, Random(3));
  cache.fill_without_parity({0x3000}, 0x03050600);
  EXPECT_TRUE(cache.holds({0x3000}));
  cache.fill_without_parity({0x3000}, 0x03050601);
  EXPECT_TRUE(cache.has_parity_error({0x3000}));
  cache.fill_without_parity({0x1000}, 0);
  EXPECT_TRUE(cache.has_parity_error({0x1000}));
}

TEST_F(CacheTest, MissRefillsTheBlockAndTheNextWordHits) {
  poke(kWord + 12, 0x1234);
  const Retired miss = run_one("lw v0,0(a0)");
  EXPECT_TRUE(miss.data.cached);
  EXPECT_EQ(miss.data.refill, kRefill);
  for (uint32_t offset = 0; offset < 4 * kRefill; offset += 4) EXPECT_TRUE(holds(kWord + offset));
  EXPECT_FALSE(holds(kWord + 4 * kRefill));
  const Retired hit = run_one("lw v1,12(a0)");
  EXPECT_EQ(hit.data.refill, 0);
  EXPECT_EQ(hit.data.value, 0x1234u);
}

TEST_F(CacheTest, WriteToMemoryBehindTheCacheIsNotSeenUntilTheWordGoes) {
  run_one("lw v0,0(a0)");
  poke(kWord, 0xfeed0000);
  EXPECT_EQ(run_one("lw v0,0(a0)").data.value, 0xcafe0000u);
  set_gpr(REG_A2, kSameIndex);
  run_one("lw v1,0(a2)");
  EXPECT_EQ(run_one("lw v0,0(a0)").data.value, 0xfeed0000u);
}

TEST_F(CacheTest, UncachedAccessGoesPastTheCache) {
  run_one("lw v0,0(a0)");
  set_gpr(REG_A2, kWord + kUncached);
  run_one("sw a1,0(a2)");
  EXPECT_EQ(run_one("lw v0,0(a0)").data.value, 0xcafe0000u);
  const Retired uncached = run_one("lw v1,0(a2)");
  EXPECT_EQ(uncached.data.value, 0x11223344u);
  EXPECT_FALSE(uncached.data.cached);
}

TEST_F(CacheTest, StoreOfAWordAllocatesItAloneAndWritesMemory) {
  run_one("sw a1,4(a0)");
  EXPECT_TRUE(holds(kWord + 4));
  EXPECT_FALSE(holds(kWord));
  EXPECT_EQ(peek(kWord + 4), 0x11223344u);
}

TEST_F(CacheTest, PartialStoreMergesAHitAndLeavesAMissToMemory) {
  run_one("sb a1,1(a0)");
  EXPECT_FALSE(holds(kWord));
  EXPECT_EQ(peek(kWord), 0xcafe4400u);
  run_one("lw v0,0(a0)");
  run_one("swr a1,1(a0)");
  EXPECT_EQ(cached_word(kWord), 0x22334400u);
  EXPECT_EQ(peek(kWord), 0x22334400u);
}

// Each twice: the first store to a page is translated, the others find it.
TEST_F(CacheTest, RecordSaysWhetherAPartialStoreHit) {
  for (int times = 0; times < 2; ++times)
    for (const char* part : {"sb a1,1(a0)", "sh a1,2(a0)", "swl a1,1(a0)", "swr a1,2(a0)"})
      EXPECT_FALSE(run_one(part).data.hits) << part << " misses";
  EXPECT_FALSE(run_one("sw a1,0(a0)").data.hits) << "a whole word asks for none";
  for (int times = 0; times < 2; ++times)
    for (const char* part : {"sb a1,1(a0)", "sh a1,2(a0)", "swl a1,1(a0)", "swr a1,2(a0)"})
      EXPECT_TRUE(run_one(part).data.hits) << part << " hits";
  set_gpr(REG_A2, kWord + kUncached);
  EXPECT_FALSE(run_one("sb a1,0(a2)").data.hits) << "goes past the cache";
  set_gpr(REG_A3, kSameIndex);
  EXPECT_FALSE(run_one("sb a1,0(a3)").data.hits) << "another word is there";
}

class InvalidatingCacheTest : public CacheTest {
 protected:
  InvalidatingCacheTest() : CacheTest(PartialStore::kInvalidate) {}
};

TEST_F(InvalidatingCacheTest, PartialStoreDropsAHit) {
  run_one("lw v0,0(a0)");
  run_one("sh a1,0(a0)");
  EXPECT_FALSE(holds(kWord));
  EXPECT_EQ(run_one("lw v0,0(a0)").data.value, 0xcafe3344u);
}

TEST_F(CacheTest, RefillThatNothingAnswersIsABusErrorAndFillsNothing) {
  set_gpr(REG_A0, KSEG0_BASE + 0x1f000000);
  const Retired load = run_one("lw v0,0(a0)");
  EXPECT_EQ(load.exception.code, EXC_DBE);
  EXPECT_FALSE(holds(KSEG0_BASE + 0x1f000000));
}

TEST_F(CacheTest, IsolatedStoreStaysInTheCache) {
  set_status(STATUS_ISC);
  const Retired store = run_one("sw a1,0(a0)");
  EXPECT_TRUE(store.data.isolated);
  EXPECT_EQ(peek(kWord), 0xcafe0000u);
  EXPECT_TRUE(holds(kWord));
  EXPECT_EQ(run_one("lw v0,0(a0)").data.value, 0x11223344u);
  EXPECT_FALSE(cp0().status & STATUS_CM);
}

TEST_F(CacheTest, IsolatedPartialStoreInvalidatesTheWord) {
  run_one("lw v0,0(a0)");
  set_status(STATUS_ISC);
  run_one("sb zero,0(a0)");
  EXPECT_FALSE(holds(kWord));
  EXPECT_TRUE(holds(kWord + 4));
  EXPECT_EQ(peek(kWord), 0xcafe0000u);
}

TEST_F(CacheTest, IsolatedLoadReturnsWhatIsThereAndSaysWhetherItMissed) {
  run_one("lw v0,0(a0)");
  set_gpr(REG_A2, kSameIndex);
  set_status(STATUS_ISC);
  const Retired miss = run_one("lw v1,0(a2)");
  EXPECT_EQ(miss.data.value, 0xcafe0000u);
  EXPECT_TRUE(cp0().status & STATUS_CM);
  run_one("lw v1,0(a0)");
  EXPECT_FALSE(cp0().status & STATUS_CM);
}

TEST_F(CacheTest, IsolationLeavesUncachedAccessesAlone) {
  set_gpr(REG_A0, kWord + kUncached);
  set_status(STATUS_ISC);
  EXPECT_FALSE(run_one("sw a1,0(a0)").data.isolated);
  EXPECT_EQ(peek(kWord), 0x11223344u);
}

TEST_F(CacheTest, FetchGoesOnWhileIsolated) {
  program("nop; ori v0,zero,7");
  cpu.set_pc({kCode});
  set_status(STATUS_ISC);
  EXPECT_EQ(run(1).fetch_refill, kRefill);
  EXPECT_EQ(run(1).fetch_refill, 0);
  EXPECT_EQ(gpr(REG_V0), 7u);
}

TEST_F(CacheTest, SwappedLoadsAndStoresUseTheInstructionCache) {
  program("nop");
  cpu.set_pc({kCode});
  run(1);
  EXPECT_TRUE(cpu.instruction_cache().holds({kCode & KSEG_MASK}));
  set_gpr(REG_A0, kCode);
  set_status(STATUS_SWC | STATUS_ISC);
  run_one("sb zero,0(a0)");
  EXPECT_FALSE(cpu.instruction_cache().holds({kCode & KSEG_MASK}));
  EXPECT_TRUE(cpu.instruction_cache().holds({(kCode & KSEG_MASK) + 4}));
}

TEST_F(CacheTest, SwapByMtc0ActsOnTheNextAccess) {
  set_gpr(REG_T0, STATUS_SWC);
  program("mtc0 t0,$12; nop; nop; nop; lw v0,0(a0); mtc0 zero,$12; nop; nop; nop; lw v0,16(a0)");
  cpu.set_pc({kCode + kUncached});
  run(10);
  EXPECT_TRUE(cpu.instruction_cache().holds({kWord & KSEG_MASK}));
  EXPECT_FALSE(holds(kWord));
  EXPECT_TRUE(holds(kWord + 16));
}

TEST_F(CacheTest, StoredCodeIsNotExecutedUntilTheInstructionCacheIsFlushed) {
  program("ori v0,zero,1");
  cpu.set_pc({kCode});
  run(1);
  place(kCode, "ori v0,zero,2");
  cpu.set_pc({kCode});
  run(1);
  EXPECT_EQ(gpr(REG_V0), 1u);
  cpu.instruction_cache().invalidate({kCode & KSEG_MASK});
  cpu.set_pc({kCode});
  run(1);
  EXPECT_EQ(gpr(REG_V0), 2u);
}

TEST_F(CacheTest, ParityErrorIsAMissAndSetsPe) {
  run_one("lw v0,0(a0)");
  cpu.data_cache().spoil_parity({kWord & KSEG_MASK});
  const Retired load = run_one("lw v0,0(a0)");
  EXPECT_EQ(load.data.refill, kRefill);
  EXPECT_EQ(load.data.value, 0xcafe0000u);
  EXPECT_TRUE(cp0().status & STATUS_PE);
  cpu.instruction_cache().fill({kCode & KSEG_MASK}, 0);
  cpu.instruction_cache().spoil_parity({kCode & KSEG_MASK});
  clear_status(STATUS_PE);
  cpu.set_pc({kCode});
  run(1);
  EXPECT_TRUE(cp0().status & STATUS_PE);
}

TEST_F(CacheTest, ParityZeroMakesAnErrorOfAnOddByte) {
  set_status(STATUS_PZ);
  set_gpr(REG_A1, 0x01000000);
  run_one("sw a1,0(a0)");
  clear_status(STATUS_PZ);
  run_one("lw v0,0(a0)");
  EXPECT_TRUE(cp0().status & STATUS_PE);
}

TEST_F(CacheTest, PartialStoreOnAParityErrorIsAMissToo) {
  run_one("lw v0,0(a0)");
  cpu.data_cache().spoil_parity({kWord & KSEG_MASK});
  run_one("sb a1,0(a0)");
  EXPECT_TRUE(cp0().status & STATUS_PE);
  EXPECT_EQ(cached_word(kWord), 0xcafe0000u);
  EXPECT_EQ(peek(kWord), 0xcafe0044u);
}

TEST_F(CacheTest, ParityZeroActsOnAWholeMergedWord) {
  poke(kWord, 0x01000000);
  run_one("lw v0,0(a0)");
  set_status(STATUS_PZ);
  run_one("sb zero,0(a0)");
  EXPECT_TRUE(cpu.data_cache().has_parity_error({kWord & KSEG_MASK}));
  run_one("sw zero,4(a0)");
  run_one("sb zero,8(a0)");
  EXPECT_EQ(cp0().status & STATUS_PE, 0u);
}

class UncachedTest : public CpuFixture {};

TEST_F(UncachedTest, WithoutACacheAnIsolatedLoadMisses) {
  set_gpr(REG_A0, kWord);
  poke(kWord, 5);
  cp0().status |= STATUS_ISC;
  program("sw zero,0(a0); lw v0,0(a0); nop");
  run(3);
  EXPECT_TRUE(cp0().status & STATUS_CM);
  EXPECT_EQ(peek(kWord), 5u);
  EXPECT_EQ(gpr(REG_V0), 0xffffffffu);
}

}  // namespace
}  // namespace exosim
