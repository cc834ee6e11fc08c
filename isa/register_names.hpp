// Register names as binutils prints them for the R3000.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "isa/insn.hpp"

namespace exosim::isa {

/// "zero", "at", ..., "s8", "ra".
inline constexpr std::array<std::string_view, 32> kGprNames = {
    "zero", "at", "v0", "v1", "a0", "a1", "a2", "a3", "t0", "t1", "t2",
    "t3",   "t4", "t5", "t6", "t7", "s0", "s1", "s2", "s3", "s4", "s5",
    "s6",   "s7", "t8", "t9", "k0", "k1", "gp", "sp", "s8", "ra"};

/// "c0_index", ...; empty where the R3000 has no register.
inline constexpr std::array<std::string_view, 32> kCop0Names = {
    "c0_index",    "c0_random", "c0_entrylo", "", "c0_context", "",         "",       "",
    "c0_badvaddr", "",          "c0_entryhi", "", "c0_sr",      "c0_cause", "c0_epc", "c0_prid"};

/// The name of register `number` of the coprocessor that `word` speaks to: CP0 and the FPU's
/// control registers have names, the FPU's others are $f0 to $f31, the rest $0 to $31.
std::string coprocessor_register_name(Word word, unsigned number);

/// A general register's number from its name or "$number"; "fp" is s8.
std::optional<unsigned> parse_gpr(std::string_view text);

/// A coprocessor register's number, for a word with its encoding filled in. "c0_status" is c0_sr.
std::optional<unsigned> parse_coprocessor_register(Word word, std::string_view text);

}  // namespace exosim::isa
