// The instructions of DWARF call frame information (DWARF 5, section 6.4.2), as far as compilers
// for MIPS use them. libdw parses the records but does not run them: for MIPS, that of Debian 12
// has no rules to begin with, and dwarf_cfi_addrframe() fails at every address.
#include <dwarf.h>

#include "sim/machine/loader/frame_table.hpp"

namespace exosim {
namespace {

// Compilers nest them once; a file may do what it likes.
constexpr size_t kMaxRemembered = 16;

/// Reads operands; past the end everything is 0 and ok() is false.
class Operands {
 public:
  explicit Operands(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  bool at_end() const { return next_ == bytes_.size(); }
  bool ok() const { return ok_; }
  uint8_t byte() {
    if (!at_end()) return bytes_[next_++];
    ok_ = false;
    return 0;
  }
  uint64_t fixed(unsigned width) {
    uint64_t value = 0;
    for (unsigned index = 0; index < width; ++index) value |= uint64_t{byte()} << (8 * index);
    return value;
  }
  uint64_t unsigned_leb() { return leb(false); }
  int64_t signed_leb() { return static_cast<int64_t>(leb(true)); }

 private:
  uint64_t leb(bool is_signed) {
    uint64_t value = 0;
    unsigned shift = 0;
    uint8_t last = 0;
    do {
      last = byte();
      if (shift < 64) value |= uint64_t{last & 0x7fu} << shift;
      shift += 7;
    } while ((last & 0x80) && ok_);
    if (is_signed && (last & 0x40) && shift < 64) value |= ~uint64_t{0} << shift;
    return value;
  }

  std::span<const uint8_t> bytes_;
  size_t next_ = 0;
  bool ok_ = true;
};

class FrameMachine {
 public:
  FrameMachine(const FrameProgram& program, uint32_t virt)
      : program_(program), location_(program.address), virt_(virt) {}

  std::optional<FrameRule> run() {
    if (!execute(program_.initial)) return std::nullopt;
    initial_ = rule_;
    if (!execute(program_.own)) return std::nullopt;
    return rule_;
  }

 private:
  bool execute(std::span<const uint8_t> bytes);
  bool execute_one(uint8_t code, Operands& operands);
  bool execute_extended(uint8_t code, Operands& operands);
  bool define_frame(uint8_t code, Operands& operands);
  bool advance(uint64_t by);
  bool set_base(uint64_t reg);
  bool set_size(int64_t size);
  bool set_factored_size(int64_t factored);
  bool save(uint64_t reg, int64_t factored);
  bool restore(uint64_t reg);
  bool restore_state();

  const FrameProgram& program_;
  uint64_t location_;
  uint32_t virt_;
  bool arrived_ = false;
  FrameRule rule_;
  FrameRule initial_;
  std::vector<FrameRule> remembered_;
};

bool FrameMachine::execute(std::span<const uint8_t> bytes) {
  Operands operands(bytes);
  while (!operands.at_end() && !arrived_) {
    const uint8_t code = operands.byte();
    if (!execute_one(code, operands) || !operands.ok()) return false;
  }
  return true;
}

bool FrameMachine::execute_one(uint8_t code, Operands& operands) {
  const uint8_t low = code & 0x3f;
  switch (code & 0xc0) {
    case DW_CFA_advance_loc:
      return advance(low);
    case DW_CFA_offset:
      return save(low, static_cast<int64_t>(operands.unsigned_leb()));
    case DW_CFA_restore:
      return restore(low);
    default:
      return execute_extended(code, operands);
  }
}

bool FrameMachine::execute_extended(uint8_t code, Operands& operands) {
  switch (code) {
    case DW_CFA_nop:
      return true;
    case DW_CFA_advance_loc1:
      return advance(operands.fixed(1));
    case DW_CFA_advance_loc2:
      return advance(operands.fixed(2));
    case DW_CFA_advance_loc4:
      return advance(operands.fixed(4));
    case DW_CFA_offset_extended: {
      const uint64_t reg = operands.unsigned_leb();
      return save(reg, static_cast<int64_t>(operands.unsigned_leb()));
    }
    case DW_CFA_offset_extended_sf: {
      const uint64_t reg = operands.unsigned_leb();
      return save(reg, operands.signed_leb());
    }
    case DW_CFA_restore_extended:
    case DW_CFA_same_value:
      return restore(operands.unsigned_leb());
    case DW_CFA_remember_state:
      remembered_.push_back(rule_);
      return remembered_.size() <= kMaxRemembered;
    case DW_CFA_restore_state:
      return restore_state();
    default:
      return define_frame(code, operands);
  }
}

bool FrameMachine::define_frame(uint8_t code, Operands& operands) {
  switch (code) {
    case DW_CFA_def_cfa:
      return set_base(operands.unsigned_leb()) &&
             set_size(static_cast<int64_t>(operands.unsigned_leb()));
    case DW_CFA_def_cfa_sf:
      return set_base(operands.unsigned_leb()) && set_factored_size(operands.signed_leb());
    case DW_CFA_def_cfa_register:
      return set_base(operands.unsigned_leb());
    case DW_CFA_def_cfa_offset:
      return set_size(static_cast<int64_t>(operands.unsigned_leb()));
    case DW_CFA_def_cfa_offset_sf:
      return set_factored_size(operands.signed_leb());
    default:
      return false;
  }
}

bool FrameMachine::advance(uint64_t by) {
  location_ += by * program_.code_factor;
  arrived_ = location_ > virt_;
  return true;
}

bool FrameMachine::set_base(uint64_t reg) {
  rule_.base = static_cast<uint8_t>(reg);
  return reg < rule_.saved.size();
}

bool FrameMachine::set_size(int64_t size) {
  rule_.size = static_cast<int32_t>(size);
  return size == rule_.size;
}

bool FrameMachine::set_factored_size(int64_t factored) {
  int64_t size = 0;
  return !__builtin_mul_overflow(factored, program_.data_factor, &size) && set_size(size);
}

// Registers above the general ones, those of the FPU, are of no interest.
bool FrameMachine::save(uint64_t reg, int64_t factored) {
  int64_t offset = 0;
  if (__builtin_mul_overflow(factored, program_.data_factor, &offset)) return false;
  if (reg < rule_.saved.size()) rule_.saved[reg] = static_cast<int32_t>(offset);
  return offset == static_cast<int32_t>(offset);
}

bool FrameMachine::restore(uint64_t reg) {
  if (reg < rule_.saved.size()) rule_.saved[reg] = initial_.saved[reg];
  return true;
}

bool FrameMachine::restore_state() {
  if (remembered_.empty()) return false;
  rule_ = remembered_.back();
  remembered_.pop_back();
  return true;
}

}  // namespace

std::optional<FrameRule> run_frame_program(const FrameProgram& program, uint32_t virt) {
  return FrameMachine(program, virt).run();
}

}  // namespace exosim
