// The sandbox of downloaded code, run here as a program of its own, where nothing but the window
// and the words beside it would take a wrong store quietly: results, attempts to get out, the
// longest code, and random code compared with a model of it.
// sources: exokernel/code_verifier.cpp exokernel/code_translator.cpp exokernel/run_code.S
// cycles: 2G
// options: --stop-on stale-word,hazard
#include <initializer_list>

#include "exokernel/code_translator.hpp"
#include "exokernel/code_verifier.hpp"
#include "exokernel/tests/harness/code_model.hpp"
#include "exokernel/tests/harness/harness.hpp"
#include "exokernel/tests/harness/random_code.hpp"
#include "isa/encoder.hpp"
#include "isa/machine/registers.h"

namespace {

using exosim::isa::encode;
using exosim::isa::kNop;
using exosim::isa::Word;

constexpr Word kReturn = encode<"jr">(REG_RA);
constexpr aegis::CodeWindow kWindow{.bytes = 128, .store_bytes = 64};
constexpr uint32_t kScratch = kWindow.bytes - kWindow.store_bytes;
constexpr uint32_t kWindowWords = kWindow.bytes / 4;
constexpr uint32_t kMargin = 64;  // words on each side of the window
constexpr uint32_t kCanary = 0xdeadc0de;

constexpr uint32_t kTranslationVirt = test::kVirt;
exo::Capability translation_page;

uint32_t memory[kMargin + kWindowWords + kMargin];
uint32_t* const window = memory + kMargin;

uint32_t pattern(uint32_t word) { return 0x83020100 + word * 0x04140404; }

void reset_window() {
  for (uint32_t& word : memory) word = kCanary;
  for (uint32_t word = 0; word < kWindowWords; ++word) window[word] = pattern(word);
}

bool is_margin_intact() {
  for (uint32_t word = 0; word < kMargin; ++word)
    if (memory[word] != kCanary || window[kWindowWords + word] != kCanary) return false;
  return true;
}

/// The part that stores must not reach.
bool is_state_intact() {
  for (uint32_t word = 0; word < kScratch / 4; ++word)
    if (window[word] != pattern(word)) return false;
  return true;
}

uint32_t translate(const uint32_t* words, uint32_t count) {
  auto* const out = reinterpret_cast<uint32_t*>(kTranslationVirt);
  const uint32_t length = aegis::translate_code(words, count, kWindow, out);
  CHECK(exo::cache_flush(translation_page, uint32_t{EXO_CACHE_INSTRUCTION}).ok());
  return length;
}

uint32_t run(const uint32_t arguments[4]) {
  return aegis::run_code(reinterpret_cast<const uint32_t*>(kTranslationVirt), window, arguments);
}

/// The result of code that must be accepted, in a fresh window.
uint32_t result_of(std::initializer_list<Word> code, uint32_t a0 = 0, uint32_t a1 = 0) {
  const uint32_t* words = &code.begin()->bits;
  const auto count = static_cast<uint32_t>(code.size());
  CHECK(aegis::verify_code(words, count).reason == 0);
  reset_window();
  translate(words, count);
  const uint32_t arguments[] = {a0, a1, 0xa2a2a2a2, 0xa3a3a3a3};
  const uint32_t result = run(arguments);
  CHECK(is_margin_intact());
  CHECK(is_state_intact());
  return result;
}

void computes() {
  CHECK(result_of({kReturn, kNop}) == 0);
  CHECK(result_of({kReturn, encode<"addu">(REG_V0, REG_A0, REG_A1)}, 40, 2) == 42);
  CHECK(result_of({kReturn, encode<"or">(REG_V0, REG_A2, 0)}) == 0xa2a2a2a2);
  CHECK(result_of({kReturn, encode<"or">(REG_V0, REG_A3, 0)}) == 0xa3a3a3a3);
  CHECK(result_of({encode<"multu">(REG_A0, REG_A1), encode<"mflo">(REG_V0), kReturn, kNop}, 6, 7) ==
        42);
}

/// Runs the code with something in each register that a caller may leave behind, HI and LO too.
uint32_t result_after_others(std::initializer_list<Word> code) {
  translate(&code.begin()->bits, static_cast<uint32_t>(code.size()));
  constexpr uint32_t arguments[4] = {};
  register uint32_t v0 asm("$2") = 0x2222;
  register uint32_t a0 asm("$4") = kTranslationVirt;
  register uint32_t* a1 asm("$5") = window;
  register const uint32_t* a2 asm("$6") = arguments;
  asm volatile(
      ".set push\n\t.set noreorder\n\t.set noat\n"
      "li $1, -1\n li $3, -1\n li $7, -1\n li $8, -1\n li $9, -1\n li $10, -1\n li $11, -1\n"
      "li $12, -1\n li $13, -1\n li $14, -1\n li $15, -1\n"
      "mthi $1\n"
      "jal run_code\n"
      "mtlo $1\n"
      ".set pop"
      : "+r"(v0), "+r"(a0), "+r"(a1), "+r"(a2)
      :
      : "$1", "$3", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$24", "$25", "$31",
        "hi", "lo", "memory");
  return v0;
}

/// Nothing of the caller's is in the registers, HI and LO.
void sees_no_registers() {
  for (uint32_t number = 1; number <= REG_T7; ++number)
    CHECK(result_after_others({kReturn, encode<"or">(REG_V0, number, 0)}) == 0);
  CHECK(result_after_others({encode<"mfhi">(REG_V0), kReturn, kNop}) == 0);
  CHECK(result_after_others({encode<"mflo">(REG_V0), kReturn, kNop}) == 0);
}

void branches_over_what_has_grown() {
  const Word store = encode<"sw">(REG_A0, 4, REG_A1);
  const std::initializer_list<Word> code = {encode<"beq">(REG_A0, REG_A1, 5 * 4),
                                            encode<"addiu">(REG_V0, REG_V0, 1),
                                            store,
                                            store,
                                            store,
                                            encode<"addiu">(REG_V0, REG_V0, 2),
                                            encode<"addiu">(REG_V0, REG_V0, 4),
                                            kReturn,
                                            kNop};
  CHECK(result_of(code, 1, 1) == 1 + 4);
  CHECK(result_of(code, 1, 2) == 1 + 2 + 4);
  // To the last word that may be a target, and over one word.
  CHECK(result_of({encode<"bltz">(REG_A0, 4), encode<"addiu">(REG_V0, 0, 7), kReturn, kNop},
                  0x80000000) == 7);
}

/// Wherever a load goes, it gets a word of the window: that of its address modulo its size.
void loads_stay_in_the_window() {
  const std::initializer_list<Word> by_register = {encode<"lw">(REG_V0, 0, REG_A0), kReturn, kNop};
  const std::initializer_list<Word> with_offset = {encode<"lw">(REG_V0, -4, REG_A0), kReturn, kNop};
  const std::initializer_list<Word> absolute = {encode<"lw">(REG_V0, -4, 0), kReturn, kNop};
  for (const uint32_t address :
       {0x0u, 0x7cu, 0x80u, 0xfffffffcu, 0x80000000u, 0x80000080u, 0x80000004u, 0xa0000000u,
        0xb0000000u, 0xbfc00000u, 0xc0000000u, 0x7fffffffu, 0x1u, 0x2u, 0x3u, 0x7fu, 0x00400000u}) {
    CHECK(result_of(by_register, address) == pattern(address % kWindow.bytes / 4));
    CHECK(result_of(with_offset, address) == pattern((address - 4) % kWindow.bytes / 4));
  }
  CHECK(result_of(absolute) == pattern(kWindowWords - 1));
  for (const uint32_t address : {0x80000001u, 0x7fu, 0xffffffffu, 0xb0000001u}) {
    const uint32_t word = pattern(address % kWindow.bytes / 4);
    CHECK(result_of({encode<"lhu">(REG_V0, 0, REG_A0), kReturn, kNop}, address) ==
          ((word >> (address & 2) * 8) & 0xffff));
    CHECK(result_of({encode<"lbu">(REG_V0, 0, REG_A0), kReturn, kNop}, address) ==
          ((word >> (address & 3) * 8) & 0xff));
  }
  CHECK(result_of({encode<"lb">(REG_V0, 3, 0), kReturn, kNop}) == 0xffffff83);
  CHECK(result_of({encode<"lh">(REG_V0, 2, 0), kReturn, kNop}) == 0xffff8302);
}

/// Wherever a store goes, it reaches the scratch area; a load of the same address there sees it.
void stores_stay_in_the_scratch_area() {
  const std::initializer_list<Word> code = {encode<"sw">(REG_A1, 8, REG_A0), kReturn, kNop};
  for (const uint32_t address :
       {0x0u, 0x40u, 0x7cu, 0x80u, 0xfffffff8u, 0x80000000u, 0x80000080u, 0xa0000000u, 0xb0000020u,
        0xbfc00000u, 0xc0000000u, 0x7ffffff8u, 0x1u, 0x2u, 0x3u, 0x00400000u}) {
    const uint32_t at = kScratch + ((address + 8) % kWindow.store_bytes & ~3u);
    result_of(code, address, 0x12345678);
    CHECK(window[at / 4] == 0x12345678);
  }
  result_of({encode<"sb">(REG_A0, 0x45, 0), encode<"sh">(REG_A0, 0x7f, 0), kReturn, kNop},
            0x99998877);
  CHECK(window[kScratch / 4 + 1] == ((pattern(kScratch / 4 + 1) & 0xffff00ff) | 0x7700));
  CHECK(window[kWindowWords - 1] == ((pattern(kWindowWords - 1) & 0xffff) | 0x88770000));
  CHECK(result_of({encode<"sw">(REG_A0, 0x44, 0), encode<"lw">(REG_V0, 0x44, 0), kReturn, kNop},
                  0x87654321) == 0x87654321);
}

/// The longest translation fits where the kernel puts it.
void translates_the_longest_code() {
  uint32_t words[EXO_CODE_MAX];
  for (uint32_t& word : words) word = encode<"lb">(0, 1, REG_A0).bits;
  words[EXO_CODE_MAX - 2] = kReturn.bits;
  words[EXO_CODE_MAX - 1] = kNop.bits;
  CHECK(aegis::verify_code(words, EXO_CODE_MAX).reason == 0);
  CHECK(translate(words, EXO_CODE_MAX) == aegis::kTranslationMax);
  const uint32_t arguments[4] = {};
  CHECK(run(arguments) == 0);
}

/// Runs what has been verified in the sandbox and in the model.
void compare(const uint32_t* words, uint32_t count, test::Random& random) {
  reset_window();
  uint32_t expected[kWindowWords];
  for (uint32_t word = 0; word < kWindowWords; ++word) expected[word] = window[word];
  const uint32_t arguments[] = {random.next(), random.next() & 0xff, 0x80000000, 0xb0000000};
  test::CodeModel model(kWindow, reinterpret_cast<uint8_t*>(expected));
  const uint32_t result = model.run(words, arguments);
  CHECK(!model.is_wrong());
  const uint32_t length = translate(words, count);
  CHECK(length <= aegis::kSandboxedWords * count);
  CHECK(run(arguments) == result);
  CHECK(is_margin_intact());
  for (uint32_t word = 0; word < kWindowWords; ++word) CHECK(window[word] == expected[word]);
}

/// Each of 10,000 random words, alone, with room for a branch and behind a load and mfhi.
void survives_random_words() {
  test::Random random(7);
  uint32_t accepted = 0;
  for (unsigned round = 0; round < 10000; ++round) {
    const uint32_t word = round % 2 == 0 ? random.next() : test::random_word(random, 4);
    const uint32_t words[] = {encode<"lw">(REG_T0, 4, REG_A0).bits,
                              encode<"mfhi">(REG_T0 + 1).bits,
                              word,
                              encode<"addiu">(REG_V1, REG_V0, 1).bits,
                              encode<"addu">(REG_V0, REG_V0, REG_V1).bits,
                              encode<"xor">(REG_V0, REG_V0, REG_T0).bits,
                              kReturn.bits,
                              kNop.bits};
    if (aegis::verify_code(words, 8).reason != 0) continue;
    ++accepted;
    compare(words, 8, random);
  }
  CHECK(accepted > 1000);
}

/// Code of up to 40 random instructions: words are drawn until the verifier has no objection to
/// what is there so far.
void survives_random_code() {
  constexpr uint32_t kLength = 40;
  test::Random random(8);
  for (unsigned round = 0; round < 300; ++round) {
    uint32_t words[kLength];
    const uint32_t count = 2 + random.below(kLength - 2) + 1;
    for (uint32_t& word : words) word = kNop.bits;
    words[count - 2] = kReturn.bits;
    for (uint32_t index = 0; index < count - 2; ++index) {
      do {
        words[index] = test::random_word(random, 6);
      } while (aegis::verify_code(words, count).reason != 0 && random.below(200) != 0);
      if (aegis::verify_code(words, count).reason != 0) words[index] = kNop.bits;
    }
    CHECK(aegis::verify_code(words, count).reason == 0);
    compare(words, count, random);
  }
}

}  // namespace

void run_tests() {
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  translation_page = page.capability();
  CHECK(exo::guarantee(kTranslationVirt, EXO_MAP_WRITE, translation_page).ok());
  computes();
  sees_no_registers();
  branches_over_what_has_grown();
  loads_stay_in_the_window();
  stores_stay_in_the_scratch_area();
  translates_the_longest_code();
  survives_random_words();
  survives_random_code();
  CHECK(test::caught().count == 0);
}
