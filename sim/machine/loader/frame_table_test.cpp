// Call frame information: from a file, and each instruction of a frame program.
#include "sim/machine/loader/frame_table.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "isa/machine/registers.h"
#include "sim/machine/loader/image.hpp"
#include "sim/machine/loader/testing/elf_builder.hpp"

namespace exosim {
namespace {

using Bytes = std::vector<uint8_t>;

std::optional<FrameRule> run(const Bytes& initial, const Bytes& own, uint32_t virt = 0x1010) {
  return run_frame_program({.address = 0x1000,
                            .size = 0x100,
                            .code_factor = 1,
                            .data_factor = -4,
                            .initial = initial,
                            .own = own},
                           virt);
}

const Bytes kAtSp = {0x0c, 29, 0};  // def_cfa sp, 0

TEST(FrameTable, IsReadFromTheFile) {
  const auto image = parse_image(testing::application_sample().build(), "sample.elf");
  ASSERT_TRUE(image) << image.error().text();
  ASSERT_TRUE(image->info.frames);
  FrameTable& frames = *image->info.frames;
  const uint32_t text = testing::application_sample().text();
  const auto at_entry = frames.find(text);
  ASSERT_TRUE(at_entry);
  EXPECT_EQ(at_entry->size, 0);
  EXPECT_FALSE(at_entry->saved[REG_RA]);
  const auto inside = frames.find(text + 0x1c);
  ASSERT_TRUE(inside);
  EXPECT_EQ(inside->base, REG_SP);
  EXPECT_EQ(inside->size, 24);
  EXPECT_EQ(inside->saved[REG_RA], -4);
  EXPECT_FALSE(frames.find(text + 0x20)) << "behind the function";
  EXPECT_FALSE(frames.find(text - 4));
}

TEST(FrameProgram, StopsAtTheAddress) {
  const Bytes own = {0x44, 0x0e, 8,    0x02, 8, 0x0e, 16, 0x03, 8, 0,
                     0x0e, 24,   0x04, 8,    0, 0,    0,  0x0e, 32};
  EXPECT_EQ(run(kAtSp, own, 0x1000)->size, 0);
  EXPECT_EQ(run(kAtSp, own, 0x1004)->size, 8);
  EXPECT_EQ(run(kAtSp, own, 0x100b)->size, 8);
  EXPECT_EQ(run(kAtSp, own, 0x100c)->size, 16);
  EXPECT_EQ(run(kAtSp, own, 0x1014)->size, 24);
  EXPECT_EQ(run(kAtSp, own, 0x101c)->size, 32);
}

TEST(FrameProgram, DefinesTheFrameInEveryForm) {
  EXPECT_EQ(run({0x0c, 30, 0x90, 1}, {})->base, REG_FP);
  EXPECT_EQ(run({0x0c, 30, 0x90, 1}, {})->size, 144);
  EXPECT_EQ(run({0x0d, 29}, {})->size, 0) << "what gas writes first";
  EXPECT_EQ(run({0x12, 29, 0x7a}, {})->size, 24) << "-6 * -4";
  EXPECT_EQ(run(kAtSp, {0x13, 0x7a})->size, 24);
}

TEST(FrameProgram, SavesAndRestores) {
  EXPECT_EQ(run(kAtSp, {0x9f, 1})->saved[31], -4);
  EXPECT_EQ(run(kAtSp, {0x05, 31, 2})->saved[31], -8);
  EXPECT_EQ(run(kAtSp, {0x11, 31, 0x7f})->saved[31], 4) << "-1 * -4";
  EXPECT_FALSE(run(kAtSp, {0x9f, 1, 0xdf})->saved[31]);
  EXPECT_FALSE(run(kAtSp, {0x9f, 1, 0x06, 31})->saved[31]);
  EXPECT_EQ(run({0x0d, 29, 0x9f, 3}, {0x9f, 1, 0xdf})->saved[31], -12) << "to the initial rule";
  EXPECT_TRUE(run(kAtSp, {0x05, 40, 2})) << "a register of the FPU";
}

TEST(FrameProgram, RemembersStates) {
  const auto rule = run(kAtSp, {0x0e, 24, 0x0a, 0x0e, 0, 0x0a, 0x0b, 0x0b});
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->size, 24);
  EXPECT_FALSE(run(kAtSp, {0x0b}));
  EXPECT_FALSE(run(kAtSp, Bytes(100, 0x0a)));
}

TEST(FrameProgram, IsRefusedIfMalformed) {
  EXPECT_FALSE(run(kAtSp, {0x0e})) << "an operand is missing";
  EXPECT_FALSE(run(kAtSp, {0x0e, 0x80}));
  EXPECT_FALSE(run(kAtSp, {0x0d, 32})) << "no general register";
  EXPECT_FALSE(run(kAtSp, {0x0f, 1, 0x50})) << "an expression";
  EXPECT_FALSE(run(kAtSp, {0x3f}));
  EXPECT_FALSE(run(kAtSp, {0x0e, 0xff, 0xff, 0xff, 0xff, 0x7f})) << "larger than memory";
}

RC_GTEST_PROP(FrameProgram, TakesAnyBytes, (const Bytes& initial, const Bytes& own)) {
  const auto rule = run(initial, own);
  RC_ASSERT(!rule || rule->base < 32);
}

}  // namespace
}  // namespace exosim
