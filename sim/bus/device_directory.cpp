// Encodes the device directory.
#include "sim/bus/device_directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "isa/machine/device_directory.h"
#include "isa/machine/memory_map.h"

namespace exosim {

namespace {

constexpr size_t kMaxEntries =
    (PROM_BOOT_INFO - PROM_DIRECTORY - DIRECTORY_HEADER_SIZE) / DIRECTORY_ENTRY_SIZE;
constexpr size_t kMaxNameBytes = DIRECTORY_ENTRY_SIZE - DIRECTORY_ENTRY_NAME - 1;  // and a NUL

/// Stores a word; the host is little-endian too (asserted in sim/bus/ram.hpp).
void put_word(std::span<std::byte> record, size_t offset, uint32_t value) {
  std::memcpy(&record[offset], &value, sizeof value);
}

void put_entry(std::span<std::byte> record, const DirectoryEntry& entry) {
  put_word(record, DIRECTORY_ENTRY_ID, entry.id);
  put_word(record, DIRECTORY_ENTRY_ADDRESS, entry.address.value);
  put_word(record, DIRECTORY_ENTRY_SIZE_FIELD, entry.size);
  put_word(record, DIRECTORY_ENTRY_INTERRUPT, entry.interrupt.value_or(DIRECTORY_NO_INTERRUPT));
  std::memcpy(&record[DIRECTORY_ENTRY_NAME], entry.name.data(),
              std::min(entry.name.size(), kMaxNameBytes));
}

}  // namespace

Result<std::vector<std::byte>> build_device_directory(std::vector<DirectoryEntry> entries) {
  if (entries.size() > kMaxEntries) {
    return Error{{},
                 fmt::format("{} devices are too many: the device directory holds {}",
                             entries.size(), kMaxEntries)};
  }
  std::ranges::stable_sort(entries, {}, &DirectoryEntry::address);
  std::vector<std::byte> bytes(DIRECTORY_HEADER_SIZE + entries.size() * DIRECTORY_ENTRY_SIZE);
  const std::span<std::byte> table(bytes);
  put_word(table, DIRECTORY_HEADER_MAGIC, DIRECTORY_MAGIC);
  put_word(table, DIRECTORY_HEADER_VERSION, DIRECTORY_VERSION);
  put_word(table, DIRECTORY_HEADER_COUNT, static_cast<uint32_t>(entries.size()));
  size_t at = DIRECTORY_HEADER_SIZE;
  for (const DirectoryEntry& entry : entries) {
    put_entry(table.subspan(at, DIRECTORY_ENTRY_SIZE), entry);
    at += DIRECTORY_ENTRY_SIZE;
  }
  return bytes;
}

}  // namespace exosim
