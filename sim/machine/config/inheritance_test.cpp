// extends and --set: what wins, and every way in which they can go wrong.
#include "sim/machine/config/inheritance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sim/machine/config/config_fixture.hpp"

namespace exosim {
namespace {

using ::testing::HasSubstr;

constexpr const char* kBase =
    "seed: 5\ncpu: {model: r2000, clock: 20MHz}\n"
    "devices:\n"
    "  g: {type: gadget, address: 0x10000000, serial: 1, count: 4}\n"
    "  p: {type: plug, address: 0x11000000}\n";

Result<LoadedConfig> load_heir(const std::string& heir, std::vector<std::string> sets = {}) {
  return load({{"main.yaml", "extends: base.yaml\n" + heir}, {"base.yaml", kBase}},
              std::move(sets));
}

TEST(Inheritance, MergesMappingsAndReplacesValues) {
  const Result<LoadedConfig> loaded = load_heir("cpu: {clock: 30MHz}\ndevices: {g: {count: 9}}\n");
  ASSERT_TRUE(loaded) << error_text(loaded);
  EXPECT_EQ(loaded->machine.seed, 5u);
  EXPECT_EQ(loaded->machine.cpu_model, "r2000");
  EXPECT_EQ(loaded->machine.clock_hz, 30'000'000u);
  EXPECT_EQ(loaded->machine.devices[0].params.number("count"), 9u);
  EXPECT_EQ(loaded->machine.devices[0].params.number("serial"), 1u);
}

TEST(Inheritance, NullRemovesADevice) {
  const Result<LoadedConfig> loaded = load_heir("devices: {g: null}\n");
  ASSERT_TRUE(loaded) << error_text(loaded);
  ASSERT_EQ(loaded->machine.devices.size(), 1u);
  EXPECT_EQ(loaded->machine.devices[0].name, "p");
}

TEST(Inheritance, RemovingWhatIsNotThereNamesTheNearestDevice) {
  EXPECT_EQ(error_text(load_heir("devices: {gg: null}\n")),
            "main.yaml:2:11: nothing to remove: unknown device \"gg\"; did you mean \"g\"? (one "
            "of: g, p)");
}

TEST(Inheritance, DeviceOfAnotherTypeStartsAfresh) {
  const Result<LoadedConfig> loaded =
      load_heir("devices: {g: {type: plug, address: 0x12000000}}\n");
  ASSERT_TRUE(loaded) << error_text(loaded);
  EXPECT_EQ(loaded->machine.devices[1].type, "plug");
  EXPECT_TRUE(loaded->machine.devices[1].params.numbers.empty());
}

TEST(Inheritance, ErrorInTheBaseHasThePlaceOfTheBase) {
  const Result<LoadedConfig> loaded =
      load({{"main.yaml", "extends: base.yaml\n"}, {"base.yaml", "\nsede: 1\n"}});
  EXPECT_THAT(error_text(loaded), HasSubstr("base.yaml:2:1: unknown key \"sede\""));
}

TEST(Inheritance, PathsAreRelativeToTheNamingFile) {
  const Result<LoadedConfig> loaded = load({{"main.yaml", "extends: a/b.yaml\n"},
                                            {"a/b.yaml", "extends: ../c.yaml\n"},
                                            {"c.yaml", "seed: 9\n"}});
  ASSERT_TRUE(loaded) << error_text(loaded);
  EXPECT_EQ(loaded->machine.seed, 9u);
}

TEST(Inheritance, CircleIsReportedWithTheWholeChain) {
  const Result<LoadedConfig> loaded = load({{"main.yaml", "extends: a.yaml\n"},
                                            {"a.yaml", "seed: 1\nextends: ./b.yaml\n"},
                                            {"b.yaml", "extends: a.yaml\n"}});
  EXPECT_EQ(error_text(loaded),
            "b.yaml:1:10: extends goes in a circle: a.yaml -> b.yaml -> a.yaml");
}

TEST(Inheritance, FileThatExtendsItselfIsACircle) {
  EXPECT_EQ(error_text(load_text("extends: main.yaml\n")),
            "main.yaml:1:10: extends goes in a circle: main.yaml -> main.yaml");
}

TEST(Inheritance, EndlessChainIsCut) {
  const FileReader endless = [](const std::filesystem::path& path) -> Result<std::string> {
    return "extends: x" + path.string() + "\n";
  };
  EXPECT_THAT(error_text(load_config("main.yaml", {}, endless, test_parts())),
              HasSubstr("more than 16 files extend one another"));
}

TEST(Inheritance, MissingBaseIsReportedWhereItIsNamed) {
  EXPECT_EQ(
      error_text(load_text("seed: 1\nextends: nowhere.yaml\n")),
      "main.yaml:2:10: cannot extend \"nowhere.yaml\", named relative to this file: no such file");
}

TEST(Inheritance, WithoutItsBaseAFileIsStillChecked) {
  const std::string text =
      error_text(load_text("extends: nowhere.yaml\nseed: x\ndevices: {g: {}, h: null}\n"));
  EXPECT_THAT(text, HasSubstr("main.yaml:2:7: seed: expected a number"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("missing")));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("nothing to remove")));
}

