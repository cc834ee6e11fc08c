// The fast engine against the reference on whole machines: every guest program that the repository
// has, and random ones with interrupts, DMA, cache and TLB misses.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

#include "sim/base/log.hpp"
#include "sim/machine/differential/engines/machines.hpp"
#include "sim/machine/differential/engines/random_load.hpp"
#include "sim/machine/differential/engines/twins.hpp"
#include "sim/machine/loader/image.hpp"

namespace exosim::differential {
namespace {

namespace fs = std::filesystem;

const fs::path kGuest = EXOSIM_BINARY_DIR "/guest";
const fs::path kConfigs = EXOSIM_SOURCE_DIR "/configs";

bool is_full() { return std::getenv("EXOSIM_FULL") != nullptr; }

/// A bare image alone, an application under the kernel.
void boot(Twins& twins, const fs::path& path) {
  auto image = load_image(path);
  ASSERT_TRUE(image) << image.error().text();
  if (image->is_bare()) return twins.boot(*image, {});
  const auto kernel = load_image(kGuest / "aegis.elf");
  ASSERT_TRUE(kernel) << kernel.error().text();
  twins.boot(*kernel, {*image});
}

std::set<fs::path> guest_images() {
  std::set<fs::path> images = {kGuest / "hello.elf"};
  for (const char* folder : {"tests", "machine"})
    for (const auto& entry : fs::directory_iterator(kGuest / folder))
      if (entry.path().extension() == ".elf") images.insert(entry.path());
  return images;
}

/// Of what images do on purpose there are warnings.
class Quiet {
 public:
  Quiet() { set_log_level("error"); }
  ~Quiet() { set_log_level("warn"); }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;
};

class EnginesOn : public ::testing::TestWithParam<std::string> {};

// In the short run each image is on one machine and to its first part only.
TEST_P(EnginesOn, AgreeOnGuestPrograms) {
  const Quiet quiet;
  const uint64_t most_steps = is_full() ? 20'000'000 : 30'000;
  const std::vector<std::string> names = machine_names();
  size_t number = 0;
  for (const fs::path& path : guest_images()) {
    if (!is_full() && names[number++ % names.size()] != GetParam()) continue;
    SCOPED_TRACE(path.string());
    Twins twins(machine_of(kConfigs / GetParam()));
    boot(twins, path);
    while (twins.steps() < most_steps && twins.step()) {
    }
    ASSERT_EQ(twins.difference(), "");
  }
}

INSTANTIATE_TEST_SUITE_P(Machines, EnginesOn, ::testing::ValuesIn(machine_names()),
                         [](const auto& machine) {
                           std::string name = machine.param.substr(0, machine.param.rfind('.'));
                           std::erase(name, '-');
                           return name;
                         });

TEST(Engines, AgreeOnRandomPrograms) {
  const Quiet quiet;
  const uint64_t programs = is_full() ? 10'000 : 150;
  uint64_t interrupts = 0;
  uint64_t tlb_misses = 0;
  uint64_t stalls = 0;
  for (uint64_t seed = 1; seed <= programs; ++seed) {
    Random random(seed);
    MachineConfig config = random_machine(kConfigs, random);
    config.ram_bytes = 0x20000;
    Twins twins(config);
    twins.boot(exosim::testing::bare_program("end: j end; nop"), {});
    RandomLoad load(seed, twins);
    load.run(400);
    ASSERT_EQ(twins.difference(), "") << "seed " << seed;
    interrupts += load.interrupts();
    tlb_misses += load.tlb_misses();
    stalls += twins.stalls();
  }
  EXPECT_GT(interrupts, programs);
  EXPECT_GT(tlb_misses, programs);
  EXPECT_GT(stalls, 100 * programs);
}

}  // namespace
}  // namespace exosim::differential
