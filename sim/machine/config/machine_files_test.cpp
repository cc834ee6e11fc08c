// The configurations of the repository with the parts that are really registered, and the files
// that are generated from the table of keys (EXOSIM_BLESS=1 rewrites them).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "sim/machine/config/config_files.hpp"
#include "sim/machine/config/load_config.hpp"
#include "sim/machine/config/markdown.hpp"
#include "sim/machine/config/schema.hpp"

namespace exosim {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = EXOSIM_SOURCE_DIR;

std::string file_text(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void expect_up_to_date(const fs::path& path, const std::string& text) {
  if (std::getenv("EXOSIM_BLESS")) std::ofstream(path, std::ios::binary) << text;
  EXPECT_TRUE(file_text(path) == text)
      << path << " is out of date; rewrite it with EXOSIM_BLESS=1 exosim_config_test "
      << "--gtest_filter='MachineFiles.*'";
}

TEST(MachineFiles, DefaultMachineIsWhatTheTableSays) {
  const Result<LoadedConfig> loaded = load_config(kSource / "configs/r3000.yaml");
  ASSERT_TRUE(loaded) << loaded.error().text();
  EXPECT_EQ(loaded->machine.cpu_model, "r3000");
  EXPECT_EQ(loaded->machine.clock_hz, 25'000'000u);
  EXPECT_EQ(loaded->machine.ram_bytes, 32u << 20);
  EXPECT_EQ(loaded->machine.timing_engine, "r3000");
  EXPECT_EQ(loaded->machine.kernel, "aegis.elf");
  ASSERT_EQ(loaded->machine.devices.size(), 6u);
  EXPECT_EQ(loaded->machine.devices[0].type, "console");
  EXPECT_EQ(loaded->machine.devices[0].address, 0x10000000u);
  EXPECT_EQ(loaded->machine.devices[1].type, "timer");
  EXPECT_EQ(loaded->machine.devices[1].address, 0x10001000u);
  EXPECT_EQ(loaded->machine.devices[1].interrupt, 3u);
  EXPECT_EQ(loaded->machine.devices[2].type, "dma");
  EXPECT_EQ(loaded->machine.devices[3].type, "bus_error");
  EXPECT_EQ(loaded->machine.devices[2].address, 0x10002000u);
  EXPECT_EQ(loaded->machine.devices[2].interrupt, 4u);
  EXPECT_EQ(loaded->machine.devices[4].type, "disk");
  EXPECT_EQ(loaded->machine.devices[4].address, 0x10004000u);
  EXPECT_EQ(loaded->machine.devices[4].interrupt, 2u);
  EXPECT_EQ(loaded->machine.devices[5].type, "framebuffer");
  EXPECT_EQ(loaded->machine.devices[5].address, 0x10400000u);
  EXPECT_EQ(loaded->machine.devices[5].interrupt, 6u);
}

TEST(MachineFiles, EveryConfigurationLoads) {
  size_t count = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(kSource / "configs")) {
    if (entry.path().extension() != ".yaml") continue;
    const Result<LoadedConfig> loaded = load_config(entry.path());
    EXPECT_TRUE(loaded) << loaded.error().text();
    ++count;
  }
  EXPECT_GE(count, 6u);
}

TEST(MachineFiles, EveryParameterCarriesItsSource) {
  size_t count = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(kSource / "configs")) {
    if (entry.path().extension() != ".yaml") continue;
    const Result<LoadedConfig> loaded = load_config(entry.path());
    ASSERT_TRUE(loaded) << loaded.error().text();
    for (const Setting& setting : loaded->settings) {
      EXPECT_NE(setting.comment, "")
          << setting.path << ", " << setting.source << ", in " << entry.path();
      ++count;
    }
  }
  EXPECT_GE(count, 6u * 50);
}

/// Figures for an R3000 or R3010 hold for each of them.
bool holds_for(const MachineConfig& machine, const std::string& source) {
  return source.starts_with("estimate:") || source.starts_with("ours") ||
         (source.starts_with("GCC") && machine.cpu_model.starts_with("r3000"));
}

/// Groups that no historical machine has, or that are the same in all.
const std::set<std::string> kOurs = {"devices", "fpu", "kernel", "run", "seed"};

