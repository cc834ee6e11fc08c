// Exceptions by their short names, and how many of each a run took.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "isa/machine/exceptions.h"
#include "sim/observe/observer.hpp"

namespace exosim {

/// The R3000 manual's names, by Cause.ExcCode.
inline constexpr std::array<std::string_view, EXC_COUNT> kExceptionNames = {
    "Int", "Mod", "TLBL", "TLBS", "AdEL", "AdES", "IBE", "DBE", "Sys", "Bp", "RI", "CpU", "Ov"};

struct ExceptionTotals {
  std::array<uint64_t, EXC_COUNT> by_code{};
  uint64_t utlb_refills = 0;  // those of TLBL and TLBS that went through the UTLB vector
};

class ExceptionCounter final : public Observer {
 public:
  void on_retired(Cycles /*begin*/, const StepCost& /*cost*/, const Retired& retired) override {
    if (!retired.exception.taken) [[likely]]
      return;
    ++totals_.by_code[retired.exception.code];
    totals_.utlb_refills += retired.exception.refill;
  }
  const ExceptionTotals& totals() const { return totals_; }

 private:
  ExceptionTotals totals_;
};

}  // namespace exosim
