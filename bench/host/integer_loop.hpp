// The loop on which the interpreter's speed is measured: integer code with the mix of compiled
// programs, a quarter loads and stores, an eighth branches.
#pragma once

#include <cstdint>
#include <string_view>

namespace exosim {

inline constexpr uint32_t kIntegerLoopBase = 0x80001000;

/// Endless. Walks a table of 1 KiB: sums and mixes words, stores them back, counts the odd ones,
/// calls a function for each word.
inline constexpr std::string_view kIntegerLoop = R"(
start:  lui   a1, 0x8000
        ori   a1, a1, 0x4000
        addu  v1, zero, zero
outer:  addu  a0, a1, zero
        ori   a2, zero, 256
word:   lw    t0, 0(a0)
        lbu   t1, 5(a0)
        addu  v0, v0, t0
        sll   t2, v0, 5
        xor   t2, t2, t1
        andi  t3, t0, 1
        beq   t3, zero, even
        srl   t3, t0, 3
        addiu v1, v1, 1
even:   subu  t2, t2, t3
        jal   mix
        sltu  t3, t2, v0
        sw    t2, 0(a0)
        addiu a0, a0, 4
        addiu a2, a2, -1
        bne   a2, zero, word
        addu  v0, v0, t1
        beq   zero, zero, outer
        sh    v1, 1030(a1)
mix:    or    t4, t2, t3
        srl   t5, t4, 7
        lw    t6, 1024(a1)
        addu  t4, t4, t5
        xor   t2, t2, t4
        addiu t6, t6, 1
        jr    ra
        sw    t6, 1024(a1)
)";

}  // namespace exosim
