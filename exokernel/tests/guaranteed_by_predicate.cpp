// As many guarantees as a predicate may allow, of many pages in many environments: no more can be
// had by it. Taking the code back breaks all of them, and takes no longer than is stated; giving a
// page away leaves those of the receiver, which count no more.
// options: --set arguments=slice=1000000
#include "exokernel/abi/code.h"
#include "exokernel/abi/time.hpp"
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/code.hpp"

using test::encode;
using test::kReturn;
using test::refused;

namespace {

constexpr uint32_t kClock = 0x10801000;
constexpr uint32_t kShown = 0x11000000;
constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kCyclesPerTick = 25;
constexpr uint32_t kMost = 150'000;  // cycles
constexpr uint32_t kChildren = 150;

const volatile exo::SystemRecord* machine;
uint32_t registers;
exo::Capability code;
uint32_t pages[EXO_PREDICATED_MAX];
test::Child children[kChildren];
volatile uint32_t next_page, guaranteed, at_limit, missed;

bool bind(uint32_t at) {
  const exo::CallResult result = exo::bind_by_predicate(kShown + at * PAGE_SIZE, EXO_MAP_GUARANTEE,
                                                        pages[next_page % EXO_PREDICATED_MAX], 0u);
  if (result.ok()) {
    guaranteed = guaranteed + 1;
    next_page = next_page + 1;
  } else {
    CHECK(refused(result, EXO_ERROR_LIMIT));
    if (at == 0) at_limit = at_limit + 1;
  }
  return result.ok();
}

/// Guarantees as much as it can; afterwards, whenever it runs, looks at the first.
void take() {
  for (uint32_t at = 0; bind(at); ++at) {
  }
  for (;;) {
    test_yield(EXO_YIELD_NEXT);
    if (test::raises(EXC_TLBL, [] { test::touch(kShown); })) missed = missed + 1;
  }
}

exo::Capability allocate() { return exo::page_alloc(EXO_PAGE_ANY).capability(); }

void download() {
  const exo::Capability kept = allocate();
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, kept).ok());
  test::write_code(test::kVirt, {kReturn, encode<"ori">(REG_V0, 0, 1)});
  code = exo::code_download(kept, kept, 0u, 2u).capability();
  for (uint32_t& page : pages) {
    page = allocate().index();
    CHECK(exo::page_predicate(page, code).ok());
  }
}

void take_all() {
  next_page = 0;
  guaranteed = 0;
  at_limit = 0;
  for (test::Child& child : children) {
    child = test::create_child(take);
    test::start_child(child);
    test_yield(child.id);
  }
  CHECK(guaranteed == EXO_GUARANTEES_BY_CODE_MAX);
  CHECK(at_limit != 0);
  missed = 0;
  test_yield(EXO_YIELD_NEXT);
  CHECK(missed == at_limit);
}

void end_all() {
  const uint32_t begun = machine->stock[EXO_RESOURCE_ENVIRONMENTS].free;
  for (const test::Child& child : children) CHECK(exo::env_destroy(child.capability).ok());
  while (machine->stock[EXO_RESOURCE_ENVIRONMENTS].free != begun + kChildren)
    test_yield(EXO_YIELD_NEXT);
}

void takes_code_back() {
  take_all();
  CHECK(exo::timer_bind(kClock).ok());
  const uint32_t begin = exo::ticks(registers);
  CHECK(exo::code_remove(code).ok());
  const uint32_t cycles = (exo::ticks(registers) - begin) * kCyclesPerTick;
  CHECK(cycles <= kMost);
  missed = 0;
  test_yield(EXO_YIELD_NEXT);
  CHECK(missed == kChildren);
  end_all();
}

/// What the first child has guaranteed becomes its own, and as many as before can be had again.
void gives_a_page_away() {
  download();
  take_all();
  const uint32_t word = exo::capability_word(EXO_KIND_PAGE, EXO_RIGHT_ALL, pages[0]);
  const exo::Capability page = exo::capability_mint(word).capability();
  CHECK(exo::page_give(page, children[0].capability).ok());
  missed = 0;
  test_yield(EXO_YIELD_NEXT);
  CHECK(missed > at_limit);
  pages[0] = allocate().index();
  CHECK(exo::page_predicate(pages[0], code).ok());
  end_all();
  take_all();
  CHECK(exo::code_remove(code).ok());
  end_all();
}

}  // namespace

void run_tests() {
  const exo::CallResult clock = exo::timer_bind(kClock);
  registers = kClock + static_cast<uint32_t>(clock.value);
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables);
  download();
  takes_code_back();
  gives_a_page_away();
}
