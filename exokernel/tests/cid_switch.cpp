// cid_switch: address spaces of one environment. What is bound where, what is in all of them, and
// that breaking a binding reaches every one.
#include "exokernel/tests/harness/child.hpp"

using test::refused;
using test::word_at;

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kGuaranteed = test::kVirt + 4 * PAGE_SIZE;

exo::Capability allocate() { return exo::page_alloc(EXO_PAGE_ANY).capability(); }

int32_t switch_to(uint32_t number) { return exo::cid_switch(number).value; }

bool is_unbound(uint32_t virt) {
  return test::raises(EXC_TLBL, [virt] { test::touch(virt); });
}

void refuses() {
  CHECK(refused(exo::cid_switch(uint32_t{EXO_SPACES_MAX}), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::cid_switch(0xffffffffU), EXO_ERROR_BAD_ARGUMENT));
  CHECK(switch_to(0) == 0);
}

/// The same virtual page in each of them.
void tells_them_apart() {
  exo::Capability pages[EXO_SPACES_MAX];
  for (uint32_t number = 0; number < EXO_SPACES_MAX; ++number) {
    CHECK(switch_to(number) == static_cast<int32_t>(number == 0 ? 0 : number - 1));
    CHECK(is_unbound(test::kVirt));
    pages[number] = allocate();
    CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, pages[number]).ok());
    word_at(test::kVirt) = 100 + number;
  }
  for (uint32_t number = 0; number < EXO_SPACES_MAX; ++number) {
    switch_to(number);
    CHECK(word_at(test::kVirt) == 100 + number);
  }
  switch_to(1);
  CHECK(exo::tlb_delete(test::kVirt).ok());
  CHECK(is_unbound(test::kVirt));
  switch_to(2);
  CHECK(!is_unbound(test::kVirt));
  // From wherever it is given back.
  switch_to(3);
  for (const exo::Capability& page : pages) CHECK(exo::page_dealloc(page).ok());
  for (uint32_t number = 0; number < EXO_SPACES_MAX; ++number) {
    switch_to(number);
    CHECK(is_unbound(test::kVirt));
  }
  switch_to(0);
}

/// A binding of address space 0 is the only one of its page, and broken in another.
void breaks_the_only_one_from_elsewhere() {
  const exo::Capability page = allocate();
  CHECK(exo::tlb_write(test::kVirt, 0u, page).ok());
  switch_to(2);
  CHECK(exo::page_dealloc(page).ok());
  switch_to(0);
  CHECK(is_unbound(test::kVirt));
}

/// One page at the same place in two of them.
void breaks_both() {
  const exo::Capability page = allocate();
  CHECK(exo::tlb_write(test::kVirt, 0u, page).ok());
  switch_to(1);
  CHECK(exo::tlb_write(test::kVirt, 0u, page).ok());
  CHECK(exo::page_dealloc(page).ok());
  CHECK(is_unbound(test::kVirt));
  switch_to(0);
  CHECK(is_unbound(test::kVirt));
}

void guarantees_in_all() {
  const exo::Capability page = allocate();
  CHECK(exo::guarantee(kGuaranteed, EXO_MAP_WRITE, page).ok());
  word_at(kGuaranteed) = 0;
  for (uint32_t number = 0; number < EXO_SPACES_MAX; ++number) {
    switch_to(number);
    CHECK(word_at(kGuaranteed) == number);
    word_at(kGuaranteed) = number + 1;
  }
  CHECK(exo::unguarantee(kGuaranteed).ok());
  for (uint32_t number = 0; number < EXO_SPACES_MAX; ++number) {
    switch_to(number);
    CHECK(is_unbound(kGuaranteed));
  }
  switch_to(0);
  CHECK(exo::page_dealloc(page).ok());
}

/// A guarantee is made where another page was bound in another of them.
void guarantee_replaces_in_all() {
  const exo::Capability old = allocate();
  const exo::Capability page = allocate();
  CHECK(exo::tlb_write(kGuaranteed, EXO_MAP_WRITE, old).ok());
  word_at(kGuaranteed) = 1;
  switch_to(3);
  CHECK(exo::guarantee(kGuaranteed, EXO_MAP_WRITE, page).ok());
  word_at(kGuaranteed) = 2;
  switch_to(0);
  CHECK(word_at(kGuaranteed) == 2);
  CHECK(exo::unguarantee(kGuaranteed).ok());
  CHECK(exo::page_dealloc(page).ok() && exo::page_dealloc(old).ok());
}

/// It goes on in the address space that it was in, slice after slice, whatever others do with
/// theirs: together they need more than there are.
volatile uint32_t rounds;

void use_all_spaces() {
  const exo::Capability page = allocate();
  for (uint32_t round = 0; round < 6; ++round) {
    const uint32_t number = round % EXO_SPACES_MAX;
    switch_to(number);
    exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page);
    test::poke(test::kVirt, round);
    test_yield(EXO_YIELD_NEXT);
    CHECK(switch_to(number) == static_cast<int32_t>(number));
    rounds = rounds + 1;
  }
}

void outnumbers_the_identifiers() {
  constexpr uint32_t kChildren = 20;
  const auto* const records =
      test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  test::Child children[kChildren];
  for (test::Child& child : children) {
    child = test::create_child(use_all_spaces);
    test::start_child(child);
  }
  for (const test::Child& child : children) CHECK(test::wait_for(child, records) == 0);
  CHECK(rounds == 6 * kChildren);
}

}  // namespace

void run_tests() {
  refuses();
  tells_them_apart();
  breaks_the_only_one_from_elsewhere();
  breaks_both();
  guarantees_in_all();
  guarantee_replaces_in_all();
  outnumbers_the_identifiers();
}
