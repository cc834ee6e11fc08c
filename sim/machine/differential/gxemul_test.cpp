// The same bare image prints the same text on our machine and on GXemul's testmips.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "sim/machine/config/load_config.hpp"
#include "sim/machine/differential/process.hpp"
#include "sim/machine/loader/image.hpp"
#include "sim/machine/machine.hpp"
#include "sim/machine/testing/bare_program.hpp"

namespace exosim::differential {
namespace {

const std::filesystem::path kImage = EXOSIM_BINARY_DIR "/guest/tests/isa_gxemul_hello.elf";

/// What the image prints under exosim before it powers off.
std::string printed_by_exosim() {
  const auto config = load_config(EXOSIM_SOURCE_DIR "/configs/r3000.yaml");
  EXPECT_TRUE(config) << config.error().text();
  const auto image = load_image(kImage);
  EXPECT_TRUE(image) << image.error().text();
  if (!config || !image) return {};
  exosim::testing::RecordingTerminal terminal;
  const auto machine = Machine::create(config->machine, terminal);
  EXPECT_TRUE(machine) << machine.error().text();
  if (!machine) return {};
  const auto booted = (*machine)->boot(*image, {});
  EXPECT_TRUE(booted) << booted.error().text();
  (*machine)->run({.cycles = {10'000'000}});
  EXPECT_EQ((*machine)->outcome().reason(), ExitReason::kExit);
  EXPECT_EQ((*machine)->outcome().status(), 0u);
  return terminal.output();
}

/// The same under GXemul, which spins when its standard input ends.
std::string printed_by_gxemul() {
  const EndlessInput input;
  const ProcessOutput output =
      output_of(fmt::format("timeout 60 gxemul -q -E testmips -C R3000 '{}' <&{} 2>&1",
                            kImage.string(), input.descriptor()));
  EXPECT_EQ(output.status, 0);
  return {reinterpret_cast<const char*>(output.bytes.data()), output.bytes.size()};
}

TEST(Gxemul, PrintsTheSameTextOfABareImage) {
  if (!is_installed("gxemul")) GTEST_SKIP() << "gxemul is not found: install the package gxemul";
  ASSERT_TRUE(std::filesystem::exists(kImage)) << kImage << " is missing: build the target guest";
  const std::string ours = printed_by_exosim();
  EXPECT_EQ(ours, printed_by_gxemul());
  EXPECT_NE(ours.find("1 + ... + 1000 = 500500\n"), ours.npos) << ours;
}

}  // namespace
}  // namespace exosim::differential
