// The time and the directory of devices: what everyone may read, and that nobody can write it.
#include <initializer_list>

#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/child.hpp"
#include "isa/devices/console.h"
#include "isa/devices/dma.h"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30040000;

const volatile exo::DeviceRecord* devices;
uint32_t registers;

/// Index of the first device with this id.
uint32_t find(uint32_t id) {
  const uint32_t count = exo::exposed_table(exo::info(), exo::Exposed::kDevices).entries;
  for (uint32_t index = 0; index < count; ++index)
    if (devices[index].id == id) return index;
  return count;
}

bool is_named(const volatile exo::DeviceRecord& device, const char* name) {
  uint32_t index = 0;
  while (name[index] != '\0' && device.name[index] == name[index]) ++index;
  return device.name[index] == name[index];
}

void devices_are_listed() {
  const exo::ExposedTable& where = exo::exposed_table(exo::info(), exo::Exposed::kDevices);
  CHECK(where.pages == 1 && where.entry_bytes == sizeof(exo::DeviceRecord));
  CHECK(where.entries >= 5);
  const uint32_t timer = find(TIMER_ID), dma = find(DMA_ID), console = find(CONSOLE_ID);
  CHECK(timer < where.entries && dma < where.entries && console < where.entries);
  CHECK(devices[timer].bytes == TIMER_SIZE && devices[timer].line == 3);
  CHECK(devices[dma].bytes == DMA_SIZE && devices[dma].line == 4);
  CHECK(devices[console].line == exo::kNoLine);
  CHECK(is_named(devices[timer], "timer") && is_named(devices[console], "console"));
  for (uint32_t index = 1; index < where.entries; ++index)
    CHECK(devices[index - 1].address < devices[index].address);
  CHECK(test::raises(EXC_MOD, [] { test::poke(kTables, 0); }));
}

void refuses() {
  for (const uint32_t virt : {0u, 1u, test::kVirt + 4, 0x80000000u, 0xfffff000u})
    CHECK(refused(exo::timer_bind(virt), EXO_ERROR_BAD_ADDRESS));
  for (const uint32_t virt : {EXO_CONTEXT_VA, EXO_INFO_VA})
    CHECK(refused(exo::timer_bind(virt), EXO_ERROR_BUSY));
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
}

void is_bound() {
  const exo::CallResult bound = exo::timer_bind(test::kVirt);
  CHECK(bound.value == static_cast<int32_t>(devices[find(TIMER_ID)].address % PAGE_SIZE));
  registers = test::kVirt + static_cast<uint32_t>(bound.value);
  CHECK(exo::timer_word(registers, TIMER_FREQUENCY) == exo::info().timer_hz);
}

/// Nothing of it can be changed, and what is no register to be read is a bus error.
void is_only_read() {
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
    CHECK(test::raises(EXC_MOD, [=] { test::poke(test::kVirt + offset, 0); }));
  CHECK(test::raises(EXC_DBE, [] { test::touch(registers + TIMER_INTERVAL); }));
  CHECK(test::raises(EXC_DBE, [] { test::touch(registers + TIMER_SIZE); }));
  CHECK(test::raises(EXC_DBE, [] { test::touch(registers + PAGE_SIZE - 4); }));
}

void passes() {
  const uint32_t before = exo::ticks(registers);
  const uint64_t all_before = exo::all_ticks(registers);
  constexpr uint32_t kMicroseconds = 1000;
  const uint32_t cycles = exo::info().cpu_hz / 1'000'000 * kMicroseconds;
  test::burn(cycles / 2);
  const uint32_t passed = exo::ticks(registers) - before;
  const uint32_t expected = exo::info().timer_hz / 1'000'000 * kMicroseconds;
  CHECK(passed >= expected && passed < 2 * expected);
  CHECK(exo::all_ticks(registers) - all_before >= expected);
  CHECK(static_cast<uint32_t>(all_before) - before < expected);
  const uint32_t begin = exo::ticks(registers);
  CHECK(test_sleep(EXO_EVENT_TIME, cycles) == 0);
  CHECK(exo::ticks(registers) - begin >= expected);
}

/// As any binding it can be dropped, replaced, and made by others too.
void is_a_binding() {
  CHECK(exo::tlb_delete(test::kVirt).ok());
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
  CHECK(exo::timer_bind(test::kVirt).ok());
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page).ok());
  test::poke(test::kVirt, 7);
  CHECK(test::word_at(test::kVirt) == 7);
  CHECK(exo::page_dealloc(page).ok());
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
  CHECK(exo::timer_bind(test::kVirt).ok());
  CHECK(exo::timer_word(registers, TIMER_FREQUENCY) == exo::info().timer_hz);
}

volatile uint32_t child_saw;

void read_the_time() {
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
  CHECK(exo::timer_bind(test::kVirt).ok());
  child_saw = exo::timer_word(registers, TIMER_FREQUENCY);
}

void everyone_may_read_it() {
  const test::Child child = test::create_child(read_the_time);
  test::start_child(child);
  while (child_saw == 0) test_yield(EXO_YIELD_NEXT);
  CHECK(child_saw == exo::info().timer_hz);
}

/// No page of a device's is one that capabilities are for.
void is_no_page_of_memory() {
  const uint32_t pfn = devices[find(TIMER_ID)].address >> PAGE_SHIFT;
  CHECK(refused(exo::page_capability(pfn, EXO_RIGHT_READ), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::page_alloc(pfn), EXO_ERROR_BAD_ARGUMENT));
}

}  // namespace

void run_tests() {
  devices = test::bind_table<exo::DeviceRecord>(exo::Exposed::kDevices, kTables);
  devices_are_listed();
  refuses();
  is_bound();
  is_only_read();
  passes();
  is_a_binding();
  everyone_may_read_it();
  is_no_page_of_memory();
}
