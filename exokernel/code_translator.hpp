// The sandbox of downloaded code, by software fault isolation (Wahbe, Lucco, Anderson, Graham, SOSP
// 1993): each load and store of the copy that runs has its address forced into the window.
#pragma once

#include <cstdint>

#include "exokernel/abi/code.h"

namespace aegis {

/// The memory that code sees: addresses 0 up to `bytes`, again and again. Stores see only the last
/// `store_bytes` of it, again and again. Both are powers of two; the window is at most 32 KiB.
struct CodeWindow {
  uint32_t bytes;
  uint32_t store_bytes;
};

/// A load or store becomes at most this many instructions; all others remain one.
inline constexpr uint32_t kSandboxedWords = 4;
/// Words of the longest translation: it returns with one word and its delay slot.
inline constexpr uint32_t kTranslationMax = kSandboxedWords * (EXO_CODE_MAX - 2) + 2;

/// Translates verified code to `out` and returns how many words that are.
uint32_t translate_code(const uint32_t* words, uint32_t count, CodeWindow window, uint32_t* out);

/// Runs a translation, which may be fetched (the instruction cache has nothing else), on a window
/// (word aligned), with four arguments in a0 to a3. Returns its v0. All its other registers, HI and
/// LO are 0 at first. run_code.S
extern "C" uint32_t run_code(const uint32_t* translation, void* window,
                             const uint32_t arguments[4]);

}  // namespace aegis
