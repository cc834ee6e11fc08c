// The part of the rows' vocabulary that almost every instruction uses, to be compiled into the rows
// themselves: registers, branches, and loads and stores that hit RAM.
#pragma once

#include <cstdint>
#include <cstring>

#include "isa/machine/cp0.h"
#include "sim/cpu/interpreter.hpp"

namespace exosim {

inline bool Interpreter::interrupt_pending() const {
  const uint32_t pins = static_cast<uint32_t>(pins_.level() | fpu_interrupt_) << CAUSE_IP_SHIFT;
  return ((pins | software_interrupts_) & enabled_interrupts_) != 0;
}

inline void Interpreter::set_gpr(unsigned r, Value value) {
  state_.gpr[r] = value;
  overrule_arriving_load(arriving_, r);
  retired_.dest = static_cast<uint8_t>(r);
  retired_.dest_value = value;
}

inline void Interpreter::set_hi_lo(HiLo value) {
  state_.hi = value.hi;
  state_.lo = value.lo;
}

inline Interpreter::Value Interpreter::shift_right_arithmetic(Value value, Value by) {
  return static_cast<Value>(static_cast<int32_t>(value) >> (by & 31));
}

inline void Interpreter::add_or_overflow(unsigned r, Value a, Value b) {
  int32_t sum = 0;
  if (__builtin_add_overflow(static_cast<int32_t>(a), static_cast<int32_t>(b), &sum)) [[unlikely]]
    return raise({.code = EXC_OV});
  set_gpr(r, static_cast<Value>(sum));
}

inline void Interpreter::subtract_or_overflow(unsigned r, Value a, Value b) {
  int32_t difference = 0;
  if (__builtin_sub_overflow(static_cast<int32_t>(a), static_cast<int32_t>(b), &difference))
      [[unlikely]] {
    return raise({.code = EXC_OV});
  }
  set_gpr(r, static_cast<Value>(difference));
}

inline void Interpreter::branch_if(Value taken, uint32_t offset) {
  const uint32_t base = delay_slot_pc(state_).value;
  open_delay_slot(state_, retired_.pc);
  state_.next_pc = {base + (taken ? offset : 4)};
  retired_.branch_taken = taken != 0;
}

inline void Interpreter::jump_to(Value target) {
  open_delay_slot(state_, retired_.pc);
  state_.next_pc = {target};
  retired_.branch_taken = true;
}

inline void Interpreter::jump_region(uint32_t index) {
  jump_to((delay_slot_pc(state_).value & 0xf0000000) | (index << 2));
}

/// Bytes on the bus. lwl and lwr read the whole word and take what they need of it.
constexpr unsigned load_width(isa::Access access) {
  switch (access) {
    case isa::Access::kByte:
    case isa::Access::kByteUnsigned:
      return 1;
    case isa::Access::kHalf:
    case isa::Access::kHalfUnsigned:
      return 2;
    default:
      return 4;
  }
}

constexpr bool is_misaligned(isa::Access access, uint32_t address) {
  const bool any = access == isa::Access::kLeft || access == isa::Access::kRight;
  return !any && address % load_width(access) != 0;
}

inline void Interpreter::load(isa::Access access, unsigned r, Value address) {
  if (is_misaligned(access, address)) [[unlikely]]
    return raise({.code = EXC_ADEL, .bad_address = {address}});
  uint32_t raw = 0;
  if (!read_data({address}, load_width(access), raw)) [[unlikely]]
    return;
  const Value value = extend(access, r, address, raw);
  retired_.data.value = value;
  issue_load(r, value);
}

inline Interpreter::Value Interpreter::extend(isa::Access access, unsigned r, Value address,
                                              uint32_t raw) const {
  switch (access) {
    case isa::Access::kByte:
      return static_cast<Value>(static_cast<int8_t>(raw));
    case isa::Access::kHalf:
      return static_cast<Value>(static_cast<int16_t>(raw));
    case isa::Access::kLeft:
      return merge_left(value_in_flight(state_, arriving_, r), raw, lane(address, 1));
    case isa::Access::kRight:
      return merge_right(value_in_flight(state_, arriving_, r), raw, lane(address, 1));
    default:
      return raw;
  }
}

// Not before the load is known to succeed: a faulting load leaves its register alone, and what is
// arriving there too (test: load_delay_5_faulting_load_keeps_register).
inline void Interpreter::issue_load(unsigned r, Value value) {
  overrule_arriving_load(arriving_, r);
  state_.load = {r, value};
  retired_.dest = static_cast<uint8_t>(r);
  retired_.dest_value = value;
}

inline bool Interpreter::read_data(VirtAddr address, unsigned width, uint32_t& raw) {
  const uint32_t bus_address = address.value & ~(width - 1);
  const PageView& view = views_.slot(address.value);
  if (view.load_key != page_key(address)) [[unlikely]]
    return read_data_slowly(address, width, raw);
  const uint32_t offset = bus_address % PAGE_SIZE;
  const PhysAddr phys{view.phys_page | offset};
  const bool cached = view.data_cached;
  if (!cached) {
    std::memcpy(&raw, view.host + offset, width);
  } else if (data_side_->holds(phys)) [[likely]] {
    raw = data_side_->read(phys, width);
  } else {
    return read_data_slowly(address, width, raw);
  }
  retired_.data = {.kind = DataAccess::Kind::kLoad,
                   .width = static_cast<uint8_t>(width),
                   .cached = cached,
                   .target = BusTarget::kRam,
                   .virt = address,
                   .phys = phys,
                   .value = raw};
  return true;
}

inline void Interpreter::store(isa::Access access, unsigned r, Value address) {
  if (is_misaligned(access, address)) [[unlikely]]
    return raise({.code = EXC_ADES, .bad_address = {address}});
  const Value value = gpr(r);
  if (access == isa::Access::kLeft)
    return write_data({address}, store_left(value, lane(address, 1)));
  if (access == isa::Access::kRight)
    return write_data({address}, store_right(value, lane(address, 1)));
  const unsigned width = load_width(access);
  write_data({address}, {lane(address, width), width, value});
}

// A word that the cache does not hold is written to memory only (conformance 1.8). Returns whether
// it holds it.
inline bool Interpreter::write_part(PhysAddr phys, BusStore store) {
  if (!data_side_->holds(phys)) {
    note_parity(*data_side_, phys);
    return false;
  }
  if (partial_store_ == PartialStore::kMerge)
    data_side_->merge(phys, store.width, store.value);
  else
    data_side_->invalidate(phys);
  return true;
}

inline void Interpreter::write_data(VirtAddr address, BusStore store) {
  const PageView& view = views_.slot(address.value);
  if (view.store_key != page_key(address)) [[unlikely]]
    return write_data_slowly(address, store);
  const uint32_t offset = store.address % PAGE_SIZE;
  const PhysAddr phys{view.phys_page | offset};
  const bool cached = view.data_cached;
  bool hits = false;
  std::memcpy(view.host + offset, &store.value, store.width);
  if (cached) {
    if (store.width == 4) [[likely]]
      data_side_->fill(phys, store.value);
    else
      hits = write_part(phys, store);
  }
  retired_.data = {.kind = DataAccess::Kind::kStore,
                   .width = static_cast<uint8_t>(store.width),
                   .cached = cached,
                   .hits = hits,
                   .target = BusTarget::kRam,
                   .virt = address,
                   .phys = phys,
                   .value = store.bus_value()};
}

}  // namespace exosim
