// Whose cycles they were: every cycle of a run is charged to exactly one domain, by where the
// instruction stands. docs/stats.md has the rules.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "sim/base/result.hpp"
#include "sim/observe/code_map.hpp"
#include "sim/observe/observer.hpp"
#include "sim/observe/recent_steps.hpp"
#include "sim/observe/word_map.hpp"

namespace exosim {

enum class Domain : uint8_t { kProtection, kMultiplexing, kManagement, kApplication, kIdle };

/// As markers and statistics name them, by Domain.
inline constexpr std::array<std::string_view, 5> kDomainNames = {
    "protection", "multiplexing", "management", "application", "idle"};

std::optional<Domain> parse_domain(std::string_view name);

/// Cycles by Domain.
using DomainTotals = std::array<uint64_t, kDomainNames.size()>;

/// Charges cycles; a stall to the domain of the instruction that caused it. Must see every step
/// from the clock's zero on; the totals then add up to the end of the last step. Time that passes
/// between two steps is idle.
class Domains final : public Observer {
 public:
  /// All images must be in `code`. Refuses markers with an unknown domain, outside a function, with
  /// two domains for one function, or that do not pair.
  static Result<std::unique_ptr<Domains>> create(const CodeMap& code);

  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override;
  const DomainTotals& totals() const { return totals_; }

 private:
  struct Extent;

  explicit Domains(Domain kernel_default)
      : kernel_default_(kernel_default), recent_(kernel_default) {}
  void declare(const CodeRange& range, const Extent& extent);
  Domain domain_of(const Retired& retired) const;
  void charge(Domain domain, uint64_t cycles) { totals_[static_cast<size_t>(domain)] += cycles; }

  static constexpr uint8_t kUndeclared = 0;

  Domain kernel_default_;
  WordMap<uint8_t> declared_;  // 1 + Domain, or kUndeclared
  RecentSteps<Domain> recent_;
  DomainTotals totals_{};
  Cycles seen_;  // charged so far
};

}  // namespace exosim
