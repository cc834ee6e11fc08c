// Bare images print the same text on our machine and on GXemul's testmips: one written by hand,
// and random privileged sequences.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "sim/base/log.hpp"
#include "sim/machine/config/load_config.hpp"
#include "sim/machine/differential/executable.hpp"
#include "sim/machine/differential/gxemul.hpp"
#include "sim/machine/differential/privileged/privileged_image.hpp"
#include "sim/machine/differential/process.hpp"
#include "sim/machine/loader/image.hpp"
#include "sim/machine/machine.hpp"
#include "sim/machine/testing/bare_program.hpp"

namespace exosim::differential {
namespace {

const std::filesystem::path kImage = EXOSIM_BINARY_DIR "/guest/tests/isa_gxemul_hello.elf";
constexpr size_t kSteps = 2000;  // of one image of random sequences
constexpr uint64_t kFirstSeed = 1;
constexpr uint64_t kLastSeed = 3;

/// What the image prints under exosim before it powers off.
std::string printed_by_exosim(const std::filesystem::path& path) {
  const auto config = load_config(EXOSIM_SOURCE_DIR "/configs/r3000.yaml");
  EXPECT_TRUE(config) << config.error().text();
  const auto image = load_image(path);
  EXPECT_TRUE(image) << image.error().text();
  if (!config || !image) return {};
  exosim::testing::RecordingTerminal terminal;
  const auto machine = Machine::create(config->machine, terminal);
  EXPECT_TRUE(machine) << machine.error().text();
  if (!machine) return {};
  const auto booted = (*machine)->boot(*image, {});
  EXPECT_TRUE(booted) << booted.error().text();
  set_log_level("error");  // of what the sequences do on purpose there are warnings
  (*machine)->run({.cycles = {100'000'000}});
  set_log_level("warn");
  EXPECT_EQ((*machine)->outcome().reason(), ExitReason::kExit) << (*machine)->outcome().detail();
  EXPECT_EQ((*machine)->outcome().status(), 0u);
  return terminal.output();
}

TEST(Gxemul, PrintsTheSameTextOfABareImage) {
  if (!is_installed("gxemul")) GTEST_SKIP() << "gxemul is not found: install the package gxemul";
  ASSERT_TRUE(std::filesystem::exists(kImage)) << kImage << " is missing: build the target guest";
  const std::string ours = printed_by_exosim(kImage);
  const auto theirs = printed_by_gxemul(kImage);
  ASSERT_TRUE(theirs) << theirs.error().text();
  EXPECT_EQ(ours, *theirs);
  EXPECT_NE(ours.find("1 + ... + 1000 = 500500\n"), ours.npos) << ours;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// The first lines that are not the same; empty if all are.
std::string first_difference(const std::string& ours, const std::string& theirs) {
  const std::vector<std::string> a = lines_of(ours);
  const std::vector<std::string> b = lines_of(theirs);
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string our = i < a.size() ? a[i] : "nothing";
    const std::string their = i < b.size() ? b[i] : "nothing";
    if (our != their) return fmt::format("line {}\nexosim {}\ngxemul {}\n", i + 1, our, their);
  }
  return {};
}

/// An image of random sequences; its lines are explained in privileged_runtime.cpp.
Result<ExecutableFile> write_image(uint64_t seed) {
  const PrivilegedImage image = make_privileged_image(seed, kSteps);
  return ExecutableFile::write(make_elf(image.pieces, image.entry), ::testing::TempDir());
}

class GxemulSeeds : public ::testing::TestWithParam<uint64_t> {};

TEST_P(GxemulSeeds, RandomPrivilegedSequencesPrintTheSameText) {
  if (!is_installed("gxemul")) GTEST_SKIP() << "gxemul is not found: install the package gxemul";
  const auto file = write_image(GetParam());
  ASSERT_TRUE(file) << file.error().text();
  const std::string ours = printed_by_exosim(file->path());
  const auto theirs = printed_by_gxemul(file->path());
  ASSERT_TRUE(theirs) << theirs.error().text();
  EXPECT_EQ(first_difference(ours, *theirs), "") << "seed " << GetParam();
  EXPECT_GE(lines_of(ours).size(), kSteps);
}

INSTANTIATE_TEST_SUITE_P(Random, GxemulSeeds, ::testing::Range(kFirstSeed, kLastSeed + 1));

/// An exception as a line shows it.
struct Shown {
  bool refill, in_slot, user_mode, fetch;
  uint32_t code;
  auto operator<=>(const Shown&) const = default;
};

void add_exceptions(const std::string& text, std::set<Shown>& shown) {
  for (const std::string& line : lines_of(text)) {
    std::istringstream words(line);
    uint32_t number = 0, vector = 0, cause = 0, epc = 0, status = 0, address = 0;
    words >> std::hex >> number >> vector >> cause >> epc >> status >> address;
    if (line.size() > 200 || vector == 0) continue;  // a dump, or no exception
    shown.insert({.refill = vector == 1,
                  .in_slot = (cause & CAUSE_BD) != 0,
                  .user_mode = (status & STATUS_KUP) != 0,
                  .fetch = epc == address,
                  .code = (cause & CAUSE_EXCCODE_MASK) >> CAUSE_EXCCODE_SHIFT});
  }
}

constexpr std::array<uint32_t, 10> kSequenceExceptions = {
    EXC_MOD, EXC_TLBL, EXC_TLBS, EXC_ADEL, EXC_ADES, EXC_SYS, EXC_BP, EXC_RI, EXC_CPU, EXC_OV};
constexpr std::array<uint32_t, 5> kUserExceptions = {EXC_TLBL, EXC_TLBS, EXC_SYS, EXC_CPU, EXC_OV};

TEST(Gxemul, PrivilegedSequencesRaiseEveryExceptionInAndOutsideSlotsInBothModes) {
  std::set<Shown> shown;
  for (uint64_t seed = kFirstSeed; seed <= kLastSeed; ++seed) {
    const auto file = write_image(seed);
    ASSERT_TRUE(file) << file.error().text();
    add_exceptions(printed_by_exosim(file->path()), shown);
  }
  const auto has = [&](auto like) { return std::any_of(shown.begin(), shown.end(), like); };
  for (const uint32_t code : kSequenceExceptions)
    for (const bool in_slot : {false, true})
      EXPECT_TRUE(has([&](Shown one) { return one.code == code && one.in_slot == in_slot; }))
          << code << " " << in_slot;
  for (const uint32_t code : kUserExceptions)
    EXPECT_TRUE(has([&](Shown one) { return one.code == code && one.user_mode; })) << code;
  for (const bool refill : {false, true})
    EXPECT_TRUE(has([&](Shown one) { return one.fetch && one.refill == refill; })) << refill;
  EXPECT_TRUE(has([](Shown one) { return one.in_slot && one.refill && one.user_mode; }));
}

}  // namespace
}  // namespace exosim::differential
