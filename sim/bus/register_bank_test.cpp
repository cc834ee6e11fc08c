// Register look-up and the rules of access.
#include "sim/bus/register_bank.hpp"

#include <gtest/gtest.h>

namespace exosim {
namespace {

/// A bank with one register of each kind, out of order.
struct Bench {
  RegisterBank make(bool byte_access) {
    return RegisterBank({{.offset = 8,
                          .name = "COUNTER",
                          .doc = "reading steps it",
                          .read = [this] { return ++counter; },
                          .peek = [this] { return counter; }},
                         {.offset = 0,
                          .name = "STORED",
                          .doc = "read and write",
                          .read = [this] { return stored; },
                          .write = [this](uint32_t value) { stored = value; }},
                         {.offset = 4,
                          .name = "WRITTEN",
                          .doc = "write only",
                          .write = [this](uint32_t value) { stored = value; }}},
                        byte_access);
  }

  uint32_t stored = 0x12345678;
  uint32_t counter = 0;
};

TEST(RegisterBank, ReadsAndWritesWords) {
  Bench bench;
  RegisterBank bank = bench.make(false);
  EXPECT_EQ(bank.read(0, 4), 0x12345678u);
  EXPECT_TRUE(bank.write(0, 4, 7));
  EXPECT_EQ(bank.read(0, 4), 7u);
  EXPECT_TRUE(bank.write(4, 4, 9));
  EXPECT_EQ(bench.stored, 9u);
}

TEST(RegisterBank, RefusesAbsentRegisters) {
  Bench bench;
  RegisterBank bank = bench.make(true);
  for (const uint32_t offset : {1u, 2u, 12u, 0xfffffffcu}) {
    EXPECT_EQ(bank.read(offset, 1), std::nullopt);
    EXPECT_EQ(bank.peek(offset, 1), std::nullopt);
    EXPECT_FALSE(bank.write(offset, 1, 0));
  }
}

TEST(RegisterBank, RefusesTheWrongDirection) {
  Bench bench;
  RegisterBank bank = bench.make(false);
  EXPECT_EQ(bank.read(4, 4), std::nullopt);
  EXPECT_EQ(bank.peek(4, 4), std::nullopt);
  EXPECT_FALSE(bank.write(8, 4, 1));
}

TEST(RegisterBank, RefusesPartialAccessesUnlessAllowed) {
  Bench bench;
  RegisterBank bank = bench.make(false);
  EXPECT_EQ(bank.read(0, 1), std::nullopt);
  EXPECT_EQ(bank.read(0, 2), std::nullopt);
  EXPECT_EQ(bank.peek(0, 1), std::nullopt);
  EXPECT_FALSE(bank.write(0, 1, 0));
  EXPECT_EQ(bench.stored, 0x12345678u);
}

TEST(RegisterBank, CutsPartialAccessesToTheirWidth) {
  Bench bench;
  RegisterBank bank = bench.make(true);
  EXPECT_EQ(bank.read(0, 1), 0x78u);
  EXPECT_EQ(bank.read(0, 2), 0x5678u);
  EXPECT_EQ(bank.peek(0, 2), 0x5678u);
  EXPECT_TRUE(bank.write(0, 1, 0xffffffa5));
  EXPECT_EQ(bench.stored, 0xa5u);
  EXPECT_TRUE(bank.write(0, 2, 0xffffa5a5));
  EXPECT_EQ(bench.stored, 0xa5a5u);
}

TEST(RegisterBank, PeeksWithoutEffects) {
  Bench bench;
  RegisterBank bank = bench.make(false);
  EXPECT_EQ(bank.read(8, 4), 1u);
  EXPECT_EQ(bank.peek(8, 4), 1u);
  EXPECT_EQ(bank.peek(8, 4), 1u);
  EXPECT_EQ(bank.read(8, 4), 2u);
  EXPECT_EQ(bank.peek(0, 4), 0x12345678u);
}

TEST(RegisterBank, ListsItsRegistersByOffset) {
  Bench bench;
  const RegisterBank bank = bench.make(false);
  ASSERT_EQ(bank.registers().size(), 3u);
  EXPECT_EQ(bank.registers()[0].name, "STORED");
  EXPECT_EQ(bank.registers()[2].name, "COUNTER");
}

}  // namespace
}  // namespace exosim
