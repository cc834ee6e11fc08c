// The verifier: one look at each instruction, with what it must know of those before it. Branches
// only go forward, and what they skip can only make distances longer; so what holds between
// neighbours holds on every path.
#include "exokernel/code_verifier.hpp"

#include "exokernel/abi/code.h"
#include "exokernel/code_rules.hpp"
#include "isa/markers.h"

namespace aegis {
namespace {

using exosim::isa::Word;

class CodeVerifier {
 public:
  CodeVerifier(const uint32_t* words, uint32_t count) : words_(words), count_(count) {}

  /// Of the next instruction: 0 or EXO_CODE_...
  uint32_t check_next() {
    const Word word{words_[index_]};
    const CodeRule& rule = code_rule(word);
    const uint32_t used = used_registers(rule, word);
    if (const uint32_t reason = check_word(rule, word, used)) return reason;
    if (const uint32_t reason = check_place(rule, used)) return reason;
    if (rule.kind == CodeKind::BRANCH)
      if (const uint32_t reason = check_target(word)) return reason;
    remember(rule, word);
    return 0;
  }

  uint32_t index() const { return index_; }
  bool returns() const { return before_last_ == CodeKind::RETURN; }

 private:
  /// mult and div keep this distance from a mfhi or mflo before them.
  static constexpr uint32_t kResultDistance = 3;

  static uint32_t used_registers(const CodeRule& rule, Word word) {
    uint32_t used = 0;
    if ((rule.fields & kFieldRs) != 0) used |= 1u << word.rs();
    if ((rule.fields & kFieldRt) != 0) used |= 1u << word.rt();
    if ((rule.fields & kFieldRd) != 0) used |= 1u << word.rd();
    return used;
  }

  static uint32_t check_word(const CodeRule& rule, Word word, uint32_t used) {
    if (rule.kind == CodeKind::REFUSED) return EXO_CODE_INSTRUCTION;
    if ((word.bits & rule.mask) != rule.match) return EXO_CODE_UNDEFINED;
    const uint32_t allowed = rule.kind == CodeKind::RETURN ? 1u << kReturnRegister : kCodeRegisters;
    return (used & ~allowed) != 0 ? EXO_CODE_REGISTER : 0;
  }

  uint32_t check_place(const CodeRule& rule, uint32_t used) const {
    const bool may_stand_in_slot = rule.kind == CodeKind::PLAIN || rule.kind == CodeKind::MULTIPLY;
    if (has_delay_slot(last_) && !may_stand_in_slot) return EXO_CODE_IN_SLOT;
    if ((used & loading_) != 0) return EXO_CODE_LOAD_DELAY;
    if (rule.kind == CodeKind::MULTIPLY && index_ < multiply_from_) return EXO_CODE_HI_LO;
    return 0;
  }

  uint32_t check_target(Word word) const {
    const uint32_t target = branch_target(index_, word);
    if (static_cast<int32_t>(word.simm()) < 0) return EXO_CODE_BACKWARD;
    if (target >= count_) return EXO_CODE_OUTSIDE;
    return has_delay_slot(code_rule({words_[target - 1]}).kind) ? EXO_CODE_INTO_SLOT : 0;
  }

  void remember(const CodeRule& rule, Word word) {
    loading_ = rule.kind == CodeKind::LOAD ? (1u << word.rt()) & ~1u : 0;
    if (rule.kind == CodeKind::RESULT) multiply_from_ = index_ + kResultDistance;
    before_last_ = last_;
    last_ = rule.kind;
    ++index_;
  }

  const uint32_t* words_;
  uint32_t count_;
  uint32_t index_ = 0;
  uint32_t multiply_from_ = 0;  // the first instruction that may be mult or div
  uint32_t loading_ = 0;        // the register that the last instruction loads, as a mask
  CodeKind last_ = CodeKind::PLAIN;
  CodeKind before_last_ = CodeKind::PLAIN;
};

}  // namespace

CodeRefusal verify_code(const uint32_t* words, uint32_t count) {
  EXO_DOMAIN("protection");
  CodeVerifier verifier(words, count);
  while (verifier.index() < count)
    if (const uint32_t reason = verifier.check_next()) return {reason, verifier.index()};
  return verifier.returns() ? CodeRefusal{0, 0} : CodeRefusal{EXO_CODE_NO_RETURN, count - 1};
}

}  // namespace aegis
