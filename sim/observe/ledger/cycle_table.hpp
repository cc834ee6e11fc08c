// Cycles by domain and cause: the two last coordinates of the ledger's cells.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/observe/cycle_causes.hpp"
#include "sim/observe/ledger/domain_map.hpp"

namespace exosim {

/// Cycles by Domain.
using DomainTotals = std::array<uint64_t, kDomains>;

struct CycleTable {
  std::array<CauseTotals, kDomains> by_domain{};

  CauseTotals& operator[](Domain domain) { return by_domain[static_cast<size_t>(domain)]; }
  const CauseTotals& operator[](Domain domain) const {
    return by_domain[static_cast<size_t>(domain)];
  }
  CycleTable& operator+=(const CycleTable& other) {
    for (size_t domain = 0; domain < kDomains; ++domain)
      by_domain[domain] += other.by_domain[domain];
    return *this;
  }
  /// Of a table that only grows: what was added since `earlier`.
  CycleTable since(const CycleTable& earlier) const {
    CycleTable added;
    for (size_t domain = 0; domain < kDomains; ++domain)
      added.by_domain[domain] = by_domain[domain].since(earlier.by_domain[domain]);
    return added;
  }
  CauseTotals causes() const {
    CauseTotals totals;
    for (const CauseTotals& causes : by_domain) totals += causes;
    return totals;
  }
  DomainTotals domains() const {
    DomainTotals totals{};
    for (size_t domain = 0; domain < kDomains; ++domain) totals[domain] = by_domain[domain].sum();
    return totals;
  }
  uint64_t sum() const { return causes().sum(); }

  friend bool operator==(const CycleTable&, const CycleTable&) = default;
};

}  // namespace exosim
