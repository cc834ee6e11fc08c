// Whose cycles they are: the environment (process, task) on whose behalf the processor runs.
#pragma once

#include <cstdint>
#include <string>

#include "isa/machine/memory_map.h"
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
  uint32_t in_space(unsigned asid) const { return is_declared_ ? current_ : 1 + asid; }
  /// Before a step.
  void enter(const Retired& retired) {
    if (!is_declared_ && retired.pc.value < KSEG0_BASE) current_ = 1 + retired.asid;
  }
  /// After a step: a store may have changed who runs.
  void see(const Retired& retired) {
    const DataAccess& data = retired.data;
    if (data.phys == word_ && data.kind == DataAccess::Kind::kStore && data.width == 4 &&
        !retired.exception.taken && is_declared_)
      current_ = data.value / divisor_;
  }
  /// 0: nobody, only the kernel.
  uint32_t current() const { return current_; }
  /// "kernel", "environment 7" or "address space 3".
  std::string name(uint32_t owner) const;

 private:
  bool is_declared_ = false;
  PhysAddr word_;  // if so
  std::string kind_ = "address space";
  uint32_t divisor_ = 1;
  uint32_t current_ = 0;
};

}  // namespace exosim
