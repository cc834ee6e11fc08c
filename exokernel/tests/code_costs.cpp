// What downloaded code costs: download, a binding by predicate beside one by capability, and the
// slowest code there is, whose run bounds how long the kernel can be kept by a predicate
// (docs/exokernel.md shows a run).
#include <initializer_list>

#include "exokernel/abi/code.h"
#include "exokernel/tests/harness/code.hpp"
#include "isa/markers.h"

using test::encode;
using test::kNop;
using test::kReturn;
using test::Word;

namespace {

constexpr uint32_t kSourceVirt = test::kVirt;
constexpr uint32_t kBoundVirt = test::kVirt + PAGE_SIZE;
constexpr unsigned kRounds = 16;

exo::Capability source;
exo::Capability page;

/// Code of `count` instructions: `words` again and again, then the return.
void write_code(std::initializer_list<Word> words, uint32_t count) {
  const Word* next = words.begin();
  for (uint32_t index = 0; index < count - 2; ++index) {
    test::word_at(kSourceVirt + 4 * index) = (next++)->bits;
    if (next == words.end()) next = words.begin();
  }
  test::write_code(kSourceVirt + 4 * (count - 2), {kReturn, encode<"ori">(REG_V0, 0, 1)});
}

exo::Capability allocate() { return exo::page_alloc(EXO_PAGE_ANY).capability(); }

void remove(const exo::CallResult& code) {
  CHECK(exo::page_dealloc(exo::code_remove(code.capability()).capability()).ok());
}

void downloads() {
  write_code({encode<"lw">(REG_T0, 4, REG_A0), encode<"addu">(REG_V0, REG_V0, REG_A1)}, 224);
  for (unsigned round = 0; round < kRounds; ++round) {
    const exo::Capability kept = allocate();
    EXO_OP_BEGIN("code download, 224");
    const exo::CallResult code = exo::code_download(source, kept, 0u, 224u);
    EXO_OP_END("code download, 224");
    remove(code);
  }
  write_code({encode<"lw">(REG_T0, 4, REG_A0), encode<"addu">(REG_V0, REG_V0, REG_A1)}, 16);
  for (unsigned round = 0; round < kRounds; ++round) {
    const exo::Capability kept = allocate();
    EXO_OP_BEGIN("code download, 16");
    const exo::CallResult code = exo::code_download(source, kept, 0u, 16u);
    EXO_OP_END("code download, 16");
    EXO_OP_BEGIN("code remove");
    const exo::CallResult back = exo::code_remove(code.capability());
    EXO_OP_END("code remove");
    CHECK(exo::page_dealloc(back.capability()).ok());
  }
}

/// Those who know a word may read; the owner of the page may write too.
void binds() {
  test::write_code(
      kSourceVirt,
      {encode<"lhu">(REG_T0, EXO_PREDICATE_PAGE, 0), encode<"lui">(REG_T0 + 1, 0x1234),
       encode<"ori">(REG_T0 + 1, REG_T0 + 1, 0x5678), encode<"beq">(REG_A0, REG_T0, 4 * 3),
       encode<"ori">(REG_V0, 0, 1), encode<"xor">(REG_V0, REG_A3, REG_T0 + 1),
       encode<"sltiu">(REG_V0, REG_V0, 1), kReturn, kNop});
  const exo::CallResult code = exo::code_download(source, allocate(), 0u, 9u);
  CHECK(exo::page_predicate(page.index(), code.capability()).ok());
  for (unsigned round = 0; round < kRounds; ++round) {
    EXO_OP_BEGIN("bind by capability");
    const exo::CallResult by_capability = exo::tlb_write(kBoundVirt, 0u, page);
    EXO_OP_END("bind by capability");
    EXO_OP_BEGIN("bind by predicate");
    const exo::CallResult by_predicate =
        exo::bind_by_predicate(kBoundVirt, 0u, page.index(), 0x12345678u);
    EXO_OP_END("bind by predicate");
    CHECK(by_capability.ok() && by_predicate.ok());
  }
  remove(code);
}

/// Once, from cold caches: the code has just been stored.
void runs_slowly(std::initializer_list<Word> words) {
  write_code(words, EXO_CODE_MAX);
  const exo::CallResult code = exo::code_download(source, allocate(), 0u, uint32_t{EXO_CODE_MAX});
  CHECK(code.ok());
  CHECK(exo::page_predicate(page.index(), code.capability()).ok());
  EXO_OP_BEGIN("bind by slow predicate");
  const exo::CallResult bound = exo::bind_by_predicate(kBoundVirt, 0u, page.index(), 0u);
  EXO_OP_END("bind by slow predicate");
  CHECK(bound.ok());
  remove(code);
}

}  // namespace

void run_tests() {
  source = allocate();
  page = allocate();
  CHECK(exo::guarantee(kSourceVirt, EXO_MAP_WRITE, source).ok());
  downloads();
  binds();
  runs_slowly({encode<"lb">(0, 1, REG_A2)});
  runs_slowly({encode<"sb">(REG_T0, 1, REG_A2)});
  runs_slowly({encode<"div">(REG_A2, REG_A2)});
  runs_slowly({encode<"div">(REG_A2, REG_A2), encode<"sb">(REG_T0, 1, REG_A2),
               encode<"sb">(REG_T0, 1, REG_A2), encode<"sb">(REG_T0, 1, REG_A2)});
}
