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

  /// What is known of an instruction word.
  struct Code {
    uint8_t bits;

    bool is_marked() const { return (bits & kMarked) != 0; }
  };
  Code code_at(PhysAddr address) const { return {code_.get(address)}; }
  /// Lets code_at() say later that something else is known of this word.
  void mark(PhysAddr address);

  /// A step that ends in an exception is the crossing of a privilege boundary, whosever code it
  /// interrupts. `code` is what code_at() says of its instruction.
  Domain of(const Retired& retired, Code code) const {
    if (retired.exception.taken) [[unlikely]]
      return Domain::kProtection;
    const auto declared = static_cast<uint8_t>(code.bits & ~kMarked);
    if (declared != kUndeclared) return static_cast<Domain>(declared - 1);
    return retired.user_mode ? Domain::kApplication : kernel_default_;
  }
  Domain of(const Retired& retired) const { return of(retired, code_at(retired.fetched_from)); }

  /// Of kernel code that declares none.
  Domain kernel_default() const { return kernel_default_; }

 private:
  struct Extent;

  explicit DomainMap(Domain kernel_default) : kernel_default_(kernel_default) {}
  void declare(const CodeRange& range, const Extent& extent);

  static constexpr uint8_t kUndeclared = 0;
  static constexpr uint8_t kMarked = 0x80;

  Domain kernel_default_;
  WordMap<uint8_t> code_;  // 1 + Domain, or kUndeclared; and kMarked
};

}  // namespace exosim
