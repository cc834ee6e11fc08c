// A second meaning of downloaded code, to compare the sandbox with: the rows of isa/insn, executed
// one by one on registers of its own and on a copy of the window. Nothing is translated.
#pragma once

#include <cstdint>

#include "exokernel/code_translator.hpp"
#include "isa/insn/alu.hpp"
#include "isa/insn/branch.hpp"
#include "isa/insn/memory.hpp"
#include "isa/insn/mul_div.hpp"
#include "isa/insn/shift.hpp"

namespace test {

/// The M of the rows that code may have; what only others need is missing or marks the run as
/// wrong.
class CodeModel {
 public:
  using Value = uint32_t;

  /// `memory` has the window's bytes and is changed.
  CodeModel(aegis::CodeWindow window, uint8_t* memory) : window_(window), memory_(memory) {}

  /// v0 after verified instructions with these arguments.
  uint32_t run(const uint32_t* words, const uint32_t arguments[4]) {
    for (unsigned number = 0; number < 4; ++number) gpr_[4 + number] = arguments[number];
    for (uint32_t index = 0; !has_returned_;) {
      distance_ = 0;
      execute({words[index]});
      const uint32_t distance = distance_;
      if (distance != 0 || has_returned_) execute({words[index + 1]});
      index += distance != 0 ? distance : 1;
    }
    return gpr_[2];
  }

  bool is_wrong() const { return is_wrong_; }

  uint32_t gpr(unsigned r) const { return gpr_[r]; }
  void set_gpr(unsigned r, uint32_t value) {
    if (r != 0) gpr_[r] = value;
  }
  static uint32_t shift_left(uint32_t value, uint32_t by) { return value << (by & 31); }
  static uint32_t shift_right(uint32_t value, uint32_t by) { return value >> (by & 31); }
  static uint32_t shift_right_arithmetic(uint32_t value, uint32_t by) {
    return static_cast<uint32_t>(static_cast<int32_t>(value) >> (by & 31));
  }
  static uint32_t less(uint32_t a, uint32_t b) {
    return static_cast<int32_t>(a) < static_cast<int32_t>(b);
  }
  static uint32_t less_unsigned(uint32_t a, uint32_t b) { return a < b; }
  static uint32_t equal(uint32_t a, uint32_t b) { return a == b; }
  static uint32_t not_equal(uint32_t a, uint32_t b) { return a != b; }

  // The arithmetic of the unit itself is not what is compared.
  void multiply(uint32_t a, uint32_t b) {
    asm("mult %2, %3\n\tmfhi %0\n\tmflo %1\n\tnop\n\tnop"
        : "=&r"(hi_), "=&r"(lo_)
        : "r"(a), "r"(b)
        : "hi", "lo");
  }
  void multiply_unsigned(uint32_t a, uint32_t b) {
    asm("multu %2, %3\n\tmfhi %0\n\tmflo %1\n\tnop\n\tnop"
        : "=&r"(hi_), "=&r"(lo_)
        : "r"(a), "r"(b)
        : "hi", "lo");
  }
  void divide(uint32_t a, uint32_t b) {
    asm("div $0, %2, %3\n\tmfhi %0\n\tmflo %1\n\tnop\n\tnop"
        : "=&r"(hi_), "=&r"(lo_)
        : "r"(a), "r"(b)
        : "hi", "lo");
  }
  void divide_unsigned(uint32_t a, uint32_t b) {
    asm("divu $0, %2, %3\n\tmfhi %0\n\tmflo %1\n\tnop\n\tnop"
        : "=&r"(hi_), "=&r"(lo_)
        : "r"(a), "r"(b)
        : "hi", "lo");
  }
  uint32_t hi() const { return hi_; }
  uint32_t lo() const { return lo_; }

  void branch_if(uint32_t condition, uint32_t offset) {
    if (condition != 0) distance_ = 1 + offset / sizeof(uint32_t);
  }
  void jump_to(uint32_t) { has_returned_ = true; }
  void load(exosim::isa::Access access, unsigned r, uint32_t address) {
    const uint32_t bytes = bytes_of(access);
    const uint32_t at = address % window_.bytes & ~(bytes - 1);
    uint32_t value = 0;
    for (uint32_t byte = bytes; byte-- > 0;) value = value << 8 | memory_[at + byte];
    if (access == exosim::isa::Access::kByte)
      value = static_cast<uint32_t>(static_cast<int8_t>(value));
    if (access == exosim::isa::Access::kHalf)
      value = static_cast<uint32_t>(static_cast<int16_t>(value));
    set_gpr(r, value);
  }
  void store(exosim::isa::Access access, unsigned r, uint32_t address) {
    const uint32_t bytes = bytes_of(access);
    uint32_t at = address % window_.store_bytes & ~(bytes - 1);
    at += window_.bytes - window_.store_bytes;
    for (uint32_t byte = 0; byte < bytes; ++byte)
      memory_[at + byte] = static_cast<uint8_t>(gpr_[r] >> (8 * byte));
  }

  // Verified code has none of these.
  void add_or_overflow(unsigned, uint32_t, uint32_t) { is_wrong_ = true; }
  void subtract_or_overflow(unsigned, uint32_t, uint32_t) { is_wrong_ = true; }
  void set_hi(uint32_t) { is_wrong_ = true; }
  void set_lo(uint32_t) { is_wrong_ = true; }
  void jump_region(uint32_t) { is_wrong_ = true; }
  void link(unsigned) { is_wrong_ = true; }

 private:
  static uint32_t bytes_of(exosim::isa::Access access) {
    using exosim::isa::Access;
    if (access == Access::kByte || access == Access::kByteUnsigned) return 1;
    return access == Access::kWord ? 4 : 2;
  }

  template <size_t kRows>
  bool execute_one_of(const exosim::isa::Insn<CodeModel> (&rows)[kRows], exosim::isa::Word word) {
    for (const auto& row : rows) {
      if (!row.encoding.matches(word)) continue;
      row.execute(*this, word);
      return true;
    }
    return false;
  }

  void execute(exosim::isa::Word word) {
    using namespace exosim::isa;
    if (execute_one_of(kAluInsns<CodeModel>, word) ||
        execute_one_of(kShiftInsns<CodeModel>, word) ||
        execute_one_of(kMulDivInsns<CodeModel>, word) ||
        execute_one_of(kBranchInsns<CodeModel>, word) ||
        execute_one_of(kMemoryInsns<CodeModel>, word))
      return;
    is_wrong_ = true;
    has_returned_ = true;
  }

  aegis::CodeWindow window_;
  uint8_t* memory_;
  uint32_t gpr_[32] = {};
  uint32_t hi_ = 0;
  uint32_t lo_ = 0;
  uint32_t distance_ = 0;  // to the target of the branch that is taken, in words; 0: none
  bool has_returned_ = false;
  bool is_wrong_ = false;
};

}  // namespace test
