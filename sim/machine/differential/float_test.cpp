// Each floating-point instruction on our processor and under qemu-mipsel, bit for bit: result,
// condition, causes and flags; and the arithmetic beneath it alone, where denormals are numbers as
// any other.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ostream>
#include <string>
#include <vector>

#include "isa/encoder.hpp"
#include "isa/machine/fpu.h"
#include "sim/base/random.hpp"
#include "sim/cpu/fpu/float_format.hpp"
#include "sim/cpu/fpu/ieee.hpp"
#include "sim/machine/differential/float_batch.hpp"
#include "sim/machine/differential/float_rule.hpp"

namespace exosim::isa {

/// For the names of tests: bytes would show addresses.
void PrintTo(const InsnInfo& insn, std::ostream* out) { *out << insn.name; }

}  // namespace exosim::isa

namespace exosim::differential {
namespace {

using isa::FloatFormat;
using isa::FloatOp;
using isa::OpClass;

constexpr uint64_t kSeed = 1;
constexpr int kMostShown = 10;

/// Operations for each instruction and format; EXOSIM_FLOAT_CASES is another number.
size_t case_count() {
  const char* const text = std::getenv("EXOSIM_FLOAT_CASES");
  return text == nullptr ? 100'000 : std::strtoul(text, nullptr, 10);
}

bool is_operation(OpClass op_class) {
  return op_class >= OpClass::kFloatAdd && op_class <= OpClass::kFloatToWord;
}

bool is_arithmetic(OpClass op_class) {
  return is_operation(op_class) && op_class != OpClass::kFloatMove &&
         op_class != OpClass::kFloatCompare;
}

std::vector<isa::InsnInfo> rows_of(bool (*wanted)(OpClass)) {
  std::vector<isa::InsnInfo> rows;
  for (const isa::InsnInfo& insn : isa::kInsnInfo)
    if (wanted(insn.op_class)) rows.push_back(insn);
  return rows;
}

std::string text_of(const FloatCase& one, const FloatCase& after) {
  return fmt::format("{:#018x}, {:#018x}, FCR31 {:#010x} -> {:#018x}, {:#010x}", one.fs, one.ft,
                     one.fcsr, after.fd, after.fcsr_out);
}

class FloatInstruction : public ::testing::TestWithParam<isa::InsnInfo> {
 protected:
  void SetUp() override {
    auto done = run_float_under_qemu(word, cases, testing::TempDir());
    ASSERT_TRUE(done) << done.error().text();
    qemu = std::move(*done);
  }

  isa::Word word = float_word(GetParam());
  std::vector<FloatCase> cases = make_float_cases(word.format(), case_count(), kSeed);
  std::vector<FloatCase> qemu;
};

// Half of the cases with random enable bits: qemu's program would be ended by the signal, but the
// manual's rule needs no more than what qemu makes of the operands without them.
TEST_P(FloatInstruction, DoesWhatTheManualMakesOfQemusResult) {
  Random random(kSeed);
  for (FloatCase& one : cases)
    if (random.below(2) == 0) one.fcsr |= random.below(32) << FCSR_ENABLE_SHIFT;
  const std::vector<FloatCase> ours = run_float_on_processor(word, cases);
  int shown = 0;
  for (size_t i = 0; i < cases.size() && shown < kMostShown; ++i) {
    const FloatCase expected = by_the_manual(GetParam(), cases[i], qemu[i]);
    if (ours[i].fd == expected.fd && ours[i].fcsr_out == expected.fcsr_out) continue;
    ADD_FAILURE() << "ours:     " << text_of(cases[i], ours[i])
                  << "\nexpected: " << text_of(cases[i], expected);
    ++shown;
  }
}

/// The result of the arithmetic itself, in all rounding modes and with no rule of the R3010.
IeeeResult arithmetic(IeeeArithmetic& ieee, isa::Word word, const FloatCase& one) {
  const uint64_t mask = word.format() == FloatFormat::kDouble ? ~uint64_t{0} : 0xffffffff;
  if (word.funct() >= 0x20)
    return ieee.convert(result_format(word), word.format(), one.fs & mask, one.fcsr);
  return ieee.binary(static_cast<FloatOp>(word.funct()), word.format(), one.fs & mask,
                     one.ft & mask, one.fcsr);
}

class FloatArithmetic : public FloatInstruction {};

TEST_P(FloatArithmetic, IsIeeeArithmeticBeneathDenormalsIncluded) {
  IeeeArithmetic ieee;
  const bool wide = result_format(word) == FloatFormat::kDouble;
  int shown = 0;
  for (size_t i = 0; i < cases.size() && shown < kMostShown; ++i) {
    const IeeeResult ours = arithmetic(ieee, word, cases[i]);
    const uint32_t exceptions = qemu[i].fcsr_out >> FCSR_CAUSE_SHIFT & 31;
    const uint64_t nan = exceptions == 0 ? quiet_nan_result(word, cases[i]) : 0;
    const uint64_t theirs = wide ? qemu[i].fd : qemu[i].fd & 0xffffffff;
    if (ours.exceptions == exceptions && ours.bits == (nan != 0 ? nan : theirs)) continue;
    ADD_FAILURE() << fmt::format("ours: {:#x}, exceptions {:#x}; qemu: ", ours.bits,
                                 ours.exceptions)
                  << text_of(cases[i], qemu[i]);
    ++shown;
  }
}

std::string test_name(const ::testing::TestParamInfo<isa::InsnInfo>& row) {
  std::string name = row.param.name;
  for (char& c : name) c = c == '.' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(R3010, FloatInstruction, ::testing::ValuesIn(rows_of(is_operation)),
                         test_name);
INSTANTIATE_TEST_SUITE_P(R3010, FloatArithmetic, ::testing::ValuesIn(rows_of(is_arithmetic)),
                         test_name);

TEST(FloatCases, HaveEverySpecialPairInEveryRoundingModeFirst) {
  const auto cases = make_float_cases(FloatFormat::kSingle, 100'000, kSeed);
  EXPECT_EQ(cases.size(), 100'000u);
  size_t signalling = 0;
  for (const FloatCase& one : cases)
    signalling += kind_of(kSingleLayout, one.fs) == FloatKind::kSignallingNan;
  EXPECT_GT(signalling, 100u);
}

}  // namespace
}  // namespace exosim::differential
