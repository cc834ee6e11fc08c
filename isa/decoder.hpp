// Which row a word is: a tree of tables made from the rows at compile time. Two look-ups for all
// but some coprocessor words. Freestanding.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "isa/insn.hpp"
#include "isa/insn_info.hpp"
#include "isa/instructions.hpp"

namespace exosim::isa {

/// The REGIMM row that a value of rt selects. The hardware decodes rt in part: bit 0 (of the word,
/// bit 16) chooses ltz or gez, and the branch links iff the other bits are 1000 (PSX-SPX).
constexpr unsigned regimm_selector(unsigned rt) {
  const bool links = (rt & 0x1e) == 0x10;
  return (links ? 0x10 : 0) | (rt & 1);
}

/// The word with a REGIMM rt replaced by its selector; other words as they are. Two words with the
/// same fold are the same instruction.
constexpr Word fold_undecoded(Word word) {
  if (word.opcode() != 0x01) return word;
  return {(word.bits & ~(31u << 16)) | (regimm_selector(word.rt()) << 16)};
}

/// The row that the word matches, by comparing it with all of them: what decode() must agree with.
constexpr InsnId decode_by_search(Word word) {
  const Word folded = fold_undecoded(word);
  for (size_t id = 0; id < kInsnInfo.size(); ++id)
    if (kInsnInfo[id].encoding.matches(folded)) return static_cast<InsnId>(id);
  return kReservedInsn;
}

/// The tree: a group for each opcode, whose leaves are rows or, for some coprocessor words, another
/// group.
class DecodeTable {
 public:
  constexpr DecodeTable() {
    for (uint32_t opcode = 0; opcode < 64; ++opcode) add_opcode(opcode);
  }

  constexpr InsnId decode(Word word) const {
    InsnId id = leaf(groups_[word.opcode()], word);
    if (id >= kFirstLink && id != kReservedInsn) [[unlikely]]
      id = leaf(links_[id - kFirstLink], word);
    return id;
  }

 private:
  /// The leaves base + 0..mask belong to the words of one group, by the field at `shift`.
  struct Group {
    uint16_t base;
    uint8_t shift;
    uint8_t mask;
  };
  /// Leaves from here up to kReservedInsn stand for another group.
  static constexpr InsnId kFirstLink = 0xf0;
  static_assert(kInsnInfo.size() <= kFirstLink);
  static constexpr uint8_t kWholeOpcode = 0;  // mask of a group with one leaf
  // Plain opcodes, SPECIAL, REGIMM, COPz by rs, BCz, functions of COP0 and of COP1's three formats.
  static constexpr size_t kLeaves = 58 + 64 + 32 + 4 * 32 + 4 * 2 + 64 + 3 * 64;
  static constexpr size_t kLinks = 4 + 1 + 3;
  static_assert(kFirstLink + kLinks <= kReservedInsn);

  constexpr InsnId leaf(Group group, Word word) const {
    return leaves_[group.base + ((word.bits >> group.shift) & group.mask)];
  }

  constexpr Group add_group(uint32_t prefix, uint8_t shift, uint8_t mask) {
    const Group group{used_, shift, mask};
    for (uint32_t field = 0; field <= mask; ++field)
      leaves_[used_++] = decode_by_search({prefix | (field << shift)});
    return group;
  }

  constexpr void link(const Group& from, uint32_t field, Group to) {
    links_[linked_] = to;
    leaves_[from.base + field] = static_cast<InsnId>(kFirstLink + linked_++);
  }

  constexpr void add_opcode(uint32_t opcode) {
    const uint32_t prefix = opcode << 26;
    if (opcode == 0x00) {
      groups_[opcode] = add_group(prefix, 0, 63);
    } else if (opcode == 0x01) {
      groups_[opcode] = add_group(prefix, 16, 31);
    } else if (opcode >= 0x10 && opcode <= 0x13) {
      groups_[opcode] = add_coprocessor(prefix);
    } else {
      groups_[opcode] = add_group(prefix, 0, kWholeOpcode);
    }
  }

  constexpr Group add_coprocessor(uint32_t prefix) {
    const Group by_rs = add_group(prefix, 21, 31);
    link(by_rs, 0x08, add_group(prefix | (0x08u << 21), 16, 1));
    if (prefix == 0x11u << 26)
      for (const uint32_t format : {0x10u, 0x11u, 0x14u})
        link(by_rs, format, add_group(prefix | (format << 21), 0, 63));
    if (prefix != 0x10u << 26) return by_rs;
    const Group functions = add_group(prefix | (0x10u << 21), 0, 63);
    link(by_rs, 0x10, functions);
    for (uint32_t rs = 0x11; rs < 0x20; ++rs) leaves_[by_rs.base + rs] = leaves_[by_rs.base + 0x10];
    return by_rs;
  }

  std::array<Group, 64> groups_{};
  std::array<Group, kLinks> links_{};
  std::array<InsnId, kLeaves> leaves_{};
  uint16_t used_ = 0;
  uint8_t linked_ = 0;
};

inline constexpr DecodeTable kDecodeTable;

/// The row of a word, or kReservedInsn: the processor raises RI.
constexpr InsnId decode(Word word) { return kDecodeTable.decode(word); }

}  // namespace exosim::isa
