// The directory's bytes, read as a guest would read them.
#include "sim/bus/device_directory.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "isa/machine/device_directory.h"

namespace exosim {
namespace {

uint32_t word_at(const std::vector<std::byte>& bytes, size_t offset) {
  uint32_t value = 0;
  std::memcpy(&value, &bytes.at(offset + 3) - 3, sizeof value);
  return value;
}

std::string name_at(const std::vector<std::byte>& bytes, size_t offset) {
  return reinterpret_cast<const char*>(&bytes.at(offset));
}

TEST(DeviceDirectory, IsAHeaderAndEntriesByAddress) {
  const auto built = build_device_directory({{0x54494d45, {0x1f000000}, 0x20, 7u, "timer"},
                                             {0x434f4e53, {0x10000000}, 0x100, {}, "console"}});
  ASSERT_TRUE(built);
  const std::vector<std::byte>& bytes = *built;
  ASSERT_EQ(bytes.size(), DIRECTORY_HEADER_SIZE + 2u * DIRECTORY_ENTRY_SIZE);
  EXPECT_EQ(word_at(bytes, DIRECTORY_HEADER_MAGIC), uint32_t{DIRECTORY_MAGIC});
  EXPECT_EQ(word_at(bytes, DIRECTORY_HEADER_VERSION), uint32_t{DIRECTORY_VERSION});
  EXPECT_EQ(word_at(bytes, DIRECTORY_HEADER_COUNT), 2u);

  const size_t first = DIRECTORY_HEADER_SIZE;
  EXPECT_EQ(word_at(bytes, first + DIRECTORY_ENTRY_ID), 0x434f4e53u);
  EXPECT_EQ(word_at(bytes, first + DIRECTORY_ENTRY_ADDRESS), 0x10000000u);
  EXPECT_EQ(word_at(bytes, first + DIRECTORY_ENTRY_SIZE_FIELD), 0x100u);
  EXPECT_EQ(word_at(bytes, first + DIRECTORY_ENTRY_INTERRUPT), DIRECTORY_NO_INTERRUPT);
  EXPECT_EQ(name_at(bytes, first + DIRECTORY_ENTRY_NAME), "console");

  const size_t second = first + DIRECTORY_ENTRY_SIZE;
  EXPECT_EQ(word_at(bytes, second + DIRECTORY_ENTRY_ADDRESS), 0x1f000000u);
  EXPECT_EQ(word_at(bytes, second + DIRECTORY_ENTRY_INTERRUPT), 7u);
}

TEST(DeviceDirectory, CutsLongNames) {
  const auto built = build_device_directory({{1, {0}, 4, {}, "a-very-long-device-name"}});
  ASSERT_TRUE(built);
  EXPECT_EQ(name_at(*built, DIRECTORY_HEADER_SIZE + DIRECTORY_ENTRY_NAME), "a-very-long-dev");
}

TEST(DeviceDirectory, RefusesMoreThanItsPlaceHolds) {
  std::vector<DirectoryEntry> entries(127, DirectoryEntry{1, {0}, 4, {}, "x"});
  const auto full = build_device_directory(entries);
  ASSERT_TRUE(full);
  EXPECT_LE(full->size(), 4096u);
  entries.push_back(entries.front());
  EXPECT_FALSE(build_device_directory(entries));
}

}  // namespace
}  // namespace exosim
