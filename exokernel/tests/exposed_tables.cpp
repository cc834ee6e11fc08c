// What the kernel lets everyone read: the free list, who owns which page, the software TLB,
// environments. It agrees with what the calls do, and nobody can write it.
#include "exokernel/software_tlb.h"
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30040000;  // not where kVirt stands in the software TLB
constexpr uint32_t kWindow = 0x30100000;

const volatile exo::SystemRecord* machine;
const volatile exo::EnvironmentRecord* records;

/// The record of a page. Its page of the table is bound when it is needed: there are too many to
/// guarantee all of them.
const volatile exo::PageRecord& record_of(uint32_t pfn) {
  const exo::ExposedTable& where = exo::exposed_table(exo::info(), exo::Exposed::kPages);
  constexpr uint32_t kPerPage = PAGE_SIZE / sizeof(exo::PageRecord);
  const exo::CallResult made =
      exo::page_capability(where.first_pfn + pfn / kPerPage, EXO_RIGHT_READ);
  exo::tlb_write(kWindow, 0u, made.capability());
  return reinterpret_cast<const volatile exo::PageRecord*>(kWindow)[pfn % kPerPage];
}

void agrees_about_owners() {
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(record_of(page.index()).owner == exo::info().environment);
  CHECK(record_of(page.index()).last_owner == exo::info().environment);
  CHECK(record_of(page.index()).guarantees == 0);
  CHECK(exo::guarantee(test::kVirt, 0u, page).ok());
  CHECK(record_of(page.index()).guarantees == 1);
  CHECK(exo::unguarantee(test::kVirt).ok());
  CHECK(record_of(page.index()).guarantees == 0);
  CHECK(exo::page_dealloc(page).ok());
  CHECK(record_of(page.index()).owner == exo::kOwnerNone);
  CHECK(record_of(exo::info().context_pfn).owner == exo::info().environment);
  CHECK(record_of(0).owner == exo::kOwnerKernel);
}

/// The free list has every free page once, and no other; the next page that is allocated is its
/// first.
void lists_free_pages() {
  uint32_t count = 0;
  for (uint32_t pfn = machine->first_free_page; pfn != exo::kNoPage; pfn = record_of(pfn).next) {
    CHECK(record_of(pfn).owner == exo::kOwnerNone);
    ++count;
  }
  CHECK(count == machine->pages().free);
  uint32_t free_records = 0;
  for (uint32_t pfn = 0; pfn < exo::info().page_count; ++pfn)
    free_records += record_of(pfn).owner == exo::kOwnerNone;
  CHECK(free_records == count);
  const uint32_t first = machine->first_free_page;
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(static_cast<uint32_t>(page.value) == first);
  CHECK(machine->pages().free == count - 1);
  CHECK(exo::page_dealloc(page.capability()).ok());
}

void lists_own_pages() {
  const uint32_t self = exo::info().environment;
  uint32_t owned = 0;
  for (uint32_t pfn = 0; pfn < exo::info().page_count; ++pfn) owned += record_of(pfn).owner == self;
  CHECK(owned == test::pages_of(self));
}

void shows_the_software_tlb() {
  const exo::ExposedTable& where = exo::exposed_table(exo::info(), exo::Exposed::kSoftwareTlb);
  CHECK(where.entries == SOFTWARE_TLB_ENTRIES && where.entry_bytes == 8);
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page).ok());
  const uint32_t space = records[exo::info().environment].space;
  const uint32_t hi = test::kVirt | (space << ENTRYHI_ASID_SHIFT);
  const uint32_t offset =
      ((hi >> SOFTWARE_TLB_VPN_SHIFT) ^ (hi << SOFTWARE_TLB_ASID_SHIFT)) & SOFTWARE_TLB_INDEX_MASK;
  const exo::CallResult made =
      exo::page_capability(where.first_pfn + offset / PAGE_SIZE, EXO_RIGHT_READ);
  CHECK(exo::tlb_write(kWindow, 0u, made.capability()).ok());
  CHECK(test::word_at(kWindow + offset % PAGE_SIZE) == hi);
  CHECK(test::word_at(kWindow + offset % PAGE_SIZE + 4) ==
        ((page.index() << PAGE_SHIFT) | ENTRYLO_V | ENTRYLO_D));
  CHECK(exo::page_dealloc(page).ok());
  CHECK(test::word_at(kWindow + offset % PAGE_SIZE) == 0);
}

void nobody_writes_them() {
  const exo::Info& info = exo::info();
  for (uint32_t table = 0; table < static_cast<uint32_t>(exo::Exposed::kCount); ++table) {
    const exo::ExposedTable& where = info.exposed[table];
    CHECK(where.pages * PAGE_SIZE >= where.entries * where.entry_bytes);
    for (uint32_t page = 0; page < where.pages; ++page) {
      const uint32_t pfn = where.first_pfn + page;
      CHECK(record_of(pfn).owner == exo::kOwnerExposed);
      CHECK(refused(exo::page_alloc(pfn), EXO_ERROR_BUSY));
      CHECK(refused(exo::page_capability(pfn, EXO_RIGHT_WRITE), EXO_ERROR_NOT_OWNER));
      CHECK(refused(exo::page_capability(pfn, EXO_RIGHT_ALL), EXO_ERROR_NOT_OWNER));
      const exo::Capability read = exo::page_capability(pfn, EXO_RIGHT_READ).capability();
      CHECK(refused(exo::tlb_write(kWindow, EXO_MAP_WRITE, read), EXO_ERROR_NO_RIGHT));
      CHECK(refused(exo::page_dealloc(read), EXO_ERROR_NO_RIGHT));
      CHECK(refused(exo::capability_change(read.word[0]), EXO_ERROR_NOT_OWNER));
    }
  }
  CHECK(test::raises(EXC_MOD, [] { test::poke(kTables, 0); }));
  CHECK(records[exo::info().environment].state == exo::EnvironmentState::kRunning);
}

/// The pages of a table hold the table and nothing else of the kernel's.
void ends_in_zeros() {
  const exo::ExposedTable& where = exo::exposed_table(exo::info(), exo::Exposed::kPages);
  const uint32_t last = where.first_pfn + where.pages - 1;
  const exo::Capability read = exo::page_capability(last, EXO_RIGHT_READ).capability();
  CHECK(exo::tlb_write(kWindow, 0u, read).ok());
  const uint32_t used = where.entries * where.entry_bytes % PAGE_SIZE;
  for (uint32_t offset = used; used != 0 && offset < PAGE_SIZE; offset += 4)
    CHECK(test::word_at(kWindow + offset) == 0);
  for (uint32_t offset = sizeof(exo::SystemRecord); offset < PAGE_SIZE; offset += 4)
    CHECK(test::word_at(reinterpret_cast<uint32_t>(machine) + offset) == 0);
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables + 0x10000);
  agrees_about_owners();
  lists_free_pages();
  lists_own_pages();
  shows_the_software_tlb();
  nobody_writes_them();
  ends_in_zeros();
}
