// A page whose predicate has let somebody guarantee it is given to that one: the guarantee is the
// owner's own from then on, and no predicate's business.
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/code.hpp"

using test::encode;
using test::kReturn;

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kSourceVirt = test::kVirt + PAGE_SIZE;
constexpr uint32_t kBoundVirt = test::kVirt + 2 * PAGE_SIZE;
constexpr uint32_t kMark = 0x5eed;

exo::Capability page;
volatile bool is_bound, is_given;

/// Code that allows everything.
exo::Capability download() {
  const exo::Capability source = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::tlb_write(kSourceVirt, EXO_MAP_WRITE, source).ok());
  test::write_code(kSourceVirt, {kReturn, encode<"ori">(REG_V0, 0, 1)});
  return exo::code_download(source, source, 0u, 2u).capability();
}

void inherit() {
  const uint32_t pfn = page.index();
  CHECK(exo::bind_by_predicate(kBoundVirt, EXO_MAP_WRITE | EXO_MAP_GUARANTEE, pfn, 0u).ok());
  is_bound = true;
  while (!is_given) test_yield(EXO_YIELD_NEXT);
  test::word_at(kBoundVirt) = kMark;
  const exo::Capability code = download();
  CHECK(exo::page_predicate(pfn, code).ok());
  CHECK(exo::code_remove(code).ok());
  CHECK(test::word_at(kBoundVirt) == kMark);
  const exo::Capability another = download();
  CHECK(exo::page_predicate(pfn, another).ok());
  CHECK(exo::bind_by_predicate(test::kVirt, 0u, pfn, 0u).ok());
  CHECK(exo::page_predicate(pfn, exo::Capability{}).ok());
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
  CHECK(test::word_at(kBoundVirt) == kMark);
}

}  // namespace

void run_tests() {
  const auto* records =
      test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::page_predicate(page.index(), download()).ok());
  const test::Child child = test::create_child(inherit);
  test::start_child(child);
  while (!is_bound) test_yield(EXO_YIELD_NEXT);
  CHECK(exo::page_give(page, child.capability).ok());
  is_given = true;
  CHECK(test::wait_for(child, records) == 0);
}
