// A thousand random programs end on our processor as they do under qemu's user mode; and the
// programs keep the promises without which the comparison would mean nothing.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "isa/decoder.hpp"
#include "isa/dependences.hpp"
#include "sim/machine/differential/batch.hpp"
#include "sim/machine/differential/processor.hpp"
#include "sim/machine/differential/qemu.hpp"

namespace exosim::differential {
namespace {

constexpr uint64_t kFirstSeed = 1;
constexpr size_t kPrograms = 1000;

/// What differs, register by register; empty if nothing does.
std::string difference(const Outcome& ours, const Outcome& theirs) {
  std::string text;
  const auto compare = [&](std::string name, uint32_t our, uint32_t their) {
    if (our != their) text += fmt::format("{}: exosim {:#010x}, qemu {:#010x}\n", name, our, their);
  };
  for (unsigned reg = 0; reg < 32; ++reg)
    compare(fmt::format("${}", reg), ours.gpr[reg], theirs.gpr[reg]);
  compare("hi", ours.hi, theirs.hi);
  compare("lo", ours.lo, theirs.lo);
  for (size_t i = 0; i < kDataSize; ++i)
    compare(fmt::format("memory[{}]", i), ours.data[i], theirs.data[i]);
  return text;
}

TEST(Differential, RandomProgramsEndAsUnderQemu) {
  const Batch batch(kFirstSeed, kPrograms);
  const auto records = run_under_qemu(batch.pieces(), batch.entry(), testing::TempDir());
  ASSERT_TRUE(records) << records.error().text();
  ASSERT_EQ(records->size(), batch.records_size());
  for (size_t i = 0; i < kPrograms; ++i) {
    const RandomProgram& program = batch.programs()[i];
    const auto ours = run_on_processor(batch, i);
    ASSERT_TRUE(ours) << "seed " << program.seed << ": " << ours.error().text() << "\n"
                      << listing(program);
    const std::string differs = difference(*ours, batch.outcome(i, *records));
    ASSERT_EQ(differs, "") << "seed " << program.seed << "\n" << listing(program);
  }
}

TEST(Differential, ExecutesEveryUserLevelIntegerInstruction) {
  const Batch batch(kFirstSeed, kPrograms);
  std::array<size_t, isa::kInsnInfo.size()> executed{};
  for (size_t i = 0; i < kPrograms; ++i)
    ASSERT_TRUE(run_on_processor(batch, i, [&](const Retired& step) { ++executed[step.insn]; }));
  for (size_t id = 0; id < executed.size(); ++id) {
    const isa::InsnInfo& insn = isa::kInsnInfo[id];
    const bool user_level =
        insn.op_class < isa::OpClass::kTrap && insn.encoding.match >> 26 != 0x10;  // not bc0
    EXPECT_EQ(executed[id] >= 100, user_level) << insn.name << ": " << executed[id];
  }
}

TEST(Differential, TakesAndPassesLiveDelaySlots) {
  const Batch batch(kFirstSeed, 100);
  size_t taken = 0;
  size_t passed = 0;
  for (size_t i = 0; i < 100; ++i)
    ASSERT_TRUE(run_on_processor(batch, i, [&](const Retired& step) {
      if (step.op_class == isa::OpClass::kBranch) ++(step.branch_taken ? taken : passed);
    }));
  EXPECT_GT(taken, 200u);
  EXPECT_GT(passed, 200u);
}

/// Watches a run for what random_program.hpp promises.
class PromiseObserver {
 public:
  void operator()(const Retired& step) {
    const isa::Dependences now = isa::dependences(step.word);
    EXPECT_EQ(last_.load_delayed ? last_.writes & now.reads & ~now.merges : 0u, 0u)
        << std::hex << step.pc.value << " reads a load in its delay slot";
    EXPECT_FALSE(last_.branches && now.branches) << std::hex << step.pc.value;
    since_hi_lo_read_ = now.reads_hi || now.reads_lo ? 0 : since_hi_lo_read_ + 1;
    if (now.writes_hi || now.writes_lo) {
      EXPECT_GT(since_hi_lo_read_, 2u) << std::hex << step.pc.value;
    }
    last_ = now;
  }

 private:
  isa::Dependences last_;
  size_t since_hi_lo_read_ = 3;
};

TEST(RandomProgram, KeepsItsPromises) {
  const Batch batch(kFirstSeed, kPrograms);
  for (size_t i = 0; i < kPrograms; ++i) {
    ASSERT_LE(batch.programs()[i].words.size(), kMaxProgramWords);
    const auto outcome = run_on_processor(batch, i, PromiseObserver{});
    ASSERT_TRUE(outcome) << outcome.error().text();
    ASSERT_FALSE(HasFailure()) << "seed " << batch.programs()[i].seed << "\n"
                               << listing(batch.programs()[i]);
  }
}

TEST(RandomProgram, IsDeterminedByItsSeed) {
  const Placement placement{.entry = 0x00500000, .exit = 0x00400100, .data = 0x01000100};
  const RandomProgram once = make_random_program(7, placement);
  const RandomProgram again = make_random_program(7, placement);
  EXPECT_EQ(once.words, again.words);
  EXPECT_EQ(once.gpr, again.gpr);
  EXPECT_EQ(once.data, again.data);
  EXPECT_NE(once.words, make_random_program(8, placement).words);
}

}  // namespace
}  // namespace exosim::differential
