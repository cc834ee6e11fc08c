// Where configurations and kernels are found.
#include "sim/options/resources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace exosim {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Resources : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(::testing::TempDir()) /
            (std::string("exosim_resources_") +
             ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(root_);
    fs::create_directories(root_ / "bin");
  }
  void TearDown() override { fs::remove_all(root_); }

  void touch(const fs::path& path) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << "x";
  }
  std::string found(ResourceKind kind, const std::string& name) {
    const Result<fs::path> path = find_resource(kind, name, root_ / "bin");
    return path ? path->string() : path.error().text();
  }
  std::string at(const char* path) { return (root_ / path).string(); }

  fs::path root_;
};

TEST_F(Resources, NameWithASlashIsUsedAsItIs) {
  touch("configs/m.yaml");
  EXPECT_EQ(found(ResourceKind::kConfig, "nowhere/m.yaml"), "nowhere/m.yaml");
  EXPECT_EQ(found(ResourceKind::kConfig, "./m.yaml"), "./m.yaml");
}

TEST_F(Resources, FileThatExistsAsGivenComesFirst) {
  const fs::path before = fs::current_path();
  touch("here/only_here.yaml");
  touch("configs/only_here.yaml");
  fs::current_path(root_ / "here");
  EXPECT_EQ(found(ResourceKind::kConfig, "only_here.yaml"), "only_here.yaml");
  fs::current_path(before);
}

TEST_F(Resources, FolderIsUsedAsGivenAndRefusedByWhoReadsIt) {
  EXPECT_EQ(found(ResourceKind::kConfig, "."), ".");
}

TEST_F(Resources, PlacesAreSearchedInOrder) {
  touch("share/exosim/configs/exosim_test.yaml");
  EXPECT_EQ(found(ResourceKind::kConfig, "exosim_test.yaml"),
            at("share/exosim/configs/exosim_test.yaml"));
  touch("configs/exosim_test.yaml");
  EXPECT_EQ(found(ResourceKind::kConfig, "exosim_test.yaml"), at("configs/exosim_test.yaml"));
  touch("bin/exosim_test.yaml");
  EXPECT_EQ(found(ResourceKind::kConfig, "exosim_test.yaml"), at("bin/exosim_test.yaml"));
}

TEST_F(Resources, KernelsAreAmongTheGuestImages) {
  touch("guest/exosim_test.elf");
  EXPECT_EQ(found(ResourceKind::kKernel, "exosim_test.elf"), at("guest/exosim_test.elf"));
  EXPECT_THAT(found(ResourceKind::kConfig, "exosim_test.elf"), HasSubstr("not found"));
}

TEST_F(Resources, MissingNameListsThePlacesAndTheNearestFile) {
  touch("guest/aegis.elf");
  touch("guest/hello.elf");
  EXPECT_EQ(found(ResourceKind::kKernel, "agis.elf"),
            "agis.elf: not found in ., " + at("bin") + ", " + at("guest") + ", " +
                at("share/exosim/guest") + "; did you mean \"aegis.elf\"?");
}

TEST_F(Resources, FolderIsNotAFile) {
  fs::create_directories(root_ / "configs/m.yaml");
  EXPECT_THAT(found(ResourceKind::kConfig, "m.yaml"), HasSubstr("not found"));
}

TEST(ExecutableFolder, IsThatOfThisProgram) {
  const Result<fs::path> folder = executable_folder();
  ASSERT_TRUE(folder);
  EXPECT_TRUE(fs::exists(*folder / "exosim_options_test"));
}

}  // namespace
}  // namespace exosim
