// lwl, lwr, swl, swr: the vectors of ps1-tests (real hardware), that a pair moves a word anywhere,
// and what reaches the bus.
#include "sim/cpu/unaligned.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "sim/bus/device.hpp"
#include "sim/cpu/cpu_fixture.hpp"

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

/// Four registers of one byte each; notes the accesses that it takes.
class ByteDevice final : public Device {
 public:
  RegisterBank& registers() override { return bank_; }
  const RegisterBank& registers() const override { return bank_; }

  std::vector<std::pair<uint32_t, uint32_t>> taken;  // offset, value

 private:
  Register byte(uint32_t offset) {
    return {.offset = offset, .name = "BYTE", .doc = "", .write = [this, offset](uint32_t value) {
              taken.emplace_back(offset, value);
            }};
  }
  RegisterBank bank_{{byte(0), byte(1), byte(2), byte(3)}, true};
};

class UnalignedStore : public CpuFixture {
 protected:
  static constexpr uint32_t kDevice = KSEG1_BASE + 0x10000000;

  UnalignedStore() {
    EXPECT_TRUE(bus.add_device("bytes", {kDevice & KSEG_MASK}, 4, device));
    set_gpr(4, kDevice);
    set_gpr(2, 0xaabbccdd);
  }

  ByteDevice device;
};

TEST_F(UnalignedStore, IsOneAccessOfOneToFourBytes) {
  program(
      "swl $2, 0($4)\nswl $2, 1($4)\nswl $2, 2($4)\nswr $2, 0($4)\nswr $2, 1($4)\n"
      "swr $2, 2($4)\nswr $2, 3($4)");
  run(7);
  EXPECT_EQ(device.taken, (std::vector<std::pair<uint32_t, uint32_t>>{{0, 0xaa},
                                                                      {0, 0xaabb},
                                                                      {0, 0xaabbcc},
                                                                      {0, 0xaabbccdd},
                                                                      {1, 0xbbccdd},
                                                                      {2, 0xccdd},
                                                                      {3, 0xdd}}));
}

}  // namespace
}  // namespace exosim
