// The trace, line by line (docs/trace.md).
#include "sim/observe/commit_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "isa/machine/registers.h"
#include "sim/observe/testing/steps.hpp"

namespace exosim {
namespace {

using testing::add_program;
using testing::Feed;
using ::testing::HasSubstr;
using testing::kUserCode;
using testing::not_fetched;
using testing::step_at;
using testing::with_exception;

class CommitLogTest : public ::testing::Test {
 protected:
  CommitLogTest() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    const auto folder = std::filesystem::path(EXOSIM_BINARY_DIR) / "test_files";
    std::filesystem::create_directories(folder);
    path_ = folder / (std::string(test->name()) + ".log");
    add_program(code_, "app.elf", kUserCode, 0x10000, {},
                {{kUserCode, 0x40, "main"}, {kUserCode + 0x40, 0x40, "work()"}});
  }
  ~CommitLogTest() override { std::filesystem::remove(path_); }

  /// The lines after the heading, of the steps that `steps` feeds.
  template <class Steps>
  std::vector<std::string> trace(Steps steps, TraceWindow window = {}) {
    auto log = CommitLog::create(path_, window, code_);
    EXPECT_TRUE(log) << log.error().text();
    Feed feed(**log);
    steps(feed);
    EXPECT_TRUE((*log)->close());
    std::ifstream in(path_);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
      if (!line.starts_with("#")) lines.push_back(line);
    return lines;
  }

  static Retired user(uint32_t offset, uint32_t word) {
    Retired retired = step_at(kUserCode + offset, 0x10000 + offset, 3);
    retired.word = {word};
    return retired;
  }

  std::filesystem::path path_;
  CodeMap code_;
};

TEST_F(CommitLogTest, LineHasCycleModePlaceInstructionAndSymbol) {
  const auto lines = trace([](Feed& feed) { feed.pass(17).step(user(0x44, 0)); });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0],
            "          17 u  3 00400044 00000000 sll zero,zero,0x0            <work()+0x4>");
}

TEST_F(CommitLogTest, RegisterWrittenIsShown) {
  Retired step = user(0, 0x24840001);  // addiu a0,a0,1
  step.dest = REG_A0;
  step.dest_value = 0x2a;
  const auto lines = trace([&](Feed& feed) { feed.step(step); });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines[0], ::testing::EndsWith("<main>                           a0=0000002a"));
}

TEST_F(CommitLogTest, MemoryEffectsAreShown) {
  Retired load = user(0, 0x8fa40010);  // lw a0,16(sp)
  load.dest = REG_A0;
  load.dest_value = 5;
  load.data = {.kind = DataAccess::Kind::kLoad,
               .width = 4,
               .cached = true,
               .target = BusTarget::kRam,
               .virt = {0x7fffef10},
               .phys = {0x00345f10},
               .value = 5};
  Retired store = user(4, 0xa0440000);  // sb a0,0(v0)
  store.data = {.kind = DataAccess::Kind::kStore,
                .width = 1,
                .cached = false,
                .target = BusTarget::kDevice,
                .virt = {0xb0000000},
                .phys = {0x10000000},
                .value = 0x1234'5641};
  const auto lines = trace([&](Feed& feed) { feed.step(load).step(store); });
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_THAT(lines[0], ::testing::EndsWith("  a0=00000005  load4 7fffef10->00345f10 00000005"));
  EXPECT_THAT(lines[1], ::testing::EndsWith("  store1 b0000000->10000000 41 device"));
}

TEST_F(CommitLogTest, ExceptionsAreShownWithWhatTheHardwareSaves) {
  Retired load = user(8, 0x8fa40010);
  load.in_delay_slot = true;
  const auto lines = trace([&](Feed& feed) {
    feed.step(with_exception(load, EXC_TLBL, true, 0x1000))
        .step(not_fetched(kUserCode + 12, EXC_INT, false, 3))
        .step(not_fetched(kUserCode + 13, EXC_ADEL, false, 3));
  });
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[0], ::testing::EndsWith("  exception TLBL refill badvaddr=00001000 "
                                            "epc=00400004 bd -> 80000000"));
  EXPECT_THAT(lines[1], HasSubstr(" u  3 0040000c -------- "));
  EXPECT_THAT(lines[1], ::testing::EndsWith("  exception Int epc=0040000c -> 80000080"));
  EXPECT_THAT(lines[2],
              ::testing::EndsWith("  exception AdEL badvaddr=0040000d epc=0040000d -> 80000080"));
}

