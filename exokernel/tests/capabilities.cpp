// Capabilities: mint, derive, change; each refusal; and an attack: nothing that an environment can
// compute from capabilities that it has makes one that it has not.
#include <initializer_list>

#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kGuesses = 20000;

uint32_t page_word(uint32_t rights, uint32_t pfn) {
  return exo::capability_word(EXO_KIND_PAGE, rights, pfn);
}

exo::Capability allocate() { return exo::page_alloc(EXO_PAGE_ANY).capability(); }

bool are_equal(const exo::Capability& left, const exo::Capability& right) {
  return left.word[0] == right.word[0] && left.word[1] == right.word[1] &&
         left.word[2] == right.word[2];
}

void mints_for_the_owner() {
  const exo::Capability page = allocate();
  for (uint32_t rights = 1; rights <= EXO_RIGHT_ALL; ++rights) {
    const exo::CallResult made = exo::capability_mint(page_word(rights, page.index()));
    CHECK(made.ok() && made.capability().word[0] == page_word(rights, page.index()));
    CHECK(exo::capability_derive(made.capability(), rights).ok());
  }
  CHECK(refused(exo::capability_mint(page_word(0, page.index())), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::capability_mint(page_word(8, page.index())), EXO_ERROR_BAD_ARGUMENT));
  const uint32_t beyond = exo::info().page_count;
  CHECK(refused(exo::capability_mint(page_word(1, beyond)), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::capability_mint(page_word(1, 0xffffff)), EXO_ERROR_BAD_ARGUMENT));
  for (const uint32_t kind : {0u, 3u, 15u})
    CHECK(refused(exo::capability_mint(exo::capability_word(kind, 1, 1)), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::capability_mint(page_word(1, 0)), EXO_ERROR_NOT_OWNER));
  CHECK(exo::page_dealloc(page).ok());
  CHECK(refused(exo::capability_mint(page_word(1, page.index())), EXO_ERROR_NOT_OWNER));
}

void mints_for_environments() {
  const uint32_t own = exo::info().environment;
  const auto word = [](uint32_t id) { return exo::capability_word(EXO_KIND_ENVIRONMENT, 7, id); };
  CHECK(exo::capability_mint(word(own)).ok());  // one that was started at boot is its own
  CHECK(refused(exo::capability_mint(word(0)), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::capability_mint(word(own + 1)), EXO_ERROR_BAD_ARGUMENT));
  CHECK(
      refused(exo::capability_mint(word(exo::info().environment_max + 1)), EXO_ERROR_BAD_ARGUMENT));
  const test::Child child = test::create_child(run_tests);
  const exo::CallResult made = exo::capability_mint(word(child.id));
  CHECK(made.ok() && are_equal(made.capability(), child.capability));
  CHECK(exo::env_destroy(made.capability()).ok());
}

