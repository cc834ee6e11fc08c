// Whose cycles they are: the environment (process, task) on whose behalf the processor runs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/cpu/retired.hpp"
#include "sim/observe/code_map.hpp"

namespace exosim {

/// A kernel declares by a marker (MARKER_OWNER, isa/markers.h) which word of its memory says who
/// runs; whatever is stored there names the owner from the next step on. Of a kernel that declares
/// none, the owner is the address space of the last step in kuseg.
class Owners {
 public:
  /// All images must be in `code`. Refuses a second declaration, and one whose name has no divisor.
  static Result<Owners> create(const CodeMap& code);

  /// Who runs in address space `asid`, as far as can be told from that.
  uint32_t in_space(unsigned asid) const { return word_ ? current_ : 1 + asid; }
  /// A step in kuseg.
  void enter(unsigned asid) { current_ = in_space(asid); }
  /// After a step: a store may have changed who runs.
  void see(const Retired& retired) {
    if (retired.data.kind != DataAccess::Kind::kStore || !word_) return;
    if (retired.data.phys == *word_ && retired.data.width == 4 && !retired.exception.taken)
      current_ = retired.data.value / divisor_;
  }
  /// 0: nobody, only the kernel.
  uint32_t current() const { return current_; }
  /// "kernel", "environment 7" or "address space 3".
  std::string name(uint32_t owner) const;

 private:
  std::optional<PhysAddr> word_;
  std::string kind_ = "address space";
  uint32_t divisor_ = 1;
  uint32_t current_ = 0;
};

}  // namespace exosim
