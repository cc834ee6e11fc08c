// What the R3010's manual makes of an operation that qemu's processor has executed in full.
#pragma once

#include "isa/insn.hpp"
#include "isa/insn_info.hpp"
#include "sim/machine/differential/float_cases.hpp"

namespace exosim::differential {

/// `one` with the result and FCR31 that the R3010 leaves, given its enable bits and what qemu made
/// of the same operands with all of them off.
///
/// qemu differs from the R3010, as Kane's "MIPS RISC Architecture" describes it, in three things:
/// it computes with denormals and with invalid operands, where the R3010 says "unimplemented"; it
/// makes every NaN result the default one (its default_nan_mode), where a quiet NaN passes the
/// R3010 unchanged; its abs and neg do not look at their operand.
FloatCase by_the_manual(const isa::InsnInfo& insn, const FloatCase& one, const FloatCase& qemu);

/// The operand that is the result because it is a quiet NaN, in the result's format; 0 if none is.
uint64_t quiet_nan_result(isa::Word word, const FloatCase& one);

/// The format of an operation's result.
isa::FloatFormat result_format(isa::Word word);

}  // namespace exosim::differential
