// See ledger.hpp.
#include "sim/observe/ledger/ledger.hpp"

#include "isa/machine/memory_map.h"

namespace exosim {

Result<std::unique_ptr<Ledger>> Ledger::create(const CodeMap& code, Operations::Samples samples) {
  auto domains = DomainMap::create(code);
  if (!domains) return domains.error();
  auto owners = Owners::create(code);
  if (!owners) return owners.error();
  return std::unique_ptr<Ledger>(
      new Ledger(std::move(*domains), std::move(*owners), Operations(code, samples)));
}

Ledger::Ledger(DomainMap domains, Owners owners, Operations operations)
    : domains_(std::move(domains)),
      owners_(std::move(owners)),
      operations_(std::move(operations)),
      recent_(domains_.kernel_default()) {}

void Ledger::on_retired(Cycles begin, const StepCost& cost, const Retired& retired) {
  if (retired.pc.value < KSEG0_BASE) owners_.enter(retired.asid);
  bool changes = owners_.current() != step_owner_;
  step_owner_ = owners_.current();
  if (retired.counts_as_instruction()) {
    const uint32_t site = retired.fetched ? operations_.site_at(retired.fetched_from) : 0;
    if (site != 0) [[unlikely]] {
      operations_.fire(site, step_owner_, {begin, instructions_, totals_});
      changes = true;
    }
    ++instructions_;
  }
  if (changes) [[unlikely]]
    settle();
  recent_.push(domains_.of(retired));
  ++totals_[recent_[0]].cycles[kExecute];
  if (cost.has_stalls()) [[unlikely]]
    for (size_t age = 0; age < StepCost::kAges; ++age) totals_[recent_[age]].add(cost.stalls[age]);
  owners_.see(retired);
}

void Ledger::on_cold_start(Cycles now, PhysAddr site, unsigned asid) {
  operations_.begin_cold(site, owners_.in_space(asid), {now, instructions_, totals_});
}

/// The cycles so far go to whom they belong; those to come to who runs now, in what is open now.
void Ledger::settle() {
  ++changes_;
  const Key next{operations_.innermost(step_owner_), step_owner_};
  if (next == open_) return;
  charge(entries_);
  settled_ = totals_;
  open_ = next;
}

void Ledger::charge(std::map<Key, CycleTable>& entries) const {
  Key key = open_;
  if (entries.size() >= kMaxEntries && !entries.contains(key)) key.second = kOthers;
  entries[key] += totals_.since(settled_);
}

std::vector<LedgerEntry> Ledger::entries() const {
  std::map<Key, CycleTable> all = entries_;
  charge(all);
  std::vector<LedgerEntry> entries;
  for (const auto& [key, table] : all) {
    if (table == CycleTable{}) continue;
    const auto [operation, owner] = key;
    LedgerEntry entry{.owner_number = owner,
                      .owner = owner == kOthers ? "others" : owners_.name(owner),
                      .table = table};
    if (operation != Operations::kNone) {
      entry.operation = operations_.name(operation);
      entry.image = operations_.image(operation);
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace exosim
