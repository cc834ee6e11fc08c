// Records of steps that ask something of the timing, for scripts.
#pragma once

#include <cstdint>

#include "isa/decoder.hpp"
#include "isa/insn_info.hpp"
#include "isa/machine/exceptions.h"
#include "sim/cpu/retired.hpp"

namespace exosim::testing {

inline constexpr uint32_t kCodePage = 0x80001000;

/// A word executed from kseg0, fetched from the cache.
inline Retired executed(isa::Word word, uint32_t pc = kCodePage) {
  Retired retired;
  retired.pc = {pc};
  retired.fetched_from = {pc & 0x1fffffff};
  retired.fetched = true;
  retired.fetch_cached = true;
  retired.word = word;
  retired.insn = isa::decode(word);
  retired.op_class = isa::op_class_of(retired.insn);
  retired.next_pc = {pc + 4};
  return retired;
}

inline Retired nop() { return executed({0}); }

/// A load of a word that the cache holds, or with `refill` words does not.
inline Retired load(uint32_t phys, uint8_t refill = 0) {
  Retired retired = executed({0x8c000000});  // lw
  retired.data = {.kind = DataAccess::Kind::kLoad,
                  .width = 4,
                  .cached = true,
                  .refill = refill,
                  .virt = {phys | 0x80000000},
                  .phys = {phys}};
  return retired;
}

inline Retired uncached_load(uint32_t phys) {
  Retired retired = load(phys);
  retired.data.cached = false;
  return retired;
}

/// A store; of less than a word, to one that the cache holds.
inline Retired store(uint32_t phys, uint8_t width = 4, bool cached = true) {
  Retired retired = executed({0xac000000});  // sw
  retired.data = {.kind = DataAccess::Kind::kStore,
                  .width = width,
                  .cached = cached,
                  .hits = cached && width < 4,
                  .virt = {phys | 0x80000000},
                  .phys = {phys}};
  return retired;
}

/// A cached store of less than a word, to one that the cache does not hold.
inline Retired missing_store(uint32_t phys, uint8_t width) {
  Retired retired = store(phys, width);
  retired.data.hits = false;
  return retired;
}

/// The same step, but its fetch missed.
inline Retired missed(Retired retired, uint8_t refill) {
  retired.fetch_refill = refill;
  return retired;
}

/// The same step, ended by an exception.
inline Retired faulted(Retired retired, uint8_t code) {
  retired.exception = {.taken = true, .code = code, .vector = {VECTOR_GENERAL}};
  return retired;
}

/// Nothing was fetched: an interrupt, or a fault of the fetch.
inline Retired not_fetched(uint8_t code) {
  Retired retired = faulted(nop(), code);
  retired.fetched = false;
  retired.fetch_cached = false;
  retired.insn = isa::kReservedInsn;
  retired.op_class = isa::OpClass::kReserved;
  return retired;
}

}  // namespace exosim::testing
