// What can be wrong with a file that a user names.
#include "sim/base/file.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <fstream>
#include <string>

namespace exosim {
namespace {

namespace fs = std::filesystem;

class NamedFile : public ::testing::Test {
 protected:
  NamedFile()
      : folder_(fs::path(testing::TempDir()) /
                (std::string("exosim_") +
                 ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "machine.yaml") << "seed: 1\n";
  }
  ~NamedFile() override { fs::remove_all(folder_); }

  static std::string refusal(const fs::path& path, uint64_t max_bytes = 100) {
    const auto bytes = read_file(path, max_bytes);
    if (bytes) return {};
    EXPECT_EQ(bytes.error().where, path.string());
    return bytes.error().message;
  }

  fs::path folder_;
};

TEST_F(NamedFile, IsReadToItsEnd) {
  const auto bytes = read_file(folder_ / "machine.yaml", 8);
  ASSERT_TRUE(bytes) << bytes.error().text();
  ASSERT_EQ(bytes->size(), 8u);
  EXPECT_EQ((*bytes)[0], std::byte{'s'});
}

TEST_F(NamedFile, MissingNamesTheNearestThatEndsAlike) {
  std::ofstream(folder_ / "machin.elf") << "";
  EXPECT_EQ(refusal(folder_ / "machin.yaml"), "no such file; did you mean \"machine.yaml\"?");
  EXPECT_EQ(refusal(folder_ / "other.txt"), "no such file");
}

TEST_F(NamedFile, MissingFolderIsNamed) {
  const fs::path folder = folder_ / "none";
  EXPECT_EQ(refusal(folder / "a.yaml"), "no such file: there is no folder " + folder.string());
}

TEST_F(NamedFile, FolderIsNotAFile) {
  EXPECT_EQ(refusal(folder_), "is a folder, expected a file");
  const auto opened = open_input(folder_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message, "is a folder, expected a file");
}

TEST_F(NamedFile, SpecialFileIsRefusedUnread) {
  EXPECT_EQ(refusal("/dev/zero"), "is not a regular file");
  EXPECT_TRUE(open_input("/dev/null"));
}

TEST_F(NamedFile, SystemsReasonIsGiven) {
  fs::create_symlink("circle.yaml", folder_ / "circle.yaml");
  EXPECT_EQ(refusal(folder_ / "circle.yaml"), "cannot be read: Too many levels of symbolic links");
}

TEST_F(NamedFile, TooLongIsRefusedUnread) {
  EXPECT_EQ(refusal(folder_ / "machine.yaml", 7), "has 8 bytes, expected at most 7");
}

TEST_F(NamedFile, IsReplacedByWhatIsWritten) {
  const std::vector<std::byte> bytes = {std::byte{'a'}, std::byte{0}, std::byte{'c'}};
  ASSERT_TRUE(write_file(folder_ / "machine.yaml", bytes));
  EXPECT_EQ(read_file(folder_ / "machine.yaml", 100).value(), bytes);
  ASSERT_TRUE(write_file(folder_ / "empty", {}));
  EXPECT_EQ(read_file(folder_ / "empty", 100).value().size(), 0u);
}

TEST_F(NamedFile, ThatCannotBeWrittenIsRefused) {
  EXPECT_EQ(write_file(folder_, {}).error().message, "cannot be written: Is a directory");
  EXPECT_EQ(write_file("/dev/full", std::vector<std::byte>(1)).error().message,
            "cannot be written: No space left on device");
}

TEST_F(NamedFile, TryingToWriteLeavesItAsItIs) {
  ASSERT_TRUE(check_writable(folder_ / "machine.yaml"));
  EXPECT_EQ(fs::file_size(folder_ / "machine.yaml"), 8u);
  EXPECT_TRUE(check_writable(folder_ / "new"));
  EXPECT_FALSE(check_writable(folder_ / "none" / "new"));
}

TEST_F(NamedFile, WritingHasTheSameForm) {
  EXPECT_EQ(cannot_write("a/b", ENOENT).text(), "a/b: cannot be written: there is no folder a");
  EXPECT_EQ(cannot_write("a/b", ENOSPC).text(), "a/b: cannot be written: No space left on device");
}

}  // namespace
}  // namespace exosim
