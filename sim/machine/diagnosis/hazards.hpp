// CP0 and HI/LO hazards: places where the R3000 has no interlock and software must keep its
// distance. The processor here may behave as if all were well; the checker says where the real one
// need not.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "sim/cpu/cp0.hpp"
#include "sim/cpu/retired.hpp"

namespace exosim {

/// An instruction too close behind the one whose effect it needs, or one that has no defined
/// effect.
struct Hazard {
  /// "tlbwi 0 instructions after mtc0 to EntryHi; 1 must stand between"
  std::string text;
};

/// Follows every step of one processor.
class HazardChecker {
 public:
  /// The first hazard in which the step's instruction stands. `after` is CP0 after the step.
  std::optional<Hazard> look(const Retired& retired, const Cp0& after);

 private:
  /// When something was done last.
  using Step = uint64_t;

  std::optional<Hazard> check(const Retired& retired) const;
  std::optional<Hazard> check_mode(const Retired& retired, const Cp0& after) const;
  std::optional<Hazard> check_tlb_operation(const Retired& retired) const;
  std::optional<Hazard> check_translation(const Retired& retired) const;
  std::optional<Hazard> check_mapped(uint64_t required, const Retired& retired) const;
  std::optional<Hazard> check_cache_control(const Retired& retired) const;
  std::optional<Hazard> check_coprocessors(const Retired& retired) const;
  std::optional<Hazard> check_hi_lo(const Retired& retired) const;
  std::optional<Hazard> too_close(Step producer, uint64_t required, const char* name,
                                  const Retired& retired) const;
  void note(const Retired& retired, const Cp0& after);

  Step now_ = kLongAgo;
  std::optional<Cp0> before_;
  std::array<Step, 32> cop0_written_{};  // by mtc0
  std::array<Step, 4> usable_changed_{};
  Step tlb_written_ = 0;
  Step asid_changed_ = 0;
  bool asid_read_from_tlb_ = false;  // it was tlbr, not mtc0, that changed it
  Step cache_control_changed_ = 0;
  Step hi_lo_read_ = 0;

  /// More than any distance.
  static constexpr Step kLongAgo = 16;
};

}  // namespace exosim
