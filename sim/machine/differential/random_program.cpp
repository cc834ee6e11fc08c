// A program is a row of segments: a body of random instructions, then perhaps a loop back to the
// segment's own begin or a branch to a later segment, each with a live delay slot.
#include "sim/machine/differential/random_program.hpp"

#include <algorithm>
#include <map>

#include "isa/dependences.hpp"
#include "isa/encoder.hpp"
#include "isa/machine/registers.h"
#include "sim/base/random.hpp"
#include "sim/machine/differential/random_insn.hpp"

namespace exosim::differential {
namespace {

using isa::encode;
using isa::Word;

class Generator {
 public:
  Generator(uint64_t seed, const Placement& placement)
      : random_(seed), insns_(random_), placement_(placement) {}

  std::vector<Word> generate() {
    const uint32_t segments = 4 + random_.below(8);
    last_label_ = segments;
    for (label_ = 0; label_ < segments; ++label_) {
      labels_[label_] = words_.size();
      random_.below(4) == 0 ? add_loop(segments + 1 + label_) : add_body();
      if (random_.below(5) != 0) add_branch();
    }
    labels_[last_label_] = words_.size();
    add(encode<"j">(placement_.exit));
    add(isa::kNop);
    resolve_references();
    for (size_t i = 0; i < words_.size(); ++i) keep_load_delay(i);
    return words_;
  }

 private:
  /// A branch, jump or address (lui, ori) whose label is resolved in the end.
  struct Reference {
    enum class Kind { kBranch, kJump, kAddress } kind;
    size_t at;
    uint32_t label;
  };

  void add(Word word) { words_.push_back(word); }

  void add_body() {
    for (uint32_t left = 2 + random_.below(9); left > 0; --left) {
      if (random_.below(10) == 0) {
        for (const Word word : insns_.hi_lo_group()) add(word);
      } else {
        add(insns_.simple());
      }
    }
  }

  /// Counts kCounter down; whoever jumps into the loop with some other count leaves it too.
  void add_loop(uint32_t label) {
    add(encode<"addiu">(kCounter, REG_ZERO, random_.below(5)));
    labels_[label] = words_.size();
    add_body();
    add(encode<"addiu">(kCounter, kCounter, -1));
    random_.below(2) == 0 ? add_branch_to(label, encode<"bgtz">(kCounter, 0))
                          : add_branch_to(label, encode<"bgez">(kCounter, 0));
  }

  void add_branch_to(uint32_t label, Word branch) {
    references_.push_back({Reference::Kind::kBranch, words_.size(), label});
    add_with_delay_slot(label, branch);
  }

  void add_with_delay_slot(uint32_t label, Word branch) {
    targets_[words_.size() + 1] = label;
    add(branch);
    add(insns_.simple());
  }

  /// To the next segment or a later one.
  void add_branch() {
    const uint32_t label = label_ + 1 + random_.below(std::min(last_label_ - label_, 3u));
    switch (random_.below(6)) {
      case 0:
        references_.push_back({Reference::Kind::kJump, words_.size(), label});
        return add_with_delay_slot(label,
                                   random_.below(2) == 0 ? encode<"j">(0) : encode<"jal">(0));
      case 1:
        return add_register_jump(label);
      default:
        return add_branch_to(label, insns_.conditional_branch());
    }
  }

  void add_register_jump(uint32_t label) {
    const uint32_t address = 1 + random_.below(15);
    references_.push_back({Reference::Kind::kAddress, words_.size(), label});
    add(encode<"lui">(address, 0));
    add(encode<"ori">(address, address, 0));
    // jalr with equal registers cannot be restarted: not defined.
    const uint32_t link = random_.below(2) == 0 ? 31 : (address + 1) % 16;
    add_with_delay_slot(
        label, random_.below(2) == 0 ? encode<"jr">(address) : encode<"jalr">(link, address));
  }

  void resolve_references() {
    for (const Reference& reference : references_) {
      const size_t to = labels_.at(reference.label);
      const auto address = static_cast<uint32_t>(placement_.entry + 4 * to);
      uint32_t& bits = words_[reference.at].bits;
      switch (reference.kind) {
        case Reference::Kind::kBranch:
          bits |= static_cast<uint32_t>(to - (reference.at + 1)) & 0xffff;
          break;
        case Reference::Kind::kJump:
          bits |= (address >> 2) & 0x03ffffff;
          break;
        case Reference::Kind::kAddress:
          bits |= address >> 16;
          words_[reference.at + 1].bits |= address & 0xffff;
          break;
      }
    }
  }

  /// General registers read by what may execute right after word `i`. A load that merges sees the
  /// one in flight, so that is allowed.
  uint32_t reads_after(size_t i) const {
    const auto reads = [&](size_t at) {
      const isa::Dependences next = isa::dependences(words_[at]);
      return next.reads & ~next.merges;
    };
    uint32_t result = i + 1 < words_.size() ? reads(i + 1) : 0;
    if (const auto target = targets_.find(i); target != targets_.end())
      result |= reads(labels_.at(target->second));
    return result;
  }

  /// If word `i` is a load, makes it load what nobody reads in its delay slot.
  void keep_load_delay(size_t i) {
    const isa::Dependences load = isa::dependences(words_[i]);
    if (!load.load_delayed || (load.writes & reads_after(i)) == 0) return;
    uint32_t reg = insns_.destination();
    if ((reads_after(i) >> reg & 1) != 0) reg = REG_ZERO;
    words_[i].bits = (words_[i].bits & ~(31u << 16)) | (reg << 16);
  }

  Random random_;
  RandomInsn insns_;
  Placement placement_;
  std::vector<Word> words_;
  std::vector<Reference> references_;
  std::map<uint32_t, size_t> labels_;   // index of the word at each label
  std::map<size_t, uint32_t> targets_;  // delay slot -> label of its branch
  uint32_t label_ = 0;
  uint32_t last_label_ = 0;
};

}  // namespace

RandomProgram make_random_program(uint64_t seed, const Placement& placement) {
  RandomProgram program;
  program.seed = seed;
  program.placement = placement;
  program.words = Generator(seed, placement).generate();
  // Another stream, so that the state does not depend on how much the code consumed.
  Random random(~seed);
  for (unsigned r = 1; r < 32; ++r) program.gpr[r] = random_value(random);
  for (unsigned r = kFirstSmall; r <= kLastSmall; ++r)
    program.gpr[r] = random.below(kSmallLimit) - kSmallLimit / 2;
  program.gpr[kAlignedBase] = placement.data + kDataSize / 2;
  program.gpr[kUnalignedBase] = placement.data + kDataSize / 2 + 1 + random.below(3);
  program.gpr[kCounter] = random.below(3);
  program.hi = random.word();
  program.lo = random.word();
  for (uint8_t& byte : program.data) byte = static_cast<uint8_t>(random.word());
  return program;
}

}  // namespace exosim::differential
