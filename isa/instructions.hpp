// All rows as one table. Two rows that overlap do not compile.
#pragma once

#include <array>
#include <cstddef>

#include "isa/insn.hpp"
#include "isa/insn/alu.hpp"
#include "isa/insn/branch.hpp"
#include "isa/insn/coprocessor.hpp"
#include "isa/insn/float.hpp"
#include "isa/insn/memory.hpp"
#include "isa/insn/mul_div.hpp"
#include "isa/insn/shift.hpp"
#include "isa/insn/system.hpp"

namespace exosim::isa {

/// True iff no word matches two rows.
template <class Rows>
constexpr bool rows_are_disjoint(const Rows& rows) {
  for (size_t a = 0; a < rows.size(); ++a)
    for (size_t b = a + 1; b < rows.size(); ++b)
      if (rows[a].encoding.overlaps(rows[b].encoding)) return false;
  return true;
}

/// Not constexpr and never defined: a constant that reaches it does not compile.
void two_rows_overlap();

/// The groups as one array, in order. Evaluated at compile time it refuses overlapping rows
/// (isa/tests_compile).
template <class M, size_t... N>
constexpr auto join(const Insn<M> (&... groups)[N]) {
  std::array<Insn<M>, (N + ...)> all{};
  size_t next = 0;
  const auto append = [&](const auto& group) {
    for (const Insn<M>& insn : group) all[next++] = insn;
  };
  (append(groups), ...);
  if (!rows_are_disjoint(all)) two_rows_overlap();
  return all;
}

/// Every instruction of the MIPS I architecture, in a fixed order; the index is the InsnId.
template <class M>
inline constexpr auto kInstructions = join<M>(kAluInsns<M>, kShiftInsns<M>, kMulDivInsns<M>,
                                              kBranchInsns<M>, kMemoryInsns<M>, kSystemInsns<M>,
                                              kCoprocessorInsns<M>, kFloatInsns<M>);

/// Index of a row in kInstructions; kReservedInsn for words that match none.
using InsnId = uint8_t;
inline constexpr InsnId kReservedInsn = 0xff;

}  // namespace exosim::isa
