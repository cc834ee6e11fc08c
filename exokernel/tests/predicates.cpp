// page_predicate and bind_by_predicate: what a predicate gets and sees, each refusal, and all that
// ends the bindings that it has allowed.
// options: --stop-on stale-word,hazard
#include "exokernel/abi/code.h"
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/code.hpp"

using test::Code;
using test::encode;
using test::kNop;
using test::kReturn;
using test::refused;

namespace {

constexpr uint32_t kParent = 1;  // id
constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kSourceVirt = test::kVirt;
constexpr uint32_t kOwnVirt = test::kVirt + PAGE_SIZE;        // of the page with the predicate
constexpr uint32_t kBoundVirt = test::kVirt + 2 * PAGE_SIZE;  // by predicate
constexpr uint32_t kSecret = 0x1234;
constexpr exo::Capability kNoPredicate{};

const volatile exo::EnvironmentRecord* records;
exo::Capability source;  // bound at kSourceVirt
exo::Capability page;    // bound at kOwnVirt, guaranteed
exo::Capability code;    // its predicate

exo::CallResult bind(uint32_t flags, uint32_t word = 0, uint32_t pfn = page.index()) {
  return exo::bind_by_predicate(kBoundVirt, flags, pfn, word);
}

exo::Capability download(Code words) {
  test::write_code(kSourceVirt, words);
  const exo::Capability kept = exo::page_alloc(EXO_PAGE_ANY).capability();
  const exo::CallResult result =
      exo::code_download(source, kept, 0u, static_cast<uint32_t>(words.size()));
  CHECK(result.ok());
  return result.capability();
}

void remove(const exo::Capability& removed) {
  CHECK(exo::page_dealloc(exo::code_remove(removed).capability()).ok());
}

/// True if the page may be bound while this is its predicate.
bool allows(Code words, uint32_t flags = 0, uint32_t word = 0) {
  const exo::Capability predicate = download(words);
  CHECK(exo::page_predicate(page.index(), predicate).value == 0);
  const exo::CallResult result = bind(flags, word);
  CHECK(result.value == 0 || refused(result, EXO_ERROR_REFUSED));
  if (result.ok()) CHECK(test::word_at(kBoundVirt) == kSecret);
  remove(predicate);
  CHECK(test::raises(EXC_TLBL, [] { test::touch(kBoundVirt); }));
  return result.ok();
}

/// Code that allows if the register has this value.
bool has(uint32_t number, uint32_t value, uint32_t flags = 0, uint32_t word = 0) {
  return allows(
      {encode<"lui">(REG_T0, value >> 16), encode<"ori">(REG_T0, REG_T0, value),
       encode<"xor">(REG_V0, number, REG_T0), kReturn, encode<"sltiu">(REG_V0, REG_V0, 1)},
      flags, word);
}

/// The same for a word of the window.
bool sees(uint32_t offset, uint32_t mask, uint32_t value) {
  return allows({encode<"lw">(REG_V0, offset, 0), kNop, encode<"andi">(REG_V0, REG_V0, mask),
                 encode<"xori">(REG_V0, REG_V0, value), kReturn,
                 encode<"sltiu">(REG_V0, REG_V0, 1)});
}

void decides() {
  CHECK(!allows({kReturn, kNop}));
  CHECK(allows({kReturn, encode<"ori">(REG_V0, 0, 1)}));
  CHECK(allows({kReturn, encode<"lui">(REG_V0, 0x8000)}));
}

void gets_arguments() {
  CHECK(has(REG_A0, kParent));
  CHECK(!has(REG_A0, kParent + 1));
  CHECK(has(REG_A1, EXO_RIGHT_READ));
  CHECK(has(REG_A1, EXO_RIGHT_READ | EXO_RIGHT_WRITE, EXO_MAP_WRITE));
  CHECK(has(REG_A1, EXO_RIGHT_READ, EXO_MAP_GUARANTEE));
  CHECK(!has(REG_A1, EXO_RIGHT_READ, EXO_MAP_WRITE));
  CHECK(has(REG_A2, page.index()));
  CHECK(has(REG_A3, 0xdeadbeef, 0, 0xdeadbeef));
  CHECK(!has(REG_A3, 0xdeadbeef, 0, 0xdeadbeee));
}

void sees_exposed_records() {
  const auto running = static_cast<uint32_t>(exo::EnvironmentState::kRunning);
  CHECK(sees(EXO_PREDICATE_REQUESTER, 0xff, running));
  CHECK(sees(EXO_PREDICATE_REQUESTER + 8, 0xffff, records[kParent].account));
  CHECK(sees(EXO_PREDICATE_PAGE, 0xffff, kParent));
  CHECK(sees(EXO_PREDICATE_PAGE + 12, 0xffff, 1));   // guaranteed to its owner
  CHECK(sees(EXO_PREDICATE_SYSTEM + 4, 0xffff, 0));  // there is no arbiter
  CHECK(sees(EXO_PREDICATE_SCRATCH, 0xffff, 0));
}

/// What it has stored is gone the next time, and what it may only read is intact.
void starts_with_an_empty_scratch_area() {
  const Code words = {encode<"lw">(REG_T0, EXO_PREDICATE_SCRATCH, 0),
                      encode<"ori">(REG_T0 + 1, 0, 1),
                      encode<"sw">(REG_T0 + 1, EXO_PREDICATE_SCRATCH, 0),
                      encode<"sw">(REG_A3, EXO_PREDICATE_PAGE, 0),
                      encode<"lw">(REG_T0 + 2, EXO_PREDICATE_PAGE, 0),
                      encode<"sltiu">(REG_V0, REG_T0, 1),
                      encode<"andi">(REG_T0 + 2, REG_T0 + 2, 0xffff),
                      encode<"xori">(REG_T0 + 2, REG_T0 + 2, kParent),
                      encode<"sltiu">(REG_T0 + 2, REG_T0 + 2, 1),
                      kReturn,
                      encode<"and">(REG_V0, REG_V0, REG_T0 + 2)};
  code = download(words);
  CHECK(exo::page_predicate(page.index(), code).ok());
  for (unsigned round = 0; round < 3; ++round) CHECK(bind(0, 0xffffffff).ok());
  remove(code);
}

void binds_with_the_rights_asked() {
  code = download({kReturn, encode<"ori">(REG_V0, 0, 1)});
  CHECK(exo::page_predicate(page.index(), code).ok());
  CHECK(bind(0).ok());
  CHECK(test::raises(EXC_MOD, [] { test::poke(kBoundVirt, 1); }));
  CHECK(bind(EXO_MAP_WRITE).ok());
  test::poke(kBoundVirt, kSecret);
  CHECK(bind(EXO_MAP_WRITE | EXO_MAP_GUARANTEE).ok());
  test::poke(kBoundVirt, kSecret);
  CHECK(refused(bind(EXO_MAP_GUARANTEE), EXO_ERROR_BUSY));
  CHECK(exo::unguarantee(kBoundVirt).ok());
  CHECK(test::raises(EXC_TLBL, [] { test::touch(kBoundVirt); }));
}

/// With a predicate that allows everything.
void refuses_requests() {
  const uint32_t pfn = page.index();
  CHECK(refused(exo::bind_by_predicate(0u, 0u, pfn, 0u), EXO_ERROR_BAD_ADDRESS));
  CHECK(refused(exo::bind_by_predicate(kBoundVirt + 4, 0u, pfn, 0u), EXO_ERROR_BAD_ADDRESS));
  CHECK(refused(exo::bind_by_predicate(0x80000000u, 0u, pfn, 0u), EXO_ERROR_BAD_ADDRESS));
  CHECK(refused(exo::bind_by_predicate(uint32_t{EXO_CONTEXT_VA}, 0u, pfn, 0u), EXO_ERROR_BUSY));
  CHECK(refused(exo::bind_by_predicate(uint32_t{EXO_INFO_VA}, 0u, pfn, 0u), EXO_ERROR_BUSY));
  CHECK(refused(bind(8), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(bind(0, 0, exo::info().page_count), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(bind(0, 0, 0xffffffff), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(bind(0, 0, 0), EXO_ERROR_REFUSED));  // of the kernel: there is no predicate
  CHECK(refused(bind(0, 0, code.index()), EXO_ERROR_REFUSED));
  CHECK(refused(bind(0, 0, source.index()), EXO_ERROR_REFUSED));
  uint32_t virt = kTables + 64 * PAGE_SIZE;
  while (exo::guarantee(virt, 0u, page).ok()) virt += PAGE_SIZE;
  CHECK(refused(bind(EXO_MAP_GUARANTEE), EXO_ERROR_LIMIT));
  for (virt -= PAGE_SIZE; virt >= kTables + 64 * PAGE_SIZE; virt -= PAGE_SIZE)
    CHECK(exo::unguarantee(virt).ok());
}

void refuses_predicates() {
  const uint32_t pfn = page.index();
  exo::Capability forged = code;
  forged.word[2] ^= 1;
  CHECK(refused(exo::page_predicate(exo::info().page_count, code), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::page_predicate(0u, code), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::page_predicate(code.index(), code), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::page_predicate(pfn, forged), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::page_predicate(pfn, page), EXO_ERROR_BAD_CAPABILITY));
  const exo::CallResult to_free = exo::capability_derive(code, uint32_t{EXO_RIGHT_FREE});
  CHECK(refused(exo::page_predicate(pfn, to_free.capability()), EXO_ERROR_NO_RIGHT));
  CHECK(bind(0).ok());  // the predicate is still there
}

void has_a_limit() {
  static uint32_t many[EXO_PREDICATED_MAX + 1];
  for (uint32_t& pfn : many) pfn = exo::page_alloc(EXO_PAGE_ANY).capability().index();
  const uint32_t first = many[0], last = many[EXO_PREDICATED_MAX];
  const exo::Capability shared = download({kReturn, encode<"ori">(REG_V0, 0, 1)});
  for (unsigned index = 0; index < EXO_PREDICATED_MAX; ++index)
    CHECK(exo::page_predicate(many[index], shared).value == 0);
  CHECK(refused(exo::page_predicate(last, shared), EXO_ERROR_LIMIT));
  CHECK(refused(bind(0, 0, last), EXO_ERROR_REFUSED));
  CHECK(exo::page_predicate(first, shared).value == 0);  // has it already
  CHECK(exo::page_predicate(first, kNoPredicate).ok());
  CHECK(exo::page_predicate(last, shared).value == 0);
  CHECK(refused(exo::page_predicate(first, shared), EXO_ERROR_LIMIT));
  CHECK(bind(0, 0, last).ok());
  remove(shared);
  for (const uint32_t pfn : many) {
    CHECK(refused(bind(0, 0, pfn), EXO_ERROR_REFUSED));
    CHECK(exo::page_dealloc(exo::page_capability(pfn, EXO_RIGHT_FREE).capability()).ok());
  }
}

// A child that binds the page by its predicate in both ways, and tries them when it is told to.

constexpr uint32_t kGuaranteedVirt = kBoundVirt + PAGE_SIZE;
volatile bool is_over;
volatile uint32_t reached;  // bindings that still lead to the page

void borrow() {
  CHECK(bind(0).ok());
  CHECK(
      exo::bind_by_predicate(kGuaranteedVirt, uint32_t{EXO_MAP_GUARANTEE}, page.index(), 0u).ok());
  while (!is_over) {
    reached = 0;
    for (const uint32_t virt : {kBoundVirt, kGuaranteedVirt})
      reached = reached + !test::raises(EXC_TLBL, [virt] { test::touch(virt); });
    test_yield(kParent);
  }
}

/// Lets the child try.
uint32_t reached_by(const test::Child& child) {
  test_yield(child.id);
  return reached;
}

/// The owner's own binding, by capability, is not the predicate's.
bool has_own_binding() {
  return !test::raises(EXC_TLBL, [] { test::touch(kOwnVirt); });
}

/// `action` ends what the predicate has allowed.
template <typename Action>
void breaks_bindings(Action action) {
  is_over = false;
  const test::Child child = test::create_child(borrow);
  test::start_child(child);
  CHECK(reached_by(child) == 2);
  CHECK(reached_by(child) == 2);
  action();
  CHECK(reached_by(child) == 0);
  is_over = true;
  CHECK(test::wait_for(child, records) == 0);
}

void attach_permission() {
  code = download({kReturn, encode<"ori">(REG_V0, 0, 1)});
  CHECK(exo::page_predicate(page.index(), code).ok());
}

void ends_with_the_predicate() {
  attach_permission();
  breaks_bindings([] { CHECK(exo::page_predicate(page.index(), kNoPredicate).ok()); });
  CHECK(has_own_binding());
  CHECK(refused(bind(0), EXO_ERROR_REFUSED));
  CHECK(exo::page_predicate(page.index(), code).ok());
  const exo::Capability another = download({kReturn, kNop});
  breaks_bindings([&another] { CHECK(exo::page_predicate(page.index(), another).ok()); });
  CHECK(has_own_binding());
  remove(another);
  CHECK(exo::page_predicate(page.index(), code).ok());
  breaks_bindings([] { remove(code); });
  CHECK(has_own_binding());
  CHECK(refused(bind(0), EXO_ERROR_REFUSED));
}

/// To anyone, even to its owner.
void ends_when_the_page_is_given_away() {
  attach_permission();
  const uint32_t own = exo::capability_word(EXO_KIND_ENVIRONMENT, EXO_RIGHT_WRITE, kParent);
  const exo::Capability receiver = exo::capability_mint(own).capability();
  CHECK(exo::unguarantee(kOwnVirt).ok());
  breaks_bindings([&receiver] { CHECK(exo::page_give(page, receiver).ok()); });
  CHECK(refused(bind(0), EXO_ERROR_REFUSED));
  page = exo::page_capability(page.index(), EXO_RIGHT_ALL).capability();
  remove(code);
}

void ends_with_the_page() {
  attach_permission();
  breaks_bindings([] { CHECK(exo::page_dealloc(page).ok()); });
  page = exo::page_alloc(page.index()).capability();
  CHECK(refused(bind(0), EXO_ERROR_REFUSED));
  remove(code);
}

// A child that owns the code, and a page with it as predicate.

exo::Capability childs_page;

void lend() {
  childs_page = exo::page_alloc(EXO_PAGE_ANY).capability();
  const exo::Capability own = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::tlb_write(kSourceVirt, EXO_MAP_WRITE, own).ok());
  test::write_code(kSourceVirt, {kReturn, encode<"ori">(REG_V0, 0, 1)});
  code = exo::code_download(own, own, 0u, 2u).capability();
  CHECK(exo::page_predicate(childs_page.index(), code).ok());
  for (;;) test_yield(kParent);
}

void ends_with_an_environment() {
  const test::Child child = test::create_child(lend);
  test::start_child(child);
  test_yield(child.id);
  CHECK(refused(exo::page_predicate(childs_page.index(), code), EXO_ERROR_NOT_OWNER));
  CHECK(bind(0, 0, childs_page.index()).ok());
  CHECK(
      exo::bind_by_predicate(kGuaranteedVirt, uint32_t{EXO_MAP_GUARANTEE}, childs_page.index(), 0u)
          .ok());
  CHECK(exo::page_predicate(page.index(), code).ok());  // with the child's capability
  constexpr uint32_t kOwnBoundVirt = kGuaranteedVirt + PAGE_SIZE;
  CHECK(exo::bind_by_predicate(kOwnBoundVirt, uint32_t{EXO_MAP_GUARANTEE}, page.index(), 0u).ok());
  CHECK(exo::env_destroy(child.capability).ok());
  for (const uint32_t virt : {kBoundVirt, kGuaranteedVirt, kOwnBoundVirt})
    CHECK(test::raises(EXC_TLBL, [virt] { test::touch(virt); }));
  CHECK(refused(bind(0, 0, childs_page.index()), EXO_ERROR_REFUSED));
  CHECK(refused(bind(0), EXO_ERROR_REFUSED));
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  source = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::guarantee(kSourceVirt, EXO_MAP_WRITE, source).ok());
  page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(refused(bind(0), EXO_ERROR_REFUSED));
  CHECK(exo::guarantee(kOwnVirt, EXO_MAP_WRITE, page).ok());
  test::word_at(kOwnVirt) = kSecret;
  decides();
  gets_arguments();
  sees_exposed_records();
  starts_with_an_empty_scratch_area();
  binds_with_the_rights_asked();
  refuses_requests();
  refuses_predicates();
  has_a_limit();
  remove(code);
  ends_with_the_predicate();
  ends_when_the_page_is_given_away();
  ends_with_the_page();
  ends_with_an_environment();
}
