// A terminal that knows how much was printed: the watchdog takes it for a sign of life.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/bus/device.hpp"

namespace exosim {

/// Passes everything on.
class CountingTerminal final : public Terminal {
 public:
  /// `terminal` must outlive it.
  explicit CountingTerminal(Terminal& terminal) : terminal_(terminal) {}

  void put(uint8_t character) override {
    ++printed_;
    terminal_.put(character);
  }
  std::optional<uint8_t> get() override { return terminal_.get(); }
  uint64_t printed() const { return printed_; }

 private:
  Terminal& terminal_;
  uint64_t printed_ = 0;
};

}  // namespace exosim
