// What is stale, what is not, and that each stale word is reported once.
#include "sim/machine/diagnosis/coherence.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/cpu/cpu_fixture.hpp"

namespace exosim {
namespace {

constexpr uint32_t kUncached = KSEG1_BASE - KSEG0_BASE;

class CoherenceTest : public CpuFixture {
 protected:
  CoherenceTest()
      : CpuFixture({.prid = PRID_R3000A, .instruction_cache = {4096, 4}, .data_cache = {4096, 4}}),
        checker(cpu, ram) {
    poke(kData, 0x11111111);
    set_gpr(REG_A0, kData);
    set_gpr(REG_A1, kData + kUncached);
    set_gpr(REG_A2, 0x22222222);
  }

  std::vector<std::string> found(int steps) {
    std::vector<std::string> texts;
    for (; steps > 0; --steps)
      if (const auto stale = checker.look(cpu.step())) texts.push_back(stale->text(code));
    return texts;
  }

  CoherenceChecker checker;
  CodeMap code;
};

TEST_F(CoherenceTest, LoadBehindAnUncachedStoreIsStaleAndNamesIt) {
  program("lw v0,0(a0); sw a2,0(a1); lbu v0,0(a0); lw v1,0(a0)");
  const auto texts = found(4);
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_EQ(texts[0],
            "load of a stale word at 0x80008000 (physical 0x00008000): the cache has 0x11111111, "
            "memory 0x22222222, from the store at 0x80001004");
}

TEST_F(CoherenceTest, StoreIsNamedByItsSymbolAndLine) {
  struct OneLine final : LineTable {
    std::optional<SourceLine> find(uint32_t virt) override {
      return SourceLine{"copy.S", (virt - kCode) / 4 + 7};
    }
  };
  ImageInfo image{.name = "copy.elf",
                  .symbols = {{kCode, 0x100, "copy"}},
                  .markers = {},
                  .lines = std::make_shared<OneLine>(),
                  .frames = {}};
  const ImageInfo& added = code.add_image(std::move(image));
  code.add_range({.phys = kCode & KSEG_MASK, .size = 0x100, .virt = kCode, .image = &added});
  program("lw v0,0(a0); sw a2,0(a1); lw v0,0(a0)");
  const auto texts = found(3);
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_NE(texts[0].find("from the store at 0x80001004 copy+0x4 (copy.S:8)"), std::string::npos)
      << texts[0];
}

TEST_F(CoherenceTest, MemoryChangedByADeviceHasNoStore) {
  program("lw v0,0(a0); nop; lw v0,0(a0)");
  found(2);
  poke(kData, 0x33333333);
  const auto texts = found(1);
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_NE(texts[0].find("memory 0x33333333, from no store that is known"), std::string::npos);
}

TEST_F(CoherenceTest, StoreIsNotBlamedForWhatADeviceWroteOverIt) {
  program("sw a2,0(a0); lw v0,0(a0)");
  found(1);
  poke(kData, 0x33333333);
  const auto texts = found(1);
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_NE(texts[0].find("memory 0x33333333, from no store that is known"), std::string::npos)
      << texts[0];
}

TEST_F(CoherenceTest, PartialStoreIsBlamedForTheWordThatItLeft) {
  program("lw v0,0(a0); sb a2,1(a1); lw v0,0(a0)");
  const auto texts = found(3);
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_NE(texts[0].find("memory 0x11112211, from the store at 0x80001004"), std::string::npos)
      << texts[0];
}

TEST_F(CoherenceTest, PartialStoreIsNotBlamedForBytesBesideIt) {
  program("lw v0,0(a0); sb a2,1(a0); lw v0,0(a0)");
  found(2);
  poke(kData, 0x33332211);
  const auto texts = found(1);
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_NE(texts[0].find("from no store that is known"), std::string::npos) << texts[0];
}

TEST_F(CoherenceTest, WordThatIsStaleInBothCachesIsReportedOfEach) {
  program("lw v0,0(a3); jr a3; sw a2,0(t0)");
  set_gpr(REG_A2, 0);
  set_gpr(REG_A3, kCode + 0x100);
  set_gpr(REG_T0, kCode + 0x100 + kUncached);
  place(kCode + 0x100, "ori v0,zero,1; lw v0,0(a3); ori v0,zero,1");
  cpu.instruction_cache().fill({(kCode + 0x100) & KSEG_MASK}, peek(kCode + 0x100));
  const auto texts = found(6);
  ASSERT_EQ(texts.size(), 2u);
  EXPECT_EQ(texts[0].find("fetch of a stale word at 0x80001100"), 0u) << texts[0];
  EXPECT_EQ(texts[1].find("load of a stale word at 0x80001100"), 0u) << texts[1];
}

TEST_F(CoherenceTest, CachedStoreKeepsTheDataCacheCoherent) {
  program("lw v0,0(a0); sw a2,0(a0); lw v0,0(a0); sb zero,1(a0); lw v0,0(a0)");
  EXPECT_TRUE(found(5).empty());
}

TEST_F(CoherenceTest, StaleWordThatIsNotUsedIsNotReported) {
  program("lw v0,0(a0); sw a2,0(a1); lw v0,4(a0); sw zero,0(a0); lw v0,0(a0)");
  EXPECT_TRUE(found(5).empty());
}

TEST_F(CoherenceTest, CodeWrittenThroughTheDataCacheIsStaleUntilFlushed) {
  program("jr ra; sw a2,0(a3)");
  set_gpr(REG_A2, 0);
  set_gpr(REG_A3, kCode + 0x100);
  set_gpr(REG_RA, kCode + 0x100);
  place(kCode + 0x100, "ori v0,zero,1");
  cpu.instruction_cache().fill({(kCode + 0x100) & KSEG_MASK}, peek(kCode + 0x100));
  const auto texts = found(3);
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_EQ(texts[0].find("fetch of a stale word at 0x80001100"), 0u) << texts[0];
  EXPECT_NE(texts[0].find("from the store at 0x80001004"), std::string::npos) << texts[0];
}

TEST_F(CoherenceTest, WordThatBecomesStaleAgainIsReportedAgain) {
  program(
      "lw v0,0(a0); sw a2,0(a1); lw v0,0(a0); sw a2,0(a0); lw v0,0(a0); sw zero,0(a1); lw "
      "v0,0(a0)");
  EXPECT_EQ(found(7).size(), 2u);
}

}  // namespace
}  // namespace exosim
