// Which domain the code of each instruction belongs to, as the images declare it. docs/stats.md has
// the rules.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/base/result.hpp"
#include "sim/cpu/retired.hpp"
#include "sim/observe/code_map.hpp"
#include "sim/observe/word_map.hpp"

namespace exosim {

enum class Domain : uint8_t { kProtection, kMultiplexing, kManagement, kApplication, kIdle };

inline constexpr size_t kDomains = 5;

/// As markers and statistics name them, by Domain.
inline constexpr std::array<std::string_view, kDomains> kDomainNames = {
    "protection", "multiplexing", "management", "application", "idle"};

std::optional<Domain> parse_domain(std::string_view name);

class DomainMap {
 public:
  /// All images must be in `code`. Refuses markers with an unknown domain, outside a function, with
  /// two domains for one function, or that do not pair.
  static Result<DomainMap> create(const CodeMap& code);

  /// A step that ends in an exception is the crossing of a privilege boundary, whosever code it
  /// interrupts.
  Domain of(const Retired& retired) const {
    if (retired.exception.taken) [[unlikely]]
      return Domain::kProtection;
    const uint8_t declared = declared_.get(retired.fetched_from);
    if (declared != kUndeclared) return static_cast<Domain>(declared - 1);
    return retired.user_mode ? Domain::kApplication : kernel_default_;
  }

  /// Of kernel code that declares none.
  Domain kernel_default() const { return kernel_default_; }

 private:
  struct Extent;

  explicit DomainMap(Domain kernel_default) : kernel_default_(kernel_default) {}
  void declare(const CodeRange& range, const Extent& extent);

  static constexpr uint8_t kUndeclared = 0;

  Domain kernel_default_;
  WordMap<uint8_t> declared_;  // 1 + Domain, or kUndeclared
};

}  // namespace exosim