/// What a historical machine takes from another one's file was not said of it.
TEST(MachineFiles, APublishedNumberIsOfTheMachineThatHasIt) {
  for (const std::string name : {"dec2100.yaml", "dec3100.yaml", "dec5000-125.yaml"}) {
    const Result<LoadedConfig> loaded = load_config(kSource / "configs" / name);
    ASSERT_TRUE(loaded) << loaded.error().text();
    size_t count = 0;
    for (const Setting& setting : loaded->settings) {
      const std::string group = setting.path.substr(0, setting.path.find('.'));
      const bool is_own = setting.source.find(name) != std::string::npos;
      if (is_own || kOurs.contains(group)) continue;
      EXPECT_TRUE(holds_for(loaded->machine, setting.comment))
          << name << ": " << setting.path << ": " << setting.comment;
      ++count;
    }
    EXPECT_GT(count, 10u);
  }
}

TEST(MachineFiles, DocumentationListsEveryMachine) {
  for (const fs::directory_entry& entry : fs::directory_iterator(kSource / "configs")) {
    if (entry.path().extension() != ".yaml") continue;
    EXPECT_THAT(config_markdown(),
                ::testing::HasSubstr("| `" + entry.path().filename().string() + "` |"));
  }
}

/// The figures of docs/timing.md and of the published machines, as the files give them together.
TEST(MachineFiles, AMissCostsWhatIsPublished) {
  struct Miss {
    const char* file;
    uint64_t instruction;
    uint64_t data;
  };
  for (const Miss& miss :
       {Miss{"r3000.yaml", 15, 15}, Miss{"dec5000-200.yaml", 15, 15},
        Miss{"dec5000-125.yaml", 16, 16}, Miss{"dec3100.yaml", 6, 6}, Miss{"dec2100.yaml", 6, 6}}) {
    const Result<LoadedConfig> loaded = load_config(kSource / "configs" / miss.file);
    ASSERT_TRUE(loaded) << loaded.error().text();
    const MachineConfig& machine = loaded->machine;
    const BurstTime& read = machine.timing.memory.read;
    EXPECT_EQ(read.of(machine.instruction_cache.refill_words), miss.instruction) << miss.file;
    EXPECT_EQ(read.of(machine.data_cache.refill_words), miss.data) << miss.file;
  }
}

TEST(MachineFiles, EveryConfigurationNamesItsSchemaForEditors) {
  for (const fs::directory_entry& entry : fs::directory_iterator(kSource / "configs")) {
    if (entry.path().extension() != ".yaml") continue;
    EXPECT_THAT(file_text(entry.path()),
                ::testing::StartsWith("# yaml-language-server: $schema=exosim.schema.json\n"))
        << entry.path();
  }
}

TEST(MachineFiles, ExampleWithExtendsLoads) {
  const Result<LoadedConfig> loaded =
      load_config(kSource / "sim/machine/config/testdata/small.yaml");
  ASSERT_TRUE(loaded) << loaded.error().text();
  EXPECT_EQ(loaded->machine.seed, 7u);
  EXPECT_EQ(loaded->machine.clock_hz, 12'500'000u);
  EXPECT_EQ(loaded->machine.ram_bytes, 4u << 20);
  ASSERT_EQ(loaded->machine.devices.size(), 1u);
  EXPECT_EQ(loaded->machine.devices[0].interrupt, 4u);
  EXPECT_EQ(loaded->machine.devices[0].address, 0x10001000u);
}

TEST(MachineFiles, DefaultsOfEveryRegisteredDeviceAreValid) {
  const std::map<std::string, DeviceType, std::less<>>& types = Registry<DeviceType>::all();
  EXPECT_GE(types.size(), 2u);
  for (const auto& [name, type] : types) {
    const std::string text = "{devices: {d: {type: " + name + ", address: 0x10000000}}}";
    const FileReader reader = [&](const fs::path&) -> Result<std::string> { return text; };
    const Result<LoadedConfig> loaded = load_config("d.yaml", {}, reader, {});
    EXPECT_TRUE(loaded) << loaded.error().text();
  }
}

TEST(MachineFiles, SchemaIsUpToDate) {
  expect_up_to_date(kSource / "configs/exosim.schema.json", config_schema());
}

TEST(MachineFiles, DocumentationIsUpToDate) {
  expect_up_to_date(kSource / "docs/configuration.md", config_markdown());
}

}  // namespace
}  // namespace exosim
