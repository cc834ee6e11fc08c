// The TLB's match and its state after reset.
#include "sim/cpu/tlb.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace exosim {
namespace {

constexpr uint32_t asid(uint32_t number) { return number << ENTRYHI_ASID_SHIFT; }

TEST(Tlb, MatchesPageAndAddressSpace) {
  Tlb tlb;
  tlb.write(5, {0x00400000 | asid(3), 0x00010000});
  EXPECT_EQ(tlb.find(0x00400000 | asid(3)).index, 5);
  EXPECT_FALSE(tlb.find(0x00400000 | asid(4)));
  EXPECT_FALSE(tlb.find(0x00401000 | asid(3)));
}

TEST(Tlb, GlobalEntryMatchesEveryAddressSpace) {
  Tlb tlb;
  tlb.write(63, {0x00400000 | asid(3), ENTRYLO_G});
  EXPECT_EQ(tlb.find(0x00400000 | asid(44)).index, 63);
}

TEST(Tlb, ValidBitPlaysNoPartInTheMatch) {
  Tlb tlb;
  tlb.write(9, {0x00400000 | asid(1), 0});
  EXPECT_EQ(tlb.find(0x00400000 | asid(1)).index, 9);
}

TEST(Tlb, TwoMatchesAreADuplicate) {
  Tlb tlb;
  tlb.write(9, {0x00400000 | asid(1), 0});
  EXPECT_FALSE(tlb.find(0x00400000 | asid(1)).duplicate);
  tlb.write(40, {0x00400000 | asid(2), ENTRYLO_G});
  EXPECT_TRUE(tlb.find(0x00400000 | asid(1)).duplicate);
  EXPECT_FALSE(tlb.find(0x00400000 | asid(2)).duplicate);
}

TEST(Tlb, UnusedBitsReadZero) {
  Tlb tlb;
  tlb.write(0, {~0u, ~0u});
  EXPECT_EQ(tlb.read(0), (TlbEntry{0xffffffc0, 0xffffff00}));
}

RC_GTEST_PROP(Tlb, ResetEntriesMatchNoMappedAddressAndDiffer, (uint64_t seed)) {
  Random random(seed);
  Tlb tlb;
  tlb.reset(random);
  for (unsigned i = 0; i < TLB_ENTRIES; ++i) {
    const uint32_t page = tlb.read(i).hi & ENTRYHI_VPN_MASK;
    RC_ASSERT(page >= 0x80000000u);
    RC_ASSERT(page < 0xa0000000u);
    RC_ASSERT(!(tlb.read(i).lo & ENTRYLO_G));
    for (unsigned j = 0; j < i; ++j) RC_ASSERT((tlb.read(j).hi & ENTRYHI_VPN_MASK) != page);
  }
}

}  // namespace
}  // namespace exosim
