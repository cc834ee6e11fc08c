// Look-up of a device's registers and the rules of access width.
#include "sim/bus/register_bank.hpp"

#include <algorithm>
#include <cassert>

namespace exosim {

namespace {

uint32_t low_bytes(uint32_t value, unsigned width) {
  return width >= 4 ? value : value & ((1u << (8 * width)) - 1);
}

}  // namespace

RegisterBank::RegisterBank(std::initializer_list<Register> registers, bool byte_access)
    : registers_(registers), byte_access_(byte_access) {
  std::ranges::sort(registers_, {}, &Register::offset);
  assert(std::ranges::adjacent_find(registers_, {}, &Register::offset) == registers_.end());
}

const Register* RegisterBank::find(uint32_t offset, unsigned width) const {
  if (width != 4 && !byte_access_) return nullptr;
  const auto found = std::ranges::lower_bound(registers_, offset, {}, &Register::offset);
  return found != registers_.end() && found->offset == offset ? &*found : nullptr;
}

std::optional<uint32_t> RegisterBank::read(uint32_t offset, unsigned width) {
  const Register* found = find(offset, width);
  if (!found || !found->read) return std::nullopt;
  return low_bytes(found->read(), width);
}

bool RegisterBank::write(uint32_t offset, unsigned width, uint32_t value) {
  const Register* found = find(offset, width);
  if (!found || !found->write) return false;
  found->write(low_bytes(value, width));
  return true;
}

bool RegisterBank::accepts(uint32_t offset, unsigned width) const {
  const Register* found = find(offset, width);
  return found && found->write;
}

std::optional<uint32_t> RegisterBank::peek(uint32_t offset, unsigned width) const {
  const Register* found = find(offset, width);
  if (!found || !found->read) return std::nullopt;
  return low_bytes(found->peek ? found->peek() : found->read(), width);
}

}  // namespace exosim
