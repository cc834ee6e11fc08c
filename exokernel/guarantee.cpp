// The tables and lists of guaranteed bindings. One is named by its place in the tables of all
// environments. In a page's list, which is a ring, those that a predicate has allowed come first.
#include "exokernel/guarantee.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/downloaded_code.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/page.hpp"
#include "exokernel/tlb.hpp"
#include "isa/machine/cp0.h"

namespace aegis {
namespace {

static_assert((kByPredicate & ENTRYLO_MASK) == 0);

/// The one before, and the one behind below it: words, as storing half of one takes longer.
uint32_t links[(kEnvironmentMax + 1) * EXO_GUARANTEED_MAX];
static_assert(sizeof links / sizeof(uint32_t) < kNoBinding);

uint32_t next_of(uint32_t name) { return links[name] & 0xffff; }
uint32_t previous_of(uint32_t name) { return links[name] >> 16; }

void chain(uint32_t name, uint32_t next) {
  links[name] = (links[name] & 0xffff0000) | next;
  links[next] = (name << 16) | (links[next] & 0xffff);
}

uint32_t name_of(const Environment& environment, unsigned index) {
  return uint32_t{environment.id} * EXO_GUARANTEED_MAX + index;
}

TransferRecord& record_of(uint32_t name) { return transfer_records[name / EXO_GUARANTEED_MAX]; }

TlbEntry& entry_of(uint32_t name) { return record_of(name).guaranteed[name % EXO_GUARANTEED_MAX]; }

bool is_by_predicate(uint32_t name) { return (entry_of(name).lo & kByPredicate) != 0; }

void set_first(Frame& page, uint32_t name) { page.first_guarantee = static_cast<uint16_t>(name); }

/// Puts a guarantee into the list of its page: at the beginning, or at the end.
void link(uint32_t name, Frame& page, bool is_first) {
  const uint32_t first = page.first_guarantee;
  if (first == kNoBinding) {
    chain(name, name);
  } else {
    chain(previous_of(first), name);
    chain(name, first);
  }
  if (first == kNoBinding || is_first) set_first(page, name);
}

void unlink(uint32_t name, Frame& page) {
  const uint32_t next = next_of(name);
  if (page.first_guarantee == name) set_first(page, next == name ? kNoBinding : next);
  chain(previous_of(name), next);
}

/// A guarantee gets another place in its environment's table.
void move(uint32_t from, uint32_t to) {
  entry_of(to) = entry_of(from);
  Frame& page = frame(entry_of(to).lo >> PAGE_SHIFT);
  if (page.first_guarantee == from) set_first(page, to);
  const uint32_t next = next_of(from);
  chain(next == from ? to : previous_of(from), to);
  if (next != from) chain(to, next);
}

void count_by_predicate(uint32_t pfn, int change) {
  CodeRecord& record = code_record(frame(pfn).predicate);
  record.guarantees = static_cast<uint16_t>(record.guarantees + change);
}

void change_count(Environment& environment, TransferRecord& record, int change) {
  environment.guaranteed_count += static_cast<unsigned>(change);
  record.guaranteed_end = environment.guaranteed + environment.guaranteed_count;
}

/// From so many on, one search through the processor's TLB is cheaper than one for each (ours).
constexpr uint32_t kMany = 16;

/// What the TLBs hold of a guarantee is dropped; of one of many, only from the software TLB. (An
/// environment that has address spaces has one that is current.)
void drop_in_spaces(const Environment& environment, uint32_t hi, bool is_of_many) {
  if (environment.space == 0) return;
  for (const uint32_t space : environment.spaces) {
    if (space == 0) continue;
    const uint32_t bound = (hi & ENTRYHI_VPN_MASK) | space;
    if (is_of_many)
      tlb_drop_from_software(bound);
    else
      tlb_drop(bound);
  }
}

/// Takes a guarantee out of its environment's table and its page's list; the page's count is the
/// caller's business. Returns the guarantee that has its name now, by the name that it had.
uint32_t remove(uint32_t name, bool is_of_many) {
  TransferRecord& record = record_of(name);
  Environment& environment = *record.environment;
  const TlbEntry entry = entry_of(name);
  const uint32_t pfn = entry.lo >> PAGE_SHIFT;
  drop_in_spaces(environment, entry.hi, is_of_many);
  unlink(name, frame(pfn));
  if ((entry.lo & kByPredicate) != 0) count_by_predicate(pfn, -1);
  change_count(environment, record, -1);
  const uint32_t last =
      name / EXO_GUARANTEED_MAX * EXO_GUARANTEED_MAX + environment.guaranteed_count;
  if (last != name) move(last, name);
  return last;
}

}  // namespace

uint32_t check_guarantee(const Environment& environment, TlbEntry entry) {
  const uint32_t pfn = entry.lo >> PAGE_SHIFT;
  if (environment.find_guarantee(entry.hi & ENTRYHI_VPN_MASK) != kNoGuarantee)
    return EXO_ERROR_BUSY;
  if (environment.guaranteed_count == EXO_GUARANTEED_MAX) return EXO_ERROR_LIMIT;
  // An exposed page is the kernel's for good: its guarantees are never broken all at once.
  const bool is_limited = is_environment(page_record(pfn).owner);
  if (is_limited && page_record(pfn).guarantees >= EXO_GUARANTEES_OF_PAGE_MAX)
    return EXO_ERROR_LIMIT;
  const bool is_by_code = (entry.lo & kByPredicate) != 0;
  return is_by_code && code_record(frame(pfn).predicate).guarantees == EXO_GUARANTEES_BY_CODE_MAX
             ? EXO_ERROR_LIMIT
             : 0;
}

void guarantee_add(Environment& environment, TlbEntry entry) {
  const uint32_t name = name_of(environment, environment.guaranteed_count);
  const uint32_t pfn = entry.lo >> PAGE_SHIFT;
  const bool is_by_code = (entry.lo & kByPredicate) != 0;
  environment.guaranteed[environment.guaranteed_count] = entry;
  change_count(environment, record_of(name), 1);
  link(name, frame(pfn), is_by_code);
  ++page_record(pfn).guarantees;
  if (is_by_code) count_by_predicate(pfn, 1);
}

void guarantee_remove(Environment& environment, unsigned index) {
  --page_record(environment.guaranteed[index].lo >> PAGE_SHIFT).guarantees;
  remove(name_of(environment, index), false);
}

void guarantee_drop(const Environment& environment, uint32_t virt) {
  drop_in_spaces(environment, virt, false);
}

/// From the end: the newest of an environment, the last in its table, come first.
void guarantees_break(uint32_t pfn, const Environment* keeper) {
  uint32_t kept = page_record(pfn).guarantees;
  if (kept == 0) return;
  const bool is_of_many = kept >= kMany;
  if (is_of_many) frame(pfn).bindings = Bindings::kMany;
  uint32_t name = previous_of(frame(pfn).first_guarantee);
  for (uint32_t left = kept; left != 0; --left) {
    const uint32_t before = previous_of(name);
    const bool is_kept = keeper != nullptr && name / EXO_GUARANTEED_MAX == keeper->id;
    const bool is_renamed = !is_kept && remove(name, is_of_many) == before;
    if (!is_kept) --kept;
    if (!is_renamed) name = before;
  }
  page_record(pfn).guarantees = static_cast<uint16_t>(kept);
}

void guarantees_break_by_predicate(uint32_t pfn) {
  const uint16_t& first = frame(pfn).first_guarantee;
  if (first == kNoBinding || !is_by_predicate(first)) return;
  const bool is_of_many = code_record(frame(pfn).predicate).guarantees >= kMany;
  if (is_of_many) frame(pfn).bindings = Bindings::kMany;
  for (; first != kNoBinding && is_by_predicate(first); remove(first, is_of_many))
    --page_record(pfn).guarantees;
}

void guarantees_become_own(Environment& environment, uint32_t pfn) {
  for (unsigned index = 0; index < environment.guaranteed_count; ++index) {
    uint32_t& lo = environment.guaranteed[index].lo;
    if (lo >> PAGE_SHIFT != pfn || (lo & kByPredicate) == 0) continue;
    lo &= ~kByPredicate;
    count_by_predicate(pfn, -1);
    unlink(name_of(environment, index), frame(pfn));
    link(name_of(environment, index), frame(pfn), false);
  }
}

void guarantees_remove(Environment& environment) {
  while (environment.guaranteed_count != 0)
    guarantee_remove(environment, environment.guaranteed_count - 1);
}

}  // namespace aegis
