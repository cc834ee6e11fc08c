// See prologue.hpp.
#include "sim/machine/diagnosis/prologue.hpp"

#include "isa/dependences.hpp"
#include "isa/machine/registers.h"

namespace exosim {
namespace {

constexpr unsigned kAddi = 0x08;
constexpr unsigned kAddiu = 0x09;
constexpr unsigned kSw = 0x2b;

bool moves_stack(isa::Word word) {
  return (word.opcode() == kAddi || word.opcode() == kAddiu) && word.rs() == REG_SP &&
         word.rt() == REG_SP;
}

bool is_return(isa::Word word) { return word.bits == isa::Word{0x03e00008}.bits; }  // jr ra

/// Follows the code in the order of its addresses. After a return comes code of the same frame.
class Scanner {
 public:
  void step(isa::Word word) {
    const uint32_t writes = isa::dependences(word).writes;
    if (moves_stack(word)) {
      move_stack(static_cast<int32_t>(word.simm()));
    } else if (word.opcode() == kSw && word.rs() == REG_SP) {
      save(word.rt(), static_cast<int32_t>(word.simm()));
    } else if (writes & (uint32_t{1} << REG_SP)) {
      lost_ = true;
    }
    if (writes & (uint32_t{1} << REG_RA)) return_lost_ = true;
    if (after_return_) torn_down_ = false;
    after_return_ = is_return(word);
  }

  std::optional<FrameRule> rule() const {
    if (lost_ || (return_lost_ && !rule_.saved[REG_RA])) return std::nullopt;
    return torn_down_ ? FrameRule{} : rule_;
  }

 private:
  void move_stack(int32_t by) {
    if (by < 0) rule_.size -= by;
    if (by > 0) torn_down_ = true;
  }
  // Later stores at the same place are spilt temporaries.
  void save(unsigned reg, int32_t offset) {
    const bool mine = reg == REG_RA ? !return_lost_ : reg >= REG_S0;
    if (mine && !rule_.saved[reg]) rule_.saved[reg] = offset - rule_.size;
  }

  FrameRule rule_;
  bool lost_ = false;
  bool return_lost_ = false;
  bool torn_down_ = false;
  bool after_return_ = false;
};

}  // namespace

std::optional<FrameRule> scan_prologue(std::span<const isa::Word> code) {
  Scanner scanner;
  for (const isa::Word word : code) scanner.step(word);
  return scanner.rule();
}

}  // namespace exosim
