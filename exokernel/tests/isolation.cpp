// Two environments: neither gets at a page of the other or of the kernel, whatever it presents.
// run: exokernel_isolation exokernel_isolation
#include "exokernel/tests/harness/harness.hpp"

using test::refused;

namespace {

constexpr unsigned kGuesses = 2000;
constexpr uint32_t kSecret = 0x5ec7e700;

bool is_own(uint32_t pfn) { return exo::page_capability(pfn, EXO_RIGHT_READ).ok(); }

/// Every page that is not the caller's, with the check value of one that is.
void tries_every_page(const exo::Capability& own) {
  uint32_t others = 0;
  for (uint32_t pfn = 0; pfn < exo::info().page_count; ++pfn) {
    if (is_own(pfn)) continue;
    ++others;
    exo::Capability forged = own;
    forged.word[0] = exo::capability_word(EXO_KIND_PAGE, EXO_RIGHT_ALL, pfn);
    CHECK(refused(exo::tlb_write(test::kVirt, 0u, forged), EXO_ERROR_BAD_CAPABILITY));
    CHECK(refused(exo::page_dealloc(forged), EXO_ERROR_BAD_CAPABILITY));
    CHECK(refused(exo::page_capability(pfn, EXO_RIGHT_READ), EXO_ERROR_NOT_OWNER));
  }
  CHECK(others > exo::info().page_count / 2);
}

/// Check values at random, for the page beside the own context page.
void guesses(uint32_t seed) {
  const uint32_t pfn = exo::info().context_pfn + 1;
  if (is_own(pfn)) return;
  for (unsigned guess = 0; guess < kGuesses; ++guess) {
    exo::Capability forged{{exo::capability_word(EXO_KIND_PAGE, EXO_RIGHT_READ, pfn), seed, 0}};
    seed = seed * 1664525 + 1013904223;
    forged.word[2] = seed;
    CHECK(refused(exo::tlb_write(test::kVirt, 0u, forged), EXO_ERROR_BAD_CAPABILITY));
  }
}

/// The same virtual address in both: each sees its own page.
void has_memory_of_its_own(uint32_t own_id) {
  CHECK(test::word_at(test::kVirt) == kSecret + own_id);
  test_yield(own_id % 2 + 1);
  CHECK(test::word_at(test::kVirt) == kSecret + own_id);
}

}  // namespace

void run_tests() {
  const uint32_t own_id = exo::info().environment;
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(exo::guarantee(test::kVirt, EXO_MAP_WRITE, page.capability()).ok());
  CHECK(test::word_at(test::kVirt) == 0);
  test::word_at(test::kVirt) = kSecret + own_id;
  test_yield(own_id % 2 + 1);
  has_memory_of_its_own(own_id);
  tries_every_page(page.capability());
  guesses(own_id);
  has_memory_of_its_own(own_id);
}
