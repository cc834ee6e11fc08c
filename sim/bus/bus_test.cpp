// Routing, overlaps, and what answers where nothing is.
#include "sim/bus/bus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace exosim {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// One readable and writable word, and a read-only one that counts its reads.
class Cell final : public Device {
 public:
  RegisterBank& registers() override { return bank_; }
  const RegisterBank& registers() const override { return bank_; }

  uint32_t value = 0;
  uint32_t reads = 0;

 private:
  RegisterBank bank_{{.offset = 0,
                      .name = "VALUE",
                      .doc = "",
                      .read = [this] { return value; },
                      .write = [this](uint32_t written) { value = written; }},
                     {.offset = 4,
                      .name = "READS",
                      .doc = "",
                      .read = [this] { return ++reads; },
                      .peek = [this] { return reads; }}};
};

/// A register of any width that keeps what was written to it.
class Recorder final : public Device {
 public:
  explicit Recorder(std::vector<uint32_t>& written) : written_(written) {}
  RegisterBank& registers() override { return bank_; }
  const RegisterBank& registers() const override { return bank_; }

 private:
  std::vector<uint32_t>& written_;
  RegisterBank bank_{{{.offset = 0,
                       .name = "WORD",
                       .doc = "",
                       .write = [this](uint32_t value) { written_.push_back(value); }}},
                     true};
};

class BusTest : public ::testing::Test {
 protected:
  std::vector<std::byte> rom_bytes(std::initializer_list<int> values) {
    std::vector<std::byte> bytes;
    for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
    return bytes;
  }
  std::string refusal(std::string name, uint32_t base, uint32_t size) {
    const auto result = bus.add_device(std::move(name), {base}, size, cell);
    return result ? "accepted" : result.error().text();
  }

  Ram ram{4096, Random(1)};
  Bus bus{ram};
  Cell cell;
};

TEST_F(BusTest, RoutesToRam) {
  const BusAccess written = bus.write({16}, 4, 0xdeadbeef);
  EXPECT_TRUE(written.ok);
  EXPECT_EQ(written.target, BusTarget::kRam);
  const BusAccess got = bus.read({18}, 2);
  EXPECT_TRUE(got.ok);
  EXPECT_EQ(got.target, BusTarget::kRam);
  EXPECT_EQ(got.value, 0xdeadu);
  EXPECT_EQ(ram.read({16}, 4), 0xdeadbeefu);
}

TEST_F(BusTest, RoutesToDevicesByOffset) {
  ASSERT_TRUE(bus.add_device("cell", {0x10000000}, 0x10, cell));
  EXPECT_TRUE(bus.write({0x10000000}, 4, 7).ok);
  EXPECT_EQ(cell.value, 7u);
  const BusAccess got = bus.read({0x10000000}, 4);
  EXPECT_TRUE(got.ok);
  EXPECT_EQ(got.target, BusTarget::kDevice);
  EXPECT_EQ(got.value, 7u);
}

TEST_F(BusTest, WritesThreeBytesAtOnce) {
  std::vector<uint32_t> written;
  Recorder recorder(written);
  ASSERT_TRUE(bus.add_device("recorder", {0x10000000}, 4, recorder));
  EXPECT_TRUE(bus.write({0x10000000}, 3, 0xaabbcc).ok);
  EXPECT_EQ(written, std::vector<uint32_t>{0xaabbcc});
  bus.write({16}, 4, 0x11223344);
  EXPECT_TRUE(bus.write({17}, 3, 0xaabbcc).ok);
  EXPECT_EQ(ram.read({16}, 4), 0xaabbcc44u);
}

TEST_F(BusTest, ReportsWhatADeviceRefuses) {
  ASSERT_TRUE(bus.add_device("cell", {0x10000000}, 0x10, cell));
  const BusAccess got = bus.read({0x10000008}, 4);
  EXPECT_FALSE(got.ok);
  EXPECT_EQ(got.target, BusTarget::kDevice);
  EXPECT_FALSE(bus.read({0x10000000}, 1).ok);
  EXPECT_FALSE(bus.write({0x10000004}, 4, 1).ok);
}

TEST_F(BusTest, ReadsRomAndIgnoresWritesToIt) {
  ASSERT_TRUE(bus.add_rom("prom", {0x1fc00000}, rom_bytes({1, 2, 3, 4, 5})));
  EXPECT_EQ(bus.read({0x1fc00000}, 4).value, 0x04030201u);
  EXPECT_EQ(bus.read({0x1fc00004}, 4).value, 5u);  // padded to a word
  const BusAccess written = bus.write({0x1fc00000}, 4, 0);
  EXPECT_TRUE(written.ok);
  EXPECT_EQ(written.target, BusTarget::kRom);
  const BusAccess got = bus.read({0x1fc00002}, 1);
  EXPECT_TRUE(got.ok);
  EXPECT_EQ(got.target, BusTarget::kRom);
  EXPECT_EQ(got.value, 3u);
}

