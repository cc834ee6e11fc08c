// Which pages the pager binds, and with what.
#include <initializer_list>

#include "exokernel/tests/random_calls/model.hpp"
#include "exokernel/tests/random_calls/tables.hpp"

extern "C" {
void pager_upcall();
void pager_end();
void test_child_start();
void test_harness_end();

struct PagerEntry {
  exo::Capability capability;
  uint32_t flags;
};
static_assert(sizeof(PagerEntry) == 1 << PAGER_ENTRY_SHIFT);
alignas(1024) PagerEntry pager_pages[PAGER_PAGES];
}

namespace model {
namespace {

/// Addresses that must never be missed: from the first to the last byte.
struct Pinned {
  uint32_t first, last;
};
const Pinned kPinned[] = {
    {reinterpret_cast<uint32_t>(&test_child_start), reinterpret_cast<uint32_t>(&test_harness_end)},
    {reinterpret_cast<uint32_t>(&pager_upcall), reinterpret_cast<uint32_t>(&pager_end)},
    {reinterpret_cast<uint32_t>(pager_pages), reinterpret_cast<uint32_t>(pager_pages)}};

bool is_pinned(uint32_t virt) {
  for (const Pinned& range : kPinned)
    if (virt + PAGE_SIZE > range.first && virt <= range.last) return true;
  return false;
}

void fill_in(uint32_t index, uint32_t pfn, uint32_t rights, uint32_t flags) {
  CHECK(index < PAGER_PAGES);
  const exo::CallResult made = exo::page_capability(pfn, rights);
  CHECK(made.ok());
  pager_pages[index] = {made.capability(), flags};
}

/// `action` gets the address, the frame number, and whether the page is writable.
template <typename Action>
void for_each_page_of_image(Action action) {
  const exo::Info& info = exo::info();
  for (uint32_t index = 0; index < info.segment_count; ++index) {
    const exo::InfoSegment& segment = info.segments[index];
    for (uint32_t page = 0; page < segment.pages; ++page)
      action(segment.virt + page * PAGE_SIZE, segment.first_pfn + page, segment.writable != 0);
  }
}

void add_tables() {
  uint32_t next = PAGER_TABLES;
  for (uint32_t table = 0; table < static_cast<uint32_t>(exo::Exposed::kCount); ++table) {
    const auto which = static_cast<exo::Exposed>(table);
    const exo::ExposedTable& where = exo::exposed_table(exo::info(), which);
    if (which == exo::Exposed::kSoftwareTlb || which == exo::Exposed::kDevices) continue;
    table_at[table] = PAGER_FIRST + next * PAGE_SIZE;
    const uint32_t flags = which == exo::Exposed::kTransfers ? EXO_MAP_UNCACHED : 0;
    for (uint32_t page = 0; page < where.pages; ++page)
      fill_in(next++, where.first_pfn + page, EXO_RIGHT_READ, flags);
  }
}

}  // namespace

void pager_start() {
  for_each_page_of_image([](uint32_t virt, uint32_t pfn, bool is_writable) {
    const uint32_t index = (virt - PAGER_FIRST) / PAGE_SIZE;
    CHECK(index < PAGER_TABLES);
    fill_in(index, pfn, EXO_RIGHT_READ | EXO_RIGHT_WRITE, is_writable ? EXO_MAP_WRITE : 0);
  });
  add_tables();
  for (const unsigned code : {EXC_TLBL, EXC_TLBS})
    exo::context().handlers[code] = reinterpret_cast<uint32_t>(&pager_upcall);
}

uint32_t guarantee_pager(const exo::Capability& environment) {
  uint32_t count = 0;
  for (uint32_t index = 0; index < PAGER_TABLES; ++index) {
    const uint32_t virt = PAGER_FIRST + index * PAGE_SIZE;
    const PagerEntry& entry = pager_pages[index];
    if (entry.capability.word[0] == 0 || !is_pinned(virt)) continue;
    CHECK(exo::env_guarantee(environment, virt | entry.flags, entry.capability).ok());
    ++count;
  }
  return count;
}

uint32_t release_image() {
  uint32_t count = 0;
  for_each_page_of_image([&](uint32_t virt, uint32_t, bool) {
    if (is_pinned(virt))
      ++count;
    else
      exo::unguarantee(virt);  // or has not been pinned
  });
  return count;
}

}  // namespace model
