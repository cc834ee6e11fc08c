// See ledger.hpp.
#include "sim/observe/ledger/ledger.hpp"

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
      recent_(domains_.kernel_default()) {
  for (const PhysAddr address : operations_.addresses()) domains_.mark(address);
}

/// Before a step at a marker, or the first of another owner.
void Ledger::begin_step(Cycles begin, const Retired& retired) {
  step_owner_ = owners_.current();
  const uint32_t site = retired.fetched ? operations_.site_at(retired.fetched_from) : 0;
  if (site != 0 && retired.counts_as_instruction())
    operations_.fire(site, step_owner_, {begin, instructions_, totals_});
  settle();
}

void Ledger::charge(const StepCost& cost) {
  cost.for_each(
      [this](size_t age, const StallCounts& stalls) { totals_[recent_[age]].add(stalls); });
}

void Ledger::on_cold_start(Cycles now, PhysAddr site, unsigned asid) {
  operations_.begin_cold(site, owners_.in_space(asid), {now, instructions_, totals_});
}

/// The cycles so far go to whom they belong; those to come to who runs now, in what is open now.
void Ledger::settle() {
  ++changes_;
  const Key next{operations_.innermost(step_owner_), step_owner_};
  if (next == open_) return;
  settle_into(entries_);
  settled_ = totals_;
  open_ = next;
}

void Ledger::settle_into(std::map<Key, CycleTable>& entries) const {
  Key key = open_;
  if (entries.size() >= kMaxEntries && !entries.contains(key)) key.second = kOthers;
  entries[key] += totals_.since(settled_);
}

std::vector<LedgerEntry> Ledger::entries() const {
  std::map<Key, CycleTable> all = entries_;
  settle_into(all);
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
