// Level-sensitive interrupt lines from devices to the six hardware bits of Cause.IP.
#pragma once

#include <array>
#include <cstdint>

namespace exosim {

/// The processor's interrupt pins. Several devices may share one; it is high while any of them
/// holds it. The processor reads level() live, so a pin drops when its device drops it.
class InterruptPins {
 public:
  /// Bits 7:2 as they stand in Cause.IP (bit n here is IPn).
  uint8_t level() const { return level_; }
  void raise(unsigned ip) {
    if (holders_[ip]++ == 0) level_ = static_cast<uint8_t>(level_ | (1u << ip));
  }
  void lower(unsigned ip) {
    if (--holders_[ip] == 0) level_ = static_cast<uint8_t>(level_ & ~(1u << ip));
  }

 private:
  uint8_t level_ = 0;
  std::array<uint16_t, 8> holders_{};
};

/// One device's hold on one pin; a line wired to nothing ignores what it is told.
class InterruptLine {
 public:
  InterruptLine() = default;
  /// `ip` is 2..7.
  InterruptLine(InterruptPins& pins, unsigned ip) : pins_(&pins), ip_(ip) {}

  void set(bool high) {
    if (high == high_) return;
    high_ = high;
    if (!pins_) return;
    high ? pins_->raise(ip_) : pins_->lower(ip_);
  }
  bool is_high() const { return high_; }

 private:
  InterruptPins* pins_ = nullptr;
  unsigned ip_ = 0;
  bool high_ = false;
};

}  // namespace exosim