TEST(Inheritance, ExtendsMustBeAFileName) {
  EXPECT_EQ(error_text(load_text("extends: [a, b]\n")),
            "main.yaml:1:10: extends: expected a file name, got a list");
  EXPECT_EQ(error_text(load_text("extends:\n")),
            "main.yaml:1:1: extends: expected a file name, got nothing");
}

TEST(SetOption, HasTheLastWord) {
  const Result<LoadedConfig> loaded = load_heir(
      "seed: 6\n", {"seed=7", "cpu.clock=40MHz", "seed=8", "devices.p.address=0x12000000"});
  ASSERT_TRUE(loaded) << error_text(loaded);
  EXPECT_EQ(loaded->machine.seed, 8u);
  EXPECT_EQ(loaded->machine.clock_hz, 40'000'000u);
  EXPECT_EQ(loaded->machine.devices[1].address, 0x12000000u);
}

TEST(SetOption, AddsAndRemovesDevices) {
  const Result<LoadedConfig> loaded =
      load_heir("", {"devices.g=null", "devices.q={type: plug, address: 0x13000000}"});
  ASSERT_TRUE(loaded) << error_text(loaded);
  ASSERT_EQ(loaded->machine.devices.size(), 2u);
  EXPECT_EQ(loaded->machine.devices[1].name, "q");
}

TEST(SetOption, KeepsEqualsSignsInTheValue) {
  const Result<LoadedConfig> loaded = load_heir("", {"kernel=a=b.elf"});
  ASSERT_TRUE(loaded) << error_text(loaded);
  EXPECT_EQ(loaded->machine.kernel, "a=b.elf");
}

TEST(SetOption, IsCheckedLikeAFileAndNamesItself) {
  EXPECT_EQ(error_text(load_heir("", {"cpu.clok=30MHz"})),
            "--set cpu.clok=30MHz: unknown key of cpu \"clok\"; did you mean \"clock\"? (one of: "
            "clock, effects, model)");
  EXPECT_EQ(error_text(load_heir("", {"cpu.clock=30"})),
            "--set cpu.clock=30: cpu.clock: expected a frequency such as 25MHz: \"30\" lacks a "
            "unit; allowed: Hz, kHz, MHz, GHz, as in 25MHz");
  EXPECT_EQ(error_text(load_heir("", {"cpu=1"})),
            "--set cpu=1: cpu: expected a mapping with keys such as model, got \"1\"");
  EXPECT_EQ(error_text(load_heir("", {"seed="})),
            "--set seed=: seed: expected a number, got nothing");
}

TEST(SetOption, RefusesWhatIsNoAssignment) {
  const char* hint = "expected key.path=value, as in --set cpu.clock=33MHz";
  EXPECT_EQ(error_text(load_heir("", {"seed"})), std::string("--set seed: ") + hint);
  EXPECT_EQ(error_text(load_heir("", {"=1"})), std::string("--set =1: ") + hint);
  EXPECT_THAT(error_text(load_heir("", {"cpu..clock=1MHz"})), HasSubstr("unknown key of cpu \"\""));
  EXPECT_THAT(error_text(load_heir("", {"seed=[1"})), HasSubstr("--set seed=[1: not valid YAML"));
  EXPECT_THAT(error_text(load_heir("", {"extends=x.yaml"})), HasSubstr("belongs in a file"));
  EXPECT_THAT(error_text(load_heir("", {std::string(40, '.') + "=1"})), HasSubstr("deeper than"));
}

class ConfigFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::path(::testing::TempDir()) /
        (std::string("exosim_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string refusal(const std::filesystem::path& path) {
    return error_text(load_config(path, {}, read_config_file, test_parts()));
  }

  std::filesystem::path folder_;
};

TEST_F(ConfigFiles, MissingFileNamesTheNearestOne) {
  std::ofstream(folder_ / "machine.yaml") << "seed: 1\n";
  const std::filesystem::path path = folder_ / "machin.yaml";
  EXPECT_EQ(refusal(path), path.string() + ": no such file; did you mean \"machine.yaml\"?");
}

TEST_F(ConfigFiles, FolderIsNotAFile) {
  EXPECT_EQ(refusal(folder_), folder_.string() + ": is a folder, expected a file");
}

TEST_F(ConfigFiles, SpecialFilesAreRefusedUnread) {
  EXPECT_EQ(refusal("/dev/zero"), "/dev/zero: is not a regular file");
}

TEST_F(ConfigFiles, LongFileIsRefused) {
  const std::filesystem::path path = folder_ / "long.yaml";
  std::ofstream(path) << std::string(kMaxYamlBytes + 1, '#');
  EXPECT_EQ(refusal(path), path.string() + ": has 262145 bytes, expected at most 262144");
}

TEST_F(ConfigFiles, SymbolicLinksInACircleEnd) {
  std::filesystem::create_directory_symlink(".", folder_ / "again");
  const std::filesystem::path path = folder_ / "loop.yaml";
  std::ofstream(path) << "extends: again/loop.yaml\n";
  EXPECT_THAT(refusal(path), HasSubstr("more than 16 files extend one another"));
}

}  // namespace
}  // namespace exosim
