// The machine's one clock, in processor cycles.
#pragma once

#include "sim/base/types.hpp"

namespace exosim {

/// Time since reset. Only the machine's main loop advances it.
class Clock {
 public:
  Cycles now() const { return now_; }
  void advance(Cycles by) { now_ += by; }

 private:
  Cycles now_;
};

}  // namespace exosim
