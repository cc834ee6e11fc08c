// Writes to devices that take effect when they leave the write buffer, and not when they are
// executed: timing, which keeps the buffer, hands them on.
#pragma once

#include <cstdint>

#include "sim/base/types.hpp"

namespace exosim {

class PostedWrites {
 public:
  virtual ~PostedWrites() = default;
  /// The write is on the bus: of the word at `word` the bytes whose bit is set in `bytes`, each in
  /// its lane of `value`.
  virtual void deliver(PhysAddr word, uint8_t bytes, uint32_t value) = 0;
};

}  // namespace exosim
