// Quotients of counts as decimal text, rounded exactly: the same digits on every host.
#pragma once

#include <cstdint>
#include <string>

namespace exosim {

/// numerator / denominator with `digits` (1 to 9) decimals, half rounded up. `denominator` > 0.
std::string quotient_text(uint64_t numerator, uint64_t denominator, unsigned digits);

}  // namespace exosim
