// The verifier of downloaded code.
#pragma once

#include <cstdint>

namespace aegis {

/// Why code is refused, and where.
struct CodeRefusal {
  uint32_t reason;  // EXO_CODE_..., or 0: it is not
  uint32_t index;   // of the instruction
};

/// Checks `count` (1 to EXO_CODE_MAX) instructions. What passes ends in at most as many steps as it
/// has instructions, raises no exception once its loads and stores have been translated, reads no
/// register that it has not been given, and means the same on every R3000. Instructions are
/// reported in their order.
CodeRefusal verify_code(const uint32_t* words, uint32_t count);

}  // namespace aegis
