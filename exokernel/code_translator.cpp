// The translator: two rounds over the code, for the places of the instructions and for the words.
#include "exokernel/code_translator.hpp"

#include "exokernel/code_rules.hpp"
#include "isa/encoder.hpp"
#include "isa/markers.h"

namespace aegis {
namespace {

using exosim::isa::encode;
using exosim::isa::Word;

/// The operand fields of an instruction in the I format.
constexpr uint32_t kRsShift = 21;
constexpr uint32_t kImmediateMask = 0xffff;
constexpr uint32_t kBaseAndOffset = (31u << kRsShift) | kImmediateMask;

constexpr uint32_t kAddOffset = encode<"addiu">(kAddressRegister, 0, 0).bits;
constexpr uint32_t kMaskBase = encode<"andi">(kAddressRegister, 0, 0).bits;
constexpr uint32_t kMaskAddress = encode<"andi">(kAddressRegister, kAddressRegister, 0).bits;
constexpr uint32_t kAddWindow =
    encode<"addu">(kAddressRegister, kAddressRegister, kWindowRegister).bits;

bool accesses_memory(CodeKind kind) { return kind == CodeKind::LOAD || kind == CodeKind::STORE; }

/// Words that an instruction becomes: see CodeTranslator::access.
uint32_t translated_words(CodeKind kind, Word word) {
  if (!accesses_memory(kind) || word.rs() == 0) return 1;
  return word.uimm() == 0 ? kSandboxedWords - 1 : kSandboxedWords;
}

class CodeTranslator {
 public:
  CodeTranslator(CodeWindow window, uint32_t* out) : window_(window), out_(out) {}

  void place(const uint32_t* words, uint32_t count) {
    uint32_t place = 0;
    for (uint32_t index = 0; index < count; ++index) {
      const Word word{words[index]};
      kinds_[index] = code_rule(word).kind;
      places_[index] = static_cast<uint16_t>(place);
      place += translated_words(kinds_[index], word);
    }
  }

  void translate(uint32_t index, Word word) {
    const CodeKind kind = kinds_[index];
    if (accesses_memory(kind))
      access(word, kind == CodeKind::STORE);
    else if (kind == CodeKind::BRANCH)
      branch(index, word);
    else
      *out_++ = word.bits;
  }

  uint32_t* end() const { return out_; }

 private:
  /// t8 = (base + offset) within the window or the part of it for stores, aligned; then the access
  /// at that distance from t9. An address without base register is known now.
  void access(Word word, bool is_store) {
    constexpr uint32_t kSizeMask = 3;  // of the opcode: 0, 1, 3 for bytes, halfwords, words
    const uint32_t bytes = is_store ? window_.store_bytes : window_.bytes;
    const uint32_t mask = (bytes - 1) & ~(word.opcode() & kSizeMask);
    const uint32_t first = window_.bytes - bytes;
    if (word.rs() == 0) return emit_access(word, kWindowRegister, first + (word.uimm() & mask));
    if (word.uimm() == 0) {
      *out_++ = kMaskBase | (word.rs() << kRsShift) | mask;
    } else {
      *out_++ = kAddOffset | (word.rs() << kRsShift) | word.uimm();
      *out_++ = kMaskAddress | mask;
    }
    *out_++ = kAddWindow;
    emit_access(word, kAddressRegister, first);
  }

  void emit_access(Word word, unsigned base, uint32_t offset) {
    *out_++ = (word.bits & ~kBaseAndOffset) | (base << kRsShift) | offset;
  }

  void branch(uint32_t index, Word word) {
    const uint32_t offset = places_[branch_target(index, word)] - places_[index] - 1u;
    *out_++ = (word.bits & ~kImmediateMask) | offset;
  }

  CodeWindow window_;
  uint32_t* out_;
  uint16_t places_[EXO_CODE_MAX];
  CodeKind kinds_[EXO_CODE_MAX];
};

}  // namespace

uint32_t translate_code(const uint32_t* words, uint32_t count, CodeWindow window, uint32_t* out) {
  EXO_DOMAIN("protection");
  CodeTranslator translator(window, out);
  translator.place(words, count);
  for (uint32_t index = 0; index < count; ++index) translator.translate(index, {words[index]});
  return static_cast<uint32_t>(translator.end() - out);
}

}  // namespace aegis
