// The fast engine against the reference on whole machines: every guest program that the repository
// has, and random ones with interrupts, DMA, cache and TLB misses.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
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

constexpr uint32_t kLittleMemory = 4u << 20;
constexpr uint32_t kMuchMemory = 32u << 20;
/// By the kernel, as they should be.
const std::set<std::string> kRefused = {"exokernel_pinned_too_much.elf",
                                        "exokernel_module_fills_memory.elf"};
constexpr uint64_t kMostSkipped = 20'000'000;

bool is_full() { return std::getenv("EXOSIM_FULL") != nullptr; }

/// A bare image alone, an application under the kernel.
void boot(Twins& twins, const Image& image) {
  if (image.is_bare()) return twins.boot(image, {});
  const auto kernel = load_image(kGuest / "aegis.elf");
  ASSERT_TRUE(kernel) << kernel.error().text();
  twins.boot(*kernel, {image});
}

std::set<fs::path> guest_images() {
  std::set<fs::path> images;
  for (const auto& entry : fs::directory_iterator(EXOSIM_SOURCE_DIR "/workloads"))
    if (fs::exists(entry.path() / "workload.yaml"))
      images.insert(kGuest / (entry.path().filename().string() + ".elf"));
  for (const char* folder : {"tests", "machine"})
    for (const auto& entry : fs::directory_iterator(kGuest / folder))
      if (entry.path().extension() == ".elf") images.insert(entry.path());
  return images;
}

bool is_small(const Image& image) {
  uint64_t bytes = image.file.size();
  for (const Segment& segment : image.segments) bytes += segment.memory_size;
  return bytes < kLittleMemory / 4;
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

// In the full run each image goes on to its end on one machine, and for long on the others. In the
// short run it is on one machine only, with little memory, which the kernel is soon done with, and
// what comes before the application is not compared step by step.
TEST_P(EnginesOn, AgreeOnGuestPrograms) {
  const Quiet quiet;
  const std::vector<std::string> names = machine_names();
  size_t number = 0;
  for (const fs::path& path : guest_images()) {
    const bool is_own = names[number++ % names.size()] == GetParam();
    if (!is_full() && !is_own) continue;
    SCOPED_TRACE(path.string());
    const auto image = load_image(path);
    ASSERT_TRUE(image) << image.error().text();
    MachineConfig config = machine_of(kConfigs / GetParam());
    if (!is_small(*image)) config.ram_bytes = kMuchMemory;
    if (!is_full() && is_small(*image)) config.ram_bytes = kLittleMemory;
    Twins twins(config);
    boot(twins, *image);
    if (!is_full() && !image->is_bare()) twins.skip_to_user_mode(kMostSkipped);
    const uint64_t most_compared = !is_full() ? 500'000 : is_own ? 100'000'000 : 5'000'000;
    const uint64_t end = twins.steps() + most_compared;
    while (twins.steps() < end && twins.step()) {
    }
    ASSERT_EQ(twins.difference(), "");
    if (is_full() && twins.steps() == end)
      std::cout << GetParam() << ", " << path.filename().string() << ": only its first "
                << most_compared << " steps\n";
    const bool has_run = image->is_bare() || twins.user_steps() > 0;
    EXPECT_TRUE(!is_own || has_run != kRefused.contains(path.filename()));
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
  uint64_t cache_misses = 0;
  uint64_t bursts = 0;
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
    cache_misses += load.cache_misses();
    bursts += twins.bursts();
    stalls += twins.stalls();
  }
  EXPECT_GT(interrupts, programs);
  EXPECT_GT(tlb_misses, programs);
  EXPECT_GT(cache_misses, 10 * programs);
  EXPECT_GT(bursts, programs);
  EXPECT_GT(stalls, 100 * programs);
}

}  // namespace
}  // namespace exosim::differential