void derives_only_less() {
  const exo::Capability page = allocate();
  for (uint32_t from = 1; from <= EXO_RIGHT_ALL; ++from) {
    const exo::Capability source = exo::capability_derive(page, from).capability();
    CHECK(source.rights() == from);
    for (uint32_t to = 1; to <= EXO_RIGHT_ALL; ++to) {
      const exo::CallResult made = exo::capability_derive(source, to);
      if ((from & to) == to)
        CHECK(made.ok() && made.capability().rights() == to);
      else
        CHECK(refused(made, EXO_ERROR_NO_RIGHT));
    }
    CHECK(refused(exo::capability_derive(source, 0u), EXO_ERROR_BAD_ARGUMENT));
    CHECK(refused(exo::capability_derive(source, 8u), EXO_ERROR_BAD_ARGUMENT));
  }
  CHECK(refused(exo::capability_derive(exo::Capability{}, 1u), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::page_dealloc(page).ok());
  CHECK(refused(exo::capability_derive(page, 1u), EXO_ERROR_BAD_CAPABILITY));
}

void changes_make_old_ones_void() {
  const exo::Capability page = allocate();
  const exo::Capability weak = exo::capability_derive(page, EXO_RIGHT_READ).capability();
  CHECK(exo::tlb_write(test::kVirt, 0u, weak).ok());
  test::touch(test::kVirt);
  CHECK(exo::guarantee(test::kVirt + PAGE_SIZE, 0u, page).ok());
  const exo::CallResult changed = exo::capability_change(page.word[0]);
  CHECK(changed.ok() && changed.capability().rights() == EXO_RIGHT_ALL);
  CHECK(!are_equal(changed.capability(), page));
  CHECK(refused(exo::capability_derive(page, EXO_RIGHT_READ), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::tlb_write(test::kVirt, 0u, weak), EXO_ERROR_BAD_CAPABILITY));
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
  const uint32_t before = test::caught().count;
  test::touch(test::kVirt + PAGE_SIZE);  // the owner's own guarantee stands
  CHECK(test::caught().count == before);
  CHECK(exo::unguarantee(test::kVirt + PAGE_SIZE).ok());
  CHECK(refused(exo::capability_change(page_word(0, 0)), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::capability_change(page_word(0, exo::info().page_count)),
                EXO_ERROR_BAD_ARGUMENT));
  CHECK(exo::page_dealloc(changed.capability()).ok());
}

void changes_of_an_environment() {
  const test::Child child = test::create_child(run_tests);
  const exo::CallResult changed = exo::capability_change(child.capability.word[0]);
  CHECK(changed.ok());
  CHECK(refused(exo::env_destroy(child.capability), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::env_destroy(changed.capability()).ok());
}

/// A child with read rights, handed over in memory, cannot make more of it.
exo::Capability handed_over;
volatile uint32_t attacks;

void attack() {
  const exo::Capability read = handed_over;
  CHECK(exo::tlb_write(test::kVirt, 0u, read).ok());
  CHECK(refused(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, read), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::page_dealloc(read), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::capability_change(read.word[0]), EXO_ERROR_NOT_OWNER));
  CHECK(
      refused(exo::capability_mint(page_word(EXO_RIGHT_READ, read.index())), EXO_ERROR_NOT_OWNER));
  // More rights with the same check value, and with each value one bit away.
  exo::Capability forged = read;
  forged.word[0] = page_word(EXO_RIGHT_ALL, read.index());
  CHECK(refused(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, forged), EXO_ERROR_BAD_CAPABILITY));
  for (unsigned bit = 0; bit < 64; ++bit) {
    exo::Capability close = forged;
    close.word[1 + bit / 32] ^= 1u << (bit % 32);
    CHECK(refused(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, close), EXO_ERROR_BAD_CAPABILITY));
  }
  // What it can compute of capabilities of its own: differences, and random values.
  const exo::Capability all = allocate();
  const exo::Capability one = exo::capability_derive(all, EXO_RIGHT_READ).capability();
  forged.word[1] = read.word[1] ^ all.word[1] ^ one.word[1];
  forged.word[2] = read.word[2] ^ all.word[2] ^ one.word[2];
  CHECK(refused(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, forged), EXO_ERROR_BAD_CAPABILITY));
  uint32_t random = 1;
  for (uint32_t guess = 0; guess < kGuesses; ++guess) {
    random ^= random << 13;
    random ^= random >> 17;
    random ^= random << 5;
    forged.word[1 + guess % 2] = random;
    if (!refused(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, forged), EXO_ERROR_BAD_CAPABILITY))
      CHECK(!"a forged capability was accepted");
    attacks = attacks + 1;
  }
}

void withstands_an_attack() {
  const exo::Capability page = allocate();
  handed_over = exo::capability_derive(page, EXO_RIGHT_READ).capability();
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page).ok());
  test::poke(test::kVirt, 0x600d);
  const test::Child child = test::create_child(attack);
  test::start_child(child);
  const auto* records =
      test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  CHECK(test::wait_for(child, records) == 0);
  CHECK(attacks == kGuesses);
  CHECK(exo::tlb_write(test::kVirt, 0u, page).ok());
  CHECK(test::word_at(test::kVirt) == 0x600d);
}

}  // namespace

void run_tests() {
  mints_for_the_owner();
  mints_for_environments();
  derives_only_less();
  changes_make_old_ones_void();
  changes_of_an_environment();
  withstands_an_attack();
}
