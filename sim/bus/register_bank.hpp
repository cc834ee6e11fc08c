// A device's registers as data: offset, name, documentation, what reading and writing do.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace exosim {

/// One register. An empty `read` or `write` means that the access is a guest error.
struct Register {
  uint32_t offset;
  std::string_view name;  // as in isa/devices, without the device's prefix
  std::string_view doc;
  std::function<uint32_t()> read{};
  std::function<void(uint32_t)> write{};
  std::function<uint32_t()> peek{};  // reading without effects; empty: `read` has none
};

/// The registers of one device, sorted by offset.
class RegisterBank {
 public:
  /// `byte_access`: bytes and halfwords are allowed too (the value is zero-extended).
  RegisterBank(std::initializer_list<Register> registers, bool byte_access = false);

  /// nullopt if there is no such register, it is write-only, or the width is not allowed.
  std::optional<uint32_t> read(uint32_t offset, unsigned width);
  /// False if there is no such register, it is read-only, or the width is not allowed.
  bool write(uint32_t offset, unsigned width, uint32_t value);
  /// What write() would return, without effects.
  bool accepts(uint32_t offset, unsigned width) const;
  /// As read, but without effects.
  std::optional<uint32_t> peek(uint32_t offset, unsigned width) const;
  const std::vector<Register>& registers() const { return registers_; }

 private:
  const Register* find(uint32_t offset, unsigned width) const;

  std::vector<Register> registers_;
  bool byte_access_;
};

}  // namespace exosim
