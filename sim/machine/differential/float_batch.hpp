// One floating-point instruction on many operands: by qemu's processor, in one process, and by
// ours.
#pragma once

#include <string>
#include <vector>

#include "isa/insn.hpp"
#include "isa/insn_info.hpp"
#include "sim/base/result.hpp"
#include "sim/machine/differential/float_cases.hpp"

namespace exosim::differential {

/// The instruction of a row with the registers that the cases are about: $f4, $f0, $f2.
isa::Word float_word(const isa::InsnInfo& insn);

/// The cases after qemu-mipsel has executed the instruction on each. `directory` is where its
/// program may be put for as long as it runs.
Result<std::vector<FloatCase>> run_float_under_qemu(isa::Word word,
                                                    const std::vector<FloatCase>& cases,
                                                    const std::string& directory);

/// The cases after our processor has, with the FPU's interrupt masked: where it traps, the result
/// is what was there before.
std::vector<FloatCase> run_float_on_processor(isa::Word word, const std::vector<FloatCase>& cases);

}  // namespace exosim::differential
