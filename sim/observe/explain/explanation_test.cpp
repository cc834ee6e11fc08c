// What functions cost, to the instruction.
#include "sim/observe/explain/explanation.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "sim/observe/explain/explanation_text.hpp"
#include "sim/observe/testing/steps.hpp"

namespace exosim {
namespace {

using testing::add_program;
using testing::Feed;
using testing::kKernelCode;
using testing::kUserCode;
using testing::not_fetched;
using testing::stalled;
using testing::step_at;
using testing::with_exception;

constexpr uint32_t kAppPhys = 0x10000;
constexpr uint32_t kCopyPhys = 0x20000;

Retired kernel(uint32_t offset) { return step_at(kKernelCode + offset, offset); }
Retired user(uint32_t offset, uint8_t asid, uint32_t phys = kAppPhys) {
  return step_at(kUserCode + offset, phys + offset, asid);
}

/// lw t0,4(sp); bne t0,zero,<run>; nop; jal <far>
std::optional<uint32_t> word_at(PhysAddr at) {
  constexpr std::array<uint32_t, 4> kWords = {0x8fa80004, 0x1500fffe, 0, 0x0c100040};
  return kWords[at.value % 0x10 / 4];
}

class ExplanationTest : public ::testing::Test {
 protected:
  ExplanationTest() {
    add_program(code_, "aegis.elf", kKernelCode, 0, {}, {{kKernelCode, 0x10, "enter"}});
    for (const uint32_t phys : {kAppPhys, kCopyPhys})
      add_program(code_, "app.elf", kUserCode, phys, {},
                  {{kUserCode, 0x10, "run(int)"}, {kUserCode + 0x100, 0x10, "ns::far(int)"}});
  }

  std::unique_ptr<Explanation> explain(const std::vector<std::string>& names) const {
    auto explanation = Explanation::create(code_, names, word_at);
    EXPECT_TRUE(explanation) << explanation.error().text();
    return std::move(*explanation);
  }
  static std::vector<InstructionCost> costs(const Explanation& explanation) {
    return explanation.costs(explanation.functions().front());
  }

  CodeMap code_;
};

uint64_t cycles_by(const InstructionCost& cost, StallCause cause) {
  return cost.causes.cycles[1 + static_cast<size_t>(cause)];
}

TEST_F(ExplanationTest, ChargesStallsToTheInstructionThatCausedThem) {
  const auto explanation = explain({"enter"});
  StepCost cost = stalled(0, StallCause::kInstructionCache, 7);
  cost.stall(3, StallCause::kDataCache, 20);
  Feed(*explanation)
      .step(kernel(0))
      .step(kernel(4))
      .step(kernel(8), stalled(1, StallCause::kFloat, 5))
      .step(user(0, 1), cost)
      .step(user(4, 1), stalled(2, StallCause::kWriteBuffer, 3))
      .step(user(8, 1), stalled(3, StallCause::kWriteBuffer, 2));
  const auto rows = costs(*explanation);
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].address, kKernelCode);
  EXPECT_EQ(rows[0].executions, 1u);
  EXPECT_EQ(rows[0].causes.sum(), 21u);
  EXPECT_EQ(cycles_by(rows[0], StallCause::kDataCache), 20u);
  EXPECT_EQ(rows[1].causes.sum(), 6u);
  EXPECT_EQ(cycles_by(rows[1], StallCause::kFloat), 5u);
  EXPECT_EQ(cycles_by(rows[2], StallCause::kWriteBuffer), 5u);
  EXPECT_EQ(rows[3].causes.sum(), 0u);
  EXPECT_EQ(explanation->cycles(), 6u + 5 + 27 + 3 + 2);
}

TEST_F(ExplanationTest, StallsOfOtherCodeAreNotTheFunctions) {
  const auto explanation = explain({"enter"});
  Feed(*explanation).step(user(0, 1)).step(kernel(0), stalled(1, StallCause::kDataCache, 20));
  EXPECT_EQ(costs(*explanation)[0].causes.sum(), 1u);
}

TEST_F(ExplanationTest, EnvironmentsOfOneProgramCountTogether) {
  const auto explanation = explain({"run"});
  Feed(*explanation)
      .step(user(0, 1))
      .step(user(0, 2))
      .step(user(0, 3, kCopyPhys))
      .step(user(0, 4, 0x30000));  // another program
  EXPECT_EQ(costs(*explanation)[0].executions, 3u);
}