TEST_F(BusTest, FailsWhereNothingAnswers) {
  ASSERT_TRUE(bus.add_device("cell", {0x10000000}, 0x10, cell));
  for (const uint32_t address : {4096u, 0x0ffffffcu, 0x10000010u, 0xfffffffcu}) {
    EXPECT_FALSE(bus.read({address}, 4).ok);
    EXPECT_EQ(bus.read({address}, 4).target, BusTarget::kAbsent);
    EXPECT_FALSE(bus.write({address}, 4, 0).ok);
    EXPECT_EQ(bus.peek({address}, 4), std::nullopt);
    EXPECT_EQ(bus.region_name({address}), "");
  }
}

TEST_F(BusTest, PeeksWithoutEffects) {
  ASSERT_TRUE(bus.add_device("cell", {0x10000000}, 0x10, cell));
  ASSERT_TRUE(bus.add_rom("prom", {0x1fc00000}, rom_bytes({1, 0, 0, 0})));
  ram.write({0}, 4, 5);
  EXPECT_EQ(bus.peek({0}, 4), 5u);
  EXPECT_EQ(bus.peek({0x1fc00000}, 4), 1u);
  EXPECT_EQ(bus.peek({0x10000004}, 4), 0u);
  EXPECT_EQ(cell.reads, 0u);
  EXPECT_EQ(bus.peek({0x10000008}, 4), std::nullopt);
}

TEST_F(BusTest, NamesRegions) {
  ASSERT_TRUE(bus.add_device("cell", {0x10000000}, 0x10, cell));
  EXPECT_EQ(bus.region_name({4095}), "ram");
  EXPECT_EQ(bus.region_name({0x1000000f}), "cell");
}

TEST_F(BusTest, OnlyADeviceCanRefuseOtherMasters) {
  class Loner final : public Device {
   public:
    RegisterBank& registers() override { return bank_; }
    const RegisterBank& registers() const override { return bank_; }
    bool serves_masters() const override { return false; }

   private:
    RegisterBank bank_{};
  } loner;
  ASSERT_TRUE(bus.add_device("loner", {0x10008000}, 8, loner));
  EXPECT_FALSE(bus.serves_masters({0x10008004}));
  EXPECT_TRUE(bus.serves_masters({0x10008008}));
  EXPECT_TRUE(bus.serves_masters({0}));
}

TEST_F(BusTest, RefusesOverlapsAndNamesBoth) {
  ASSERT_TRUE(bus.add_device("first", {0x10000000}, 0x100, cell));
  EXPECT_EQ(refusal("second", 0x100000fc, 0x10),
            "second at 0x100000fc..0x1000010b overlaps first at 0x10000000..0x100000ff");
  EXPECT_THAT(refusal("around", 0x0fffff00, 0x1000), HasSubstr("overlaps first"));
  EXPECT_THAT(refusal("within", 0x10000010, 4), HasSubstr("overlaps first"));
  EXPECT_EQ(refusal("before", 0x0ffffff0, 0x10), "accepted");
  EXPECT_EQ(refusal("after", 0x10000100, 0x10), "accepted");
}

TEST_F(BusTest, RefusesOverlapWithRam) {
  EXPECT_EQ(refusal("low", 4092, 8),
            "low at 0x00000ffc..0x00001003 overlaps ram at 0x00000000..0x00000fff");
  EXPECT_EQ(refusal("next", 4096, 8), "accepted");
}

TEST_F(BusTest, RefusesBadShapes) {
  EXPECT_THAT(refusal("none", 0x10000000, 0), HasSubstr("is empty"));
  EXPECT_THAT(refusal("odd", 0x10000002, 4), HasSubstr("multiples of 4"));
  EXPECT_THAT(refusal("odd", 0x10000000, 6), HasSubstr("multiples of 4"));
  EXPECT_THAT(refusal("high", 0xfffffffc, 8),
              AllOf(HasSubstr("high"), HasSubstr("beyond the physical address space")));
  EXPECT_EQ(refusal("last", 0xfffffffc, 4), "accepted");
}

RC_GTEST_PROP(BusProperty, AgreesWithAMapOfWords, ()) {
  constexpr uint32_t kWords = 64;
  Ram ram(4, Random(1));
  Bus bus(ram);
  Cell cell;
  std::vector<std::string> owner(kWords);
  owner[0] = "ram";
  const int count = *rc::gen::inRange(0, 20);
  for (int i = 0; i < count; ++i) {
    const uint32_t base = *rc::gen::inRange(0u, kWords - 8);
    const uint32_t size = *rc::gen::inRange(1u, 8u);
    const std::string name = "d" + std::to_string(i);
    bool free = true;
    for (uint32_t word = base; word < base + size; ++word) free = free && owner[word].empty();
    RC_ASSERT(bool(bus.add_device(name, {base * 4}, size * 4, cell)) == free);
    for (uint32_t word = base; free && word < base + size; ++word) owner[word] = name;
  }
  for (uint32_t word = 0; word < kWords; ++word) {
    RC_ASSERT(bus.region_name({word * 4}) == owner[word]);
    RC_ASSERT(bus.region_name({word * 4 + 3}) == owner[word]);
  }
}

}  // namespace
}  // namespace exosim
