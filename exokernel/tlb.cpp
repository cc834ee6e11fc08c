// TLB and software TLB. An unused TLB entry carries a kseg0 page number, which is never looked up;
// each its own, because the hardware must not hold two entries that match.
#include "exokernel/tlb.hpp"

#include "exokernel/cp0.hpp"
#include "exokernel/downloaded_code.hpp"
#include "exokernel/page.hpp"
#include "exokernel/software_tlb.h"
#include "exokernel/transfer.h"
#include "isa/machine/memory_map.h"
#include "isa/markers.h"

extern "C" {
/// Whole pages: everyone may read it.
alignas(PAGE_SIZE) aegis::TlbEntry software_tlb[SOFTWARE_TLB_ENTRIES];
extern const uint8_t kernel_block[];
}

namespace aegis {
namespace {

constexpr uint32_t kFirstRandom = RANDOM_LOW;  // the entries before are wired

/// EntryHi as it is between kernel calls.
void restore_space() { tlb_set_space(transfer_record(processor.current).space); }

/// The same function as in vectors.S and tlb_miss.S.
TlbEntry& software_entry(uint32_t entry_hi) {
  const uint32_t offset =
      ((entry_hi >> SOFTWARE_TLB_VPN_SHIFT) ^ (entry_hi << SOFTWARE_TLB_ASID_SHIFT)) &
      SOFTWARE_TLB_INDEX_MASK;
  return software_tlb[offset / sizeof(TlbEntry)];
}

/// Makes an entry unmatchable.
void clear_indexed(uint32_t index) {
  write_cp0<CP0_INDEX>(index);
  write_cp0<CP0_ENTRYHI>(KSEG0_BASE + ((index >> INDEX_SHIFT) << PAGE_SHIFT));
  write_cp0<CP0_ENTRYLO>(0);
  tlb_write_indexed();
}

/// Maps a page of the kernel's for good, in every address space.
void wire_page(uint32_t slot, int32_t virt, const void* page) {
  write_cp0<CP0_INDEX>(slot << INDEX_SHIFT);
  write_cp0<CP0_ENTRYHI>(static_cast<uint32_t>(virt));
  write_cp0<CP0_ENTRYLO>((reinterpret_cast<uintptr_t>(page) - KSEG0_BASE) | ENTRYLO_V | ENTRYLO_D |
                         ENTRYLO_G);
  tlb_write_indexed();
}

/// The entries of the software TLB that bind one page form a list, which begins in its Frame; so
/// they are found without a search. The refill path may put a guaranteed binding over an entry:
/// then that stays in the list of the page it was for, where it is passed over.
struct Link {
  uint16_t next;
  uint16_t previous;
  uint32_t pfn : 20;     // as wide as in EntryLo: whose list; 0: none (page 0 has the vectors)
  uint32_t behind : 12;  // at most so many entries are behind it
};
/// Entries of a list at a time (ours): breaking all bindings of a page must not take long. With one
/// more the others are forgotten, as bindings may be.
constexpr uint32_t kListed = 512;
static_assert(SOFTWARE_TLB_ENTRIES <= 1 << 12);
Link links[SOFTWARE_TLB_ENTRIES];

void unlink(uint16_t entry) {
  Link& link = links[entry];
  if (link.pfn == 0) return;
  if (link.previous != kNoBinding)
    links[link.previous].next = link.next;
  else
    frame(link.pfn).first_binding = link.next;
  if (link.next != kNoBinding) links[link.next].previous = link.previous;
  link.pfn = 0;
}

void link_to(uint16_t entry, uint32_t pfn) {
  if (links[entry].pfn == pfn) return;
  unlink(entry);
  uint16_t& first = frame(pfn).first_binding;
  if (first != kNoBinding && links[first].behind == kListed - 1) tlb_drop_frame(pfn);
  const uint32_t behind = first == kNoBinding ? 0 : links[first].behind + 1;
  links[entry] = {
      .next = first, .previous = kNoBinding, .pfn = pfn & 0xfffff, .behind = behind & 0xfff};
  if (first != kNoBinding) links[first].previous = entry;
  first = entry;
}

bool binds(TlbEntry entry, uint32_t pfn) {
  return (entry.lo & ENTRYLO_V) != 0 && entry.lo >> PAGE_SHIFT == pfn;
}

/// Drops what the software TLB has of a page.
void drop_from_software(uint32_t pfn) {
  uint16_t& first = frame(pfn).first_binding;
  while (first != kNoBinding) {
    TlbEntry& entry = software_tlb[first];
    if (binds(entry, pfn)) entry = {};
    unlink(first);
  }
}

/// Clears the entries of the TLB for which `is_dropped` returns true.
template <typename IsDropped>
void clear_all(IsDropped is_dropped) {
  for (uint32_t slot = kFirstRandom; slot < TLB_ENTRIES; ++slot) {
    const uint32_t index = slot << INDEX_SHIFT;
    write_cp0<CP0_INDEX>(index);
    tlb_read();
    if (is_dropped(TlbEntry{read_cp0<CP0_ENTRYHI>(), read_cp0<CP0_ENTRYLO>()}))
      clear_indexed(index);
  }
  restore_space();
}

}  // namespace

void tlb_set_space(uint32_t space) { write_cp0<CP0_ENTRYHI>(space); }

void tlb_expose() {
  const auto begin = reinterpret_cast<uintptr_t>(software_tlb);
  pages_expose(begin, begin + sizeof software_tlb);
}

void tlb_wire() {
  for (uint32_t slot = 0; slot < kFirstRandom; ++slot) clear_indexed(slot << INDEX_SHIFT);
  wire_page(0, KERNEL_BLOCK_VA, kernel_block);
  constexpr uint32_t kRecordPages = sizeof(transfer_records) / PAGE_SIZE;
  static_assert(sizeof(transfer_records) % PAGE_SIZE == 0 && kRecordPages < kFirstRandom);
  const auto* records = reinterpret_cast<const uint8_t*>(transfer_records);
  for (uint32_t page = 0; page < kRecordPages; ++page)
    wire_page(1 + page, TRANSFER_RECORDS_VA + static_cast<int32_t>(page * PAGE_SIZE),
              records + page * PAGE_SIZE);
}

void tlb_reset() {
  EXO_DOMAIN("multiplexing");
#pragma GCC unroll 16
  for (TlbEntry& entry : software_tlb) entry.hi = 0;
  for (uint32_t slot = kFirstRandom; slot < TLB_ENTRIES; ++slot) clear_indexed(slot << INDEX_SHIFT);
}

void tlb_insert(TlbEntry entry) {
  EXO_DOMAIN("multiplexing");
  TlbEntry& place = software_entry(entry.hi);
  place = entry;
  const auto number = static_cast<uint16_t>(&place - software_tlb);
  if (is_page(entry.lo >> PAGE_SHIFT))
    link_to(number, entry.lo >> PAGE_SHIFT);
  else
    unlink(number);
  write_cp0<CP0_ENTRYHI>(entry.hi);
  write_cp0<CP0_ENTRYLO>(entry.lo);
  if ((tlb_probe() & INDEX_P) != 0)
    tlb_write_random();
  else
    tlb_write_indexed();
}

void tlb_drop_from_software(uint32_t entry_hi) {
  TlbEntry& entry = software_entry(entry_hi);
  if (entry.hi == entry_hi) entry = {};
}

void tlb_drop(uint32_t entry_hi) {
  EXO_DOMAIN("multiplexing");
  tlb_drop_from_software(entry_hi);
  write_cp0<CP0_ENTRYHI>(entry_hi);
  const uint32_t index = tlb_probe();
  if ((index & INDEX_P) == 0) clear_indexed(index);
  restore_space();
}

void tlb_drop_frame(uint32_t pfn) {
  EXO_DOMAIN("protection");
  drop_from_software(pfn);
  clear_all([pfn](TlbEntry entry) { return binds(entry, pfn); });
}

uint32_t tlb_listed(uint32_t pfn) {
  const uint16_t first = frame(pfn).first_binding;
  return first == kNoBinding ? 0 : links[first].behind + 1u;
}

void tlb_drop_predicated(uint32_t code) {
  EXO_DOMAIN("protection");
  const CodeRecord& record = code_record(code);
  for (uint32_t index = 0; index < record.predicated_count; ++index)
    drop_from_software(record.predicated[index]);
  clear_all([code](TlbEntry entry) {
    const uint32_t pfn = entry.lo >> PAGE_SHIFT;
    return is_page(pfn) && binds(entry, pfn) && frame(pfn).predicate == code;
  });
}

}  // namespace aegis
