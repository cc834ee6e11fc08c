// Operands on which floating-point arithmetic changes its mind, in all rounding modes, and random
// ones around them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "isa/insn.hpp"

namespace exosim::differential {

/// One operation: operands on the way in, result and FCR31 on the way out. As it lies in the
/// memory of the guest that executes it.
struct FloatCase {
  uint64_t fs = 0;
  uint64_t ft = 0;
  uint64_t fd = 0;    // before the operation: what a result would overwrite
  uint32_t fcsr = 0;  // before it: the rounding mode
  uint32_t fcsr_out = 0;
};
static_assert(sizeof(FloatCase) == 32);

/// Every pair of special operands of the format in every rounding mode, then random ones until
/// there are `count`. kWord has integers as operands.
std::vector<FloatCase> make_float_cases(isa::FloatFormat format, size_t count, uint64_t seed);

}  // namespace exosim::differential
