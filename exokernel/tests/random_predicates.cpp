// 10,000 random words as predicates, in the kernel: whatever the verifier accepts, the kernel goes
// on, answers as before, and has not touched what is not the predicate's.
// options: --stop-on all
#include "exokernel/abi/code.h"
#include "exokernel/tests/harness/code.hpp"
#include "exokernel/tests/harness/random_code.hpp"

using test::encode;
using test::kNop;
using test::kReturn;

namespace {

constexpr uint32_t kSourceVirt = test::kVirt;
constexpr uint32_t kBystanderVirt = test::kVirt + PAGE_SIZE;
constexpr uint32_t kBoundVirt = test::kVirt + 2 * PAGE_SIZE;

exo::Capability allocate() { return exo::page_alloc(EXO_PAGE_ANY).capability(); }

uint32_t bystander_word(uint32_t offset) { return offset * 0x01010101 + 1; }

/// The code that is there already, up to `count` instructions, as predicate of the page. True if it
/// has been accepted; `kept` is the page to keep it in, and stays so.
bool run(const exo::Capability& source, const exo::Capability& page, exo::Capability& kept,
         uint32_t count, uint32_t word) {
  const exo::CallResult code = exo::code_download(source, kept, 0u, count);
  if (!code.ok()) {
    CHECK(test::refused(code, EXO_ERROR_BAD_CODE) && code.word[0] < count);
    return false;
  }
  CHECK(exo::page_predicate(page.index(), code.capability()).ok());
  const exo::CallResult result = exo::bind_by_predicate(kBoundVirt, 0u, page.index(), word);
  CHECK(result.value == 0 || test::refused(result, EXO_ERROR_REFUSED));
  kept = exo::code_remove(code.capability()).capability();
  return true;
}

uint32_t run_random_words(const exo::Capability& source, const exo::Capability& page) {
  exo::Capability kept = allocate();
  test::Random random(11);
  uint32_t accepted = 0;
  for (unsigned round = 0; round < 10000; ++round) {
    const test::Word word{round % 4 == 0 ? random.next() : test::random_word(random, 4)};
    test::write_code(
        kSourceVirt,
        {encode<"lw">(REG_T0, 4, REG_A3), encode<"addu">(REG_V0, REG_A3, REG_A2), word,
         encode<"sw">(REG_V0, 8, REG_A3), encode<"addu">(REG_V0, REG_V0, REG_T0), kReturn, kNop});
    accepted += run(source, page, kept, 7, random.next());
  }
  return accepted;
}

}  // namespace

void run_tests() {
  const exo::Capability source = allocate();
  const exo::Capability page = allocate();
  CHECK(exo::guarantee(kSourceVirt, EXO_MAP_WRITE, source).ok());
  CHECK(exo::guarantee(kBystanderVirt, EXO_MAP_WRITE, page).ok());
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
    test::word_at(kBystanderVirt + offset) = bystander_word(offset);
  CHECK(run_random_words(source, page) > 1000);
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
    CHECK(test::word_at(kBystanderVirt + offset) == bystander_word(offset));
  CHECK(test::caught().count == 0);
}