TEST_F(ExplanationTest, ExceptionsStandWhereTheyWereTaken) {
  const auto explanation = explain({"run"});
  const StepCost entry = stalled(0, StallCause::kException, 3);
  Feed(*explanation)
      .step(user(0, 1))
      .step(with_exception(user(4, 1), EXC_TLBL, true), entry)
      .step(user(4, 1))
      .step(not_fetched(kUserCode + 8, EXC_INT, false, 1), entry)
      .step(not_fetched(kUserCode + 8, EXC_INT, false, 2), entry);  // runs another program
  const auto rows = costs(*explanation);
  EXPECT_EQ(rows[1].executions, 1u);
  EXPECT_EQ(rows[1].exceptions, 1u);
  EXPECT_EQ(rows[1].causes.sum(), 5u);
  EXPECT_EQ(rows[2].executions, 0u);
  EXPECT_EQ(rows[2].exceptions, 1u);
  EXPECT_EQ(cycles_by(rows[2], StallCause::kException), 3u);
}

TEST_F(ExplanationTest, InterruptsOfTheKernelNeedNoAddressSpace) {
  const auto explanation = explain({"enter"});
  Feed(*explanation).step(not_fetched(kKernelCode + 12, EXC_INT));
  EXPECT_EQ(costs(*explanation)[3].exceptions, 1u);
}

TEST_F(ExplanationTest, FunctionAskedForTwiceIsExplainedOnce) {
  EXPECT_EQ(explain({"run", "enter", "app.elf:run(int)"})->functions().size(), 2u);
}

TEST_F(ExplanationTest, UnknownNameIsRefused) {
  const std::vector<std::string> names = {"run", "rum"};
  const auto explanation = Explanation::create(code_, names, word_at);
  ASSERT_FALSE(explanation);
  EXPECT_EQ(explanation.error().text(),
            "--explain: no function \"rum\" in aegis.elf, app.elf; did you mean \"run\"?");
}

/// One line for every two instructions.
class PairsOfLines final : public LineTable {
 public:
  std::optional<SourceLine> find(uint32_t virt) override {
    return SourceLine{"run.c", 1 + (virt - kUserCode) / 8};
  }
};

TEST_F(ExplanationTest, ListingHasFiguresBesideSourceAndInstructions) {
  const std::string folder = ::testing::TempDir();
  std::ofstream(folder + "/run.c") << "\tfirst line\x1b \n  second line\n";
  CodeMap code;
  const ImageInfo& image = code.add_image(
      {.name = "c.elf",
       .symbols = {{kUserCode, 0x10, "run(int)"}, {kUserCode + 0x100, 0x10, "ns::far(int)"}},
       .lines = std::make_shared<PairsOfLines>()});
  code.add_range({.phys = kAppPhys, .size = 0x1000, .virt = kUserCode, .image = &image});
  const std::vector<std::string> names = {"run"};
  const auto explanation = Explanation::create(code, names, word_at);
  ASSERT_TRUE(explanation);
  Feed(**explanation)
      .step(user(0, 1))
      .step(with_exception(user(4, 1), EXC_TLBL, true))
      .step(user(4, 1), stalled(2, StallCause::kDataCache, 117))
      .step(user(0x200, 1), stalled(0, StallCause::kFloat, 119));
  SourceFiles sources(folder);
  EXPECT_EQ(explanation_text(**explanation, sources),
            "\n"
            "run(int) in c.elf: 120 of the run's 240 cycles, 50.0 %\n"
            "                                       data              |\n"
            "  executions  cycles      %  execute  cache  exceptions  |\n"
            "                                                         | run.c:1  first line\n"
            "           1     118   98.3        1    117              |   00400000  lw      "
            "t0,4(sp)\n"
            "           1       2    1.7        2                  1  |   00400004  bne     "
            "t0,zero,0x400000 <+0x0>\n"
            "                                                         | run.c:2  second line\n"
            "                                                         |   00400008  sll     "
            "zero,zero,0x0\n"
            "                                                         |   0040000c  jal     "
            "0x400100 <ns::far>\n"
            "           2     120  100.0        3    117           1  | total\n"
            "  never reached: 00400008 to 0040000c, 2 instructions\n");
}

TEST(SourceFiles, DoNotLeaveTheirFolder) {
  const std::string folder = ::testing::TempDir();
  std::ofstream(folder + "/secret.c") << "secret\n";
  SourceFiles sources(folder);
  EXPECT_EQ(sources.line({"secret.c", 1}), "secret");
  EXPECT_EQ(sources.line({"secret.c", 0}), "");
  EXPECT_EQ(sources.line({"secret.c", 99}), "");
  EXPECT_EQ(sources.line({folder + "/secret.c", 1}), "");
  EXPECT_EQ(sources.line({"x/../secret.c", 1}), "");
  EXPECT_EQ(SourceFiles("/").line({"dev/zero", 1}), "");  // no regular file: not read
}

}  // namespace
}  // namespace exosim
