// Copying the directory of devices.
#include "exokernel/device_table.hpp"

#include <cstddef>

#include "exokernel/page.hpp"
#include "exokernel/panic.hpp"
#include "isa/machine/device_directory.h"

namespace aegis {

alignas(PAGE_SIZE) exo::DeviceRecord device_records[kDevicesMax];
static_assert(sizeof(device_records) == PAGE_SIZE);
static_assert(sizeof(exo::DeviceRecord) == DIRECTORY_ENTRY_SIZE);
static_assert(offsetof(exo::DeviceRecord, id) == DIRECTORY_ENTRY_ID);
static_assert(offsetof(exo::DeviceRecord, address) == DIRECTORY_ENTRY_ADDRESS);
static_assert(offsetof(exo::DeviceRecord, bytes) == DIRECTORY_ENTRY_SIZE_FIELD);
static_assert(offsetof(exo::DeviceRecord, line) == DIRECTORY_ENTRY_INTERRUPT);
static_assert(offsetof(exo::DeviceRecord, name) == DIRECTORY_ENTRY_NAME);
static_assert(exo::kNoLine == DIRECTORY_NO_INTERRUPT);

namespace {

uint32_t count;

}  // namespace

void devices_start(const BootInfo& boot) {
  count = boot.device_count();
  if (count > kDevicesMax) panic("the machine has more devices than it has room for");
  for (uint32_t index = 0; index < count; ++index) {
    auto* const words = reinterpret_cast<uint32_t*>(&device_records[index]);
    for (uint32_t word = 0; word < DIRECTORY_ENTRY_SIZE / sizeof(uint32_t); ++word)
      words[word] = boot.device(index)[word];
  }
  const auto begin = reinterpret_cast<uintptr_t>(device_records);
  pages_expose(begin, begin + sizeof device_records);
}

uint32_t device_count() { return count; }

}  // namespace aegis
