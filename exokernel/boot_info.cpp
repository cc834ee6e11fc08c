// Reading the boot PROM's tables.
#include "exokernel/boot_info.hpp"

#include "isa/machine/boot.h"
#include "isa/machine/device_directory.h"
#include "isa/machine/memory_map.h"

namespace aegis {
namespace {

uint32_t word(const uint32_t* table, unsigned offset) { return table[offset / sizeof(uint32_t)]; }

const uint32_t* uncached(uint32_t physical) {
  return reinterpret_cast<const uint32_t*>(KSEG1_BASE | physical);
}

}  // namespace

bool BootInfo::is_valid() const {
  return word(table_, BOOT_INFO_MAGIC) == BOOT_MAGIC &&
         word(table_, BOOT_INFO_VERSION) == BOOT_VERSION;
}

uint32_t BootInfo::ram_bytes() const { return word(table_, BOOT_INFO_RAM_SIZE); }

uint32_t BootInfo::cpu_hz() const { return word(table_, BOOT_INFO_CPU_HZ); }

uint32_t BootInfo::seed(unsigned index) const {
  return word(table_, BOOT_INFO_SEED + index * sizeof(uint32_t));
}

const char* BootInfo::arguments() const {
  return reinterpret_cast<const char*>(uncached(word(table_, BOOT_INFO_ARGUMENTS)));
}

uint32_t BootInfo::module_count() const { return word(table_, BOOT_INFO_MODULE_COUNT); }

BootModule BootInfo::module(unsigned index) const {
  const uint32_t records = word(table_, BOOT_INFO_MODULES);
  const uint32_t* record = uncached(records + index * BOOT_MODULE_RECORD_SIZE);
  return {.address = word(record, BOOT_MODULE_ADDRESS),
          .size = word(record, BOOT_MODULE_SIZE),
          .name = reinterpret_cast<const char*>(record) + BOOT_MODULE_NAME};
}

uint32_t BootInfo::device_count() const {
  const uint32_t* directory = uncached(word(table_, BOOT_INFO_DIRECTORY));
  const bool is_valid = word(directory, DIRECTORY_HEADER_MAGIC) == DIRECTORY_MAGIC;
  return is_valid ? word(directory, DIRECTORY_HEADER_COUNT) : 0;
}

const uint32_t* BootInfo::device(uint32_t index) const {
  return uncached(word(table_, BOOT_INFO_DIRECTORY) + DIRECTORY_HEADER_SIZE +
                  index * DIRECTORY_ENTRY_SIZE);
}

DeviceEntry BootInfo::find_device(uint32_t id) const {
  for (uint32_t index = 0; index < device_count(); ++index) {
    const uint32_t* entry = device(index);
    if (word(entry, DIRECTORY_ENTRY_ID) == id)
      return {.registers = KSEG1_BASE | word(entry, DIRECTORY_ENTRY_ADDRESS),
              .interrupt = word(entry, DIRECTORY_ENTRY_INTERRUPT)};
  }
  return {};
}

}  // namespace aegis
