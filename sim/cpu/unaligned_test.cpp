// lwl, lwr, swl, swr: the vectors of hardware.md 1.3, and that a pair moves a word anywhere.
#include "sim/cpu/unaligned.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstring>

namespace exosim {
namespace {

using Memory = std::array<uint8_t, 8>;

uint32_t word_at(const Memory& memory, uint32_t address) {
  uint32_t word = 0;
  std::memcpy(&word, &memory[address], 4);
  return word;
}

void apply(Memory& memory, BusStore store) {
  const uint32_t value = store.bus_value();
  std::memcpy(&memory[store.address], &value, store.width);
}

TEST(Unaligned, LoadsMergeAsOnTheRealMachine) {
  EXPECT_EQ(merge_left(0xaabbccdd, 0x55667788, 4), 0x88bbccddu);
  EXPECT_EQ(merge_right(0x88bbccdd, 0x11223344, 1), 0x88112233u);
  EXPECT_EQ(merge_right(0x88bbccdd, 0x55667788, 5), 0x88556677u);
  EXPECT_EQ(merge_right(0xaabbccdd, 0x11223344, 0), 0x11223344u);
  EXPECT_EQ(merge_left(0xaabbccdd, 0x11223344, 3), 0x11223344u);
}

RC_GTEST_PROP(Unaligned, LwrAndLwlLoadTheWordAtAnyAddress, (Memory memory, uint32_t garbage)) {
  const uint32_t address = *rc::gen::inRange<uint32_t>(0, 5);
  const uint32_t last = address + 3;
  const uint32_t low = merge_right(garbage, word_at(memory, address & ~3u), address);
  RC_ASSERT(merge_left(low, word_at(memory, last & ~3u), last) == word_at(memory, address));
}

RC_GTEST_PROP(Unaligned, SwrAndSwlStoreTheWordAtAnyAddress, (Memory memory, uint32_t value)) {
  const uint32_t address = *rc::gen::inRange<uint32_t>(0, 5);
  Memory expected = memory;
  std::memcpy(&expected[address], &value, 4);
  apply(memory, store_right(value, address));
  apply(memory, store_left(value, address + 3));
  RC_ASSERT(memory == expected);
}

}  // namespace
}  // namespace exosim
