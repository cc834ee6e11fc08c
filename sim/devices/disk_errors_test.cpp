// Requests that are wrong, and files that are.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/devices/testing/disk_bench.hpp"

namespace exosim {
namespace {

namespace fs = std::filesystem;
using testing::DiskBench;
using testing::DiskJob;

struct Wrong {
  DiskJob job;
  uint32_t cause;
};

TEST(DiskErrors, EveryWrongRequestHasItsCauseAndDoesNothing) {
  constexpr uint32_t kRead = DISK_COMMAND_READ;
  constexpr uint32_t kRam = DiskBench::kRam;
  const Wrong all[] = {
      {{0, 0, 1, 0}, DISK_CAUSE_COMMAND},
      {{3, 0, 1, 0}, DISK_CAUSE_COMMAND},
      {{0xffffffff, 0, 1, 0}, DISK_CAUSE_COMMAND},
      {{kRead, 0, 0, 0}, DISK_CAUSE_COUNT},
      {{kRead, 0, DISK_MAX_COUNT + 1, 0}, DISK_CAUSE_COUNT},
      {{kRead, 0, 0xffffffff, 0}, DISK_CAUSE_COUNT},
      {{kRead, 64, 1, 0}, DISK_CAUSE_BLOCK},
      {{kRead, 63, 2, 0}, DISK_CAUSE_BLOCK},
      {{kRead, 0, 65, 0}, DISK_CAUSE_BLOCK},
      {{kRead, 0xffffffff, 2, 0}, DISK_CAUSE_BLOCK},
      {{kRead, 0, 1, 4}, DISK_CAUSE_ALIGNMENT},
      {{kRead, 0, 1, 256}, DISK_CAUSE_ALIGNMENT},
      {{kRead, 0, 1, kRam}, DISK_CAUSE_MEMORY},
      {{kRead, 0, 2, kRam - 512}, DISK_CAUSE_MEMORY},
      {{kRead, 0, 1, 0xfffffe00}, DISK_CAUSE_MEMORY},
      {{DISK_COMMAND_WRITE, 0, 1, DiskBench::kAddress & ~511u}, DISK_CAUSE_MEMORY}};
  for (const Wrong& wrong : all) {
    DiskBench bench;
    bench.write(DISK_CONTROL, DISK_CONTROL_INTERRUPT);
    bench.command(wrong.job);
    EXPECT_EQ(bench.status(), uint32_t{DISK_STATUS_ERROR});
    EXPECT_EQ(bench.read(DISK_ERROR), wrong.cause) << wrong.job.block << " " << wrong.job.address;
    EXPECT_TRUE(bench.interrupt());
    EXPECT_TRUE(bench.at_rest());
    bench.write(DISK_STATUS, DISK_STATUS_ERROR);
    EXPECT_EQ(bench.read(DISK_ERROR), 0u);
    EXPECT_FALSE(bench.interrupt());
  }
}

TEST(DiskErrors, WhatIsJustWithinIsCarriedOut) {
  DiskBench bench({{"sectors", 16}});
  EXPECT_EQ(bench.carry_out({DISK_COMMAND_READ, 255, 1, DiskBench::kRam - 512}),
            uint32_t{DISK_STATUS_DONE});
  EXPECT_EQ(bench.carry_out({DISK_COMMAND_READ, 0, 256, 0}), uint32_t{DISK_STATUS_DONE});
  EXPECT_EQ(bench.read(DISK_MOVED), 256u);
}

TEST(DiskErrors, TheFirstCauseIsKept) {
  DiskBench bench;
  bench.command({DISK_COMMAND_READ, 0, 0, 0});
  bench.command({DISK_COMMAND_READ, 64, 1, 0});
  EXPECT_EQ(bench.read(DISK_ERROR), uint32_t{DISK_CAUSE_COUNT});
  EXPECT_EQ(bench.carry_out({DISK_COMMAND_READ, 0, 1, 0}),
            uint32_t{DISK_STATUS_ERROR | DISK_STATUS_DONE});
  EXPECT_EQ(bench.read(DISK_ERROR), 0u);
}

TEST(DiskErrors, ACommandMeanwhileIsLostAndSaysSo) {
  DiskBench bench;
  bench.write(DISK_CONTROL, DISK_CONTROL_INTERRUPT);
  bench.command({DISK_COMMAND_READ, 0, 1, 0x2000});
  bench.step_until(100);
  bench.command({DISK_COMMAND_WRITE, 3, 2, 0x4000});
  EXPECT_EQ(bench.status(), uint32_t{DISK_STATUS_BUSY | DISK_STATUS_REFUSED});
  EXPECT_TRUE(bench.interrupt());
  bench.write(DISK_STATUS, DISK_STATUS_REFUSED);
  EXPECT_FALSE(bench.interrupt());
  EXPECT_EQ(bench.run(), 672u);
  EXPECT_EQ(bench.read(DISK_MOVED), 1u);
  EXPECT_EQ(bench.status(), uint32_t{DISK_STATUS_DONE});
}

TEST(DiskErrors, OnlyRegistersAnswerAndOnlyAsTheyShould) {
  DiskBench bench;
  const auto at = [](uint32_t offset) { return PhysAddr{DiskBench::kAddress + offset}; };
  EXPECT_FALSE(bench.machine.bus.read(at(DISK_COMMAND), 4).ok);
  EXPECT_FALSE(bench.machine.bus.read(at(DISK_CANCEL), 4).ok);
  EXPECT_FALSE(bench.machine.bus.read(at(DISK_STATUS), 2).ok);
  EXPECT_FALSE(bench.machine.bus.read(at(DISK_SIZE - 4), 4).ok);
  for (const uint32_t offset :
       std::initializer_list<uint32_t>{DISK_ERROR, DISK_MOVED, DISK_BLOCKS, DISK_CYLINDERS,
                                       DISK_HEADS, DISK_SECTORS, DISK_CYLINDER})
    EXPECT_FALSE(bench.machine.bus.store(at(offset), 4, 0).ok) << offset;
}

class DiskFile : public ::testing::Test {
 protected:
  DiskFile()
      : folder_(fs::path(::testing::TempDir()) /
                (std::string("exosim_") +
                 ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(folder_);
  }
  ~DiskFile() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ / name; }
  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }
  std::string text(const std::string& name) const {
    std::ifstream stream(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  static std::string refusal(const DiskBench::Texts& texts) {
    EmptyMachine machine;
    const DeviceParams params = DiskBench::small({}, texts);
    const auto made = DiskBench::type().create(machine.context("disk", params, 1));
    return made ? std::string() : made.error().text();
  }

  fs::path folder_;
};

TEST_F(DiskFile, HasTheFirstBlocks) {
  DiskBench bench({}, {{"image", file("image", std::string(512, 'a') + "bcde" + "f")}});
  EXPECT_EQ(bench.first_word(0), 0x61616161u);
  EXPECT_EQ(bench.first_word(1), 0x65646362u);
  EXPECT_EQ(bench.word(0x30004), 0x66u);
  EXPECT_EQ(bench.word(0x30008), 0u);
  EXPECT_EQ(bench.first_word(2), 0u);
}

TEST_F(DiskFile, IsNotChanged) {
  DiskBench bench({}, {{"image", file("image", "abcd")}});
  bench.store(0, 1, 0);
  EXPECT_EQ(bench.first_word(0), 0u);
  ASSERT_TRUE(bench.save());
  EXPECT_EQ(text("image"), "abcd");
}

TEST_F(DiskFile, IsSavedUpToTheLastBlockWritten) {
  DiskBench bench({}, {{"image", file("image", "abcd")}, {"save", path("saved")}});
  bench.machine.ram.write({0x2000}, 4, 0x64636261);
  bench.carry_out({DISK_COMMAND_WRITE, 2, 1, 0x2000});
  ASSERT_TRUE(bench.save());
  std::string expected(512 * 3, '\0');
  expected.replace(0, 4, "abcd");
  const std::string saved = text("saved");
  ASSERT_EQ(saved.size(), expected.size());
  EXPECT_EQ(saved.substr(0, 1028), expected.substr(0, 1024) + "abcd");
}

TEST_F(DiskFile, MayBeWhereItIsSaved) {
  const std::string image = file("image", std::string(2000, 'x'));
  DiskBench first({}, {{"image", image}, {"save", image}});
  first.store(1, 1, 77);
  ASSERT_TRUE(first.save());
  EXPECT_EQ(text("image").size(), 2000u);
  DiskBench second({}, {{"image", image}, {"save", image}});
  EXPECT_EQ(second.first_word(0), 0x78787878u);
  EXPECT_EQ(second.first_word(1), 77u);
  EXPECT_EQ(second.first_word(2), 0x78787878u);
}

TEST_F(DiskFile, OfTheDisksSizeIsTheMost) {
  EXPECT_EQ(refusal({{"image", file("image", std::string(64 * 512, 'x'))}}), "");
  EXPECT_EQ(refusal({{"image", file("big", std::string(64 * 512 + 1, 'x'))}}),
            "image: " + path("big") + ": has 32769 bytes, expected at most 32768");
}

TEST_F(DiskFile, ThatIsNoneIsRefused) {
  file("image", "");
  EXPECT_EQ(refusal({{"image", path("imago")}}),
            "image: " + path("imago") + ": no such file; did you mean \"image\"?");
  EXPECT_EQ(refusal({{"image", folder_.string()}}),
            "image: " + folder_.string() + ": is a folder, expected a file");
  EXPECT_EQ(refusal({{"save", path("no/where")}}),
            "save: " + path("no/where") + ": cannot be written: there is no folder " + path("no"));
  EXPECT_EQ(refusal({{"image", path("none")}, {"save", path("none")}}).substr(0, 6), "image:");
  EXPECT_FALSE(fs::exists(path("none")));
}

}  // namespace
}  // namespace exosim