TEST_F(CommitLogTest, BusErrorsShowTheAccess) {
  Retired load = user(0, 0x8fa40010);
  load.data = {.kind = DataAccess::Kind::kLoad,
               .width = 4,
               .target = BusTarget::kAbsent,
               .bus_error = true,
               .virt = {0x00001000},
               .phys = {0x1f000000}};
  const auto lines = trace([&](Feed& feed) { feed.step(with_exception(load, EXC_DBE)); });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines[0], ::testing::EndsWith("  load4 00001000->1f000000 00000000 absent bus error"
                                            "  exception DBE epc=00400000 -> 80000080"));
}

TEST_F(CommitLogTest, StoresOfThreeBytesShowThreeBytes) {
  Retired store = user(0, 0xa8a40002);  // swl a0,2(a1)
  store.data = {.kind = DataAccess::Kind::kStore,
                .width = 3,
                .cached = true,
                .target = BusTarget::kRam,
                .virt = {0x1002},
                .phys = {0x2000},
                .value = 0xabcdef};
  const auto lines = trace([&](Feed& feed) { feed.step(store); });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines[0], ::testing::EndsWith("  store3 00001002->00002000 abcdef"));
}

TEST_F(CommitLogTest, BranchTargetsHaveSymbols) {
  const auto lines = trace([](Feed& feed) {
    feed.step(user(0, 0x10000011));  // beq zero,zero,main+0x48
  });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines[0], HasSubstr("beq zero,zero,"));
  EXPECT_THAT(lines[0], HasSubstr("<work()+0x8>"));
}

TEST_F(CommitLogTest, ChangedCodeIsDisassembledAnew) {
  const auto lines =
      trace([](Feed& feed) { feed.step(user(0, 0)).step(user(0, 0x24840001)).step(user(0, 0)); });
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[1], HasSubstr("addiu a0,a0,1"));
  EXPECT_THAT(lines[2], HasSubstr("sll zero"));
}

TEST_F(CommitLogTest, WindowIsByBeginCycleAndInclusive) {
  const auto lines = trace(
      [](Feed& feed) {
        for (int times = 0; times < 10; ++times) feed.step(user(0, 0), 2);
      },
      {.from = {4}, .to = {8}});
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[0], HasSubstr("           4 u"));
  EXPECT_THAT(lines[2], HasSubstr("           8 u"));
}

TEST_F(CommitLogTest, LongTracesAreWrittenWhole) {
  constexpr size_t kSteps = 20'000;
  const auto lines = trace([](Feed& feed) {
    for (size_t index = 0; index < kSteps; ++index)
      feed.step(user(static_cast<uint32_t>(index % 16 * 4), 0));
  });
  EXPECT_EQ(lines.size(), kSteps);
  EXPECT_THAT(lines.back(), HasSubstr("       19999 u"));
}

TEST_F(CommitLogTest, ReportsAFileThatCannotBeCreated) {
  const auto log = CommitLog::create("/nonexistent/trace.log", {}, code_);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().text(),
            "/nonexistent/trace.log: cannot be written: there is no folder /nonexistent");
}

TEST_F(CommitLogTest, ReportsAFullDisk) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP();
  auto log = CommitLog::create("/dev/full", {}, code_);
  ASSERT_TRUE(log);
  Feed feed(**log);
  for (int times = 0; times < 5000; ++times) feed.step(user(0, 0));
  const auto closed = (*log)->close();
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().text(), "/dev/full: cannot be written: No space left on device");
}

TEST_F(CommitLogTest, FloatingPointRegisterIsShownAloneOrAsAPair) {
  Retired single = user(0, 0x46020100);
  single.op_class = isa::OpClass::kFloatAdd;
  single.float_write = {.registers = 1, .first = 4, .value = 0x40600000};
  Retired pair = single;
  pair.float_write = {.registers = 2, .first = 30, .value = 0x400c000000000001};
  Retired other = pair;
  other.op_class = isa::OpClass::kAlu;
  const auto lines = trace([&](Feed& feed) { feed.step(single).step(pair).step(other); });
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[0], HasSubstr("add.s $f4,$f0,$f2"));
  EXPECT_TRUE(lines[0].ends_with("  $f4=40600000")) << lines[0];
  EXPECT_TRUE(lines[1].ends_with("  $f30=400c000000000001")) << lines[1];
  EXPECT_FALSE(lines[2].ends_with("1")) << lines[2];
}

}  // namespace
}  // namespace exosim
