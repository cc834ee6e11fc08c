// code_download and code_remove: success, each refusal, the limits, and that neither the page it
// came from nor the page it went into is a way to change it.
// options: --stop-on stale-word,hazard
#include "exokernel/abi/code.h"
#include "exokernel/tests/harness/child.hpp"
#include "exokernel/tests/harness/code.hpp"

using test::encode;
using test::kNop;
using test::kReturn;
using test::refused;

namespace {

constexpr uint32_t kParent = 1;  // id
constexpr uint32_t kTables = 0x30000000;
constexpr uint32_t kSourceVirt = test::kVirt;
constexpr uint32_t kGivenVirt = test::kVirt + PAGE_SIZE;

const volatile exo::EnvironmentRecord* records;
exo::Capability source;  // bound at kSourceVirt
exo::Capability others;  // a capability that a child has made
volatile bool may_end;   // the child

exo::Capability allocate() { return exo::page_alloc(EXO_PAGE_ANY).capability(); }

exo::Capability derive(const exo::Capability& capability, uint32_t rights) {
  return exo::capability_derive(capability, rights).capability();
}

/// One that is right, and gives the page back at once.
void download_and_remove(const exo::Capability& page, uint32_t offset, uint32_t count) {
  const uint32_t pages = test::pages_of(kParent);
  const exo::CallResult code = exo::code_download(source, page, offset, count);
  CHECK(code.value == static_cast<int32_t>(page.index()));
  CHECK(code.capability().kind() == EXO_KIND_CODE);
  CHECK(code.capability().rights() == EXO_RIGHT_ALL);
  CHECK(code.capability().index() == page.index());
  CHECK(test::pages_of(kParent) == pages);  // who downloads pays
  const exo::CallResult back = exo::code_remove(code.capability());
  CHECK(back.value == static_cast<int32_t>(page.index()));
  CHECK(test::pages_of(kParent) == pages);
  CHECK(exo::page_dealloc(back.capability()).ok());
}

void fill_with_nops() {
  for (uint32_t offset = 0; offset < PAGE_SIZE; offset += 4)
    test::word_at(kSourceVirt + offset) = 0;
}

void takes_up_to_the_limit() {
  constexpr uint32_t kBytes = EXO_CODE_MAX * 4;
  fill_with_nops();
  test::write_code(kSourceVirt + PAGE_SIZE - 8, {kReturn, kNop});
  download_and_remove(allocate(), PAGE_SIZE - kBytes, EXO_CODE_MAX);
  download_and_remove(allocate(), PAGE_SIZE - 8, 2);
  const exo::Capability page = allocate();
  CHECK(refused(exo::code_download(source, page, PAGE_SIZE - kBytes - 4, EXO_CODE_MAX + 1),
                EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::code_download(source, page, 0u, 0xffffffffu), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::code_download(source, page, 0u, 0x40000002u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::code_download(source, page, PAGE_SIZE - 8, 0u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::code_download(source, page, PAGE_SIZE - 4, 2u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::code_download(source, page, uint32_t{PAGE_SIZE}, 2u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::code_download(source, page, 0xfffffff8u, 2u), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::code_download(source, page, PAGE_SIZE - 10, 2u), EXO_ERROR_BAD_ARGUMENT));
  download_and_remove(page, PAGE_SIZE - 8, 2);
}

/// The longest translation.
void takes_the_longest_code() {
  for (uint32_t index = 0; index < EXO_CODE_MAX; ++index)
    test::word_at(kSourceVirt + 4 * index) = encode<"sw">(REG_A1, 4, REG_A0).bits;
  test::write_code(kSourceVirt + 4 * (EXO_CODE_MAX - 2), {kReturn, kNop});
  download_and_remove(allocate(), 0, EXO_CODE_MAX);
}

void refuses_capabilities() {
  test::write_code(kSourceVirt, {kReturn, kNop});
  const exo::Capability page = allocate();
  exo::Capability forged = page;
  forged.word[2] ^= 4;
  CHECK(refused(exo::code_download(forged, page, 0u, 2u), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::code_download(source, forged, 0u, 2u), EXO_ERROR_BAD_CAPABILITY));
  const exo::Capability to_free = derive(page, EXO_RIGHT_FREE);
  const exo::Capability to_read = derive(page, EXO_RIGHT_READ);
  CHECK(refused(exo::code_download(to_free, page, 0u, 2u), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::code_download(source, to_read, 0u, 2u), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::code_download(source, others, 0u, 2u), EXO_ERROR_NOT_OWNER));
  CHECK(exo::guarantee(kGivenVirt, EXO_MAP_WRITE, page).ok());
  CHECK(refused(exo::code_download(source, page, 0u, 2u), EXO_ERROR_BUSY));
  CHECK(exo::unguarantee(kGivenVirt).ok());
  download_and_remove(page, 0, 2);
}

/// The place and the reason come back, and nothing has changed.
void says_what_is_wrong() {
  const exo::Capability page = allocate();
  CHECK(exo::tlb_write(kGivenVirt, EXO_MAP_WRITE, page).ok());
  test::word_at(kGivenVirt) = 0x12345678;
  test::write_code(kSourceVirt, {kNop, kNop, encode<"syscall">(), kReturn, kNop});
  const exo::CallResult result = exo::code_download(source, page, 0u, 5u);
  CHECK(refused(result, EXO_ERROR_BAD_CODE));
  CHECK(result.word[0] == 2);
  CHECK(result.word[1] == EXO_CODE_INSTRUCTION);
  CHECK(test::word_at(kGivenVirt) == 0x12345678);
  CHECK(exo::page_dealloc(page).ok());
}

/// The page given is the kernel's: old capabilities and bindings are void, and the code's
/// capability is none for the page.
void keeps_the_page_to_itself() {
  test::write_code(kSourceVirt, {kReturn, kNop});
  const exo::Capability page = allocate();
  CHECK(exo::tlb_write(kGivenVirt, EXO_MAP_WRITE, page).ok());
  test::touch(kGivenVirt);
  const exo::Capability code = exo::code_download(source, page, 0u, 2u).capability();
  CHECK(test::raises(EXC_TLBL, [] { test::touch(kGivenVirt); }));
  CHECK(refused(exo::tlb_write(kGivenVirt, 0u, page), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::page_alloc(page.index()), EXO_ERROR_BUSY));
  const uint32_t as_page = exo::capability_word(EXO_KIND_PAGE, EXO_RIGHT_ALL, page.index());
  const exo::Capability disguised{{as_page, code.word[1], code.word[2]}};
  CHECK(refused(exo::tlb_write(kGivenVirt, EXO_MAP_WRITE, disguised), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::page_dealloc(disguised), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::capability_mint(as_page), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::capability_derive(disguised, 1u), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::tlb_write(kGivenVirt, 0u, code), EXO_ERROR_BAD_CAPABILITY));
  const exo::CallResult back = exo::code_remove(code);
  CHECK(exo::tlb_write(kGivenVirt, 0u, back.capability()).ok());
  CHECK(test::word_at(kGivenVirt) == kReturn.bits);
  CHECK(exo::page_dealloc(back.capability()).ok());
}

void is_removed_by_its_owner_only() {
  test::write_code(kSourceVirt, {kReturn, kNop});
  const exo::Capability code = exo::code_download(source, allocate(), 0u, 2u).capability();
  exo::Capability forged = code;
  forged.word[1] ^= 1;
  CHECK(refused(exo::code_remove(forged), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::code_remove(source), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::code_remove(derive(code, EXO_RIGHT_READ)), EXO_ERROR_NO_RIGHT));
  const uint32_t word = exo::capability_word(EXO_KIND_CODE, EXO_RIGHT_FREE, code.index());
  CHECK(exo::capability_mint(word).ok());
  const exo::CallResult changed = exo::capability_change(word);
  CHECK(refused(exo::code_remove(code), EXO_ERROR_BAD_CAPABILITY));
  const exo::CallResult back = exo::code_remove(changed.capability());
  CHECK(back.ok());
  CHECK(refused(exo::code_remove(changed.capability()), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::capability_mint(word), EXO_ERROR_BAD_ARGUMENT));
  CHECK(exo::page_dealloc(back.capability()).ok());
}

void obeys_the_quota() {
  test::write_code(kSourceVirt, {kReturn, kNop});
  const exo::Capability quota =
      exo::capability_mint(exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0)).capability();
  CHECK(exo::quota_set(quota, kParent, EXO_RESOURCE_CODE, 0u, 1u, 1u).ok());
  const exo::Capability code = exo::code_download(source, allocate(), 0u, 2u).capability();
  CHECK(test::quota_of(kParent, EXO_RESOURCE_CODE).own == 1);
  const exo::Capability page = allocate();
  CHECK(refused(exo::code_download(source, page, 0u, 2u), EXO_ERROR_QUOTA));
  CHECK(exo::page_dealloc(exo::code_remove(code).capability()).ok());
  download_and_remove(page, 0, 2);
  CHECK(exo::quota_set(quota, kParent, EXO_RESOURCE_CODE, 0u, EXO_NO_LIMIT, 1u).ok());
}

void wait_in_a_child() {
  while (!may_end) test_yield(kParent);
}

/// In a child: of a page and of code that are the child's.
void make_capabilities() {
  others = allocate();
  wait_in_a_child();
}

void download_in_a_child() {
  const exo::Capability page = allocate();
  CHECK(exo::tlb_write(kSourceVirt, EXO_MAP_WRITE, page).ok());
  test::write_code(kSourceVirt, {kReturn, kNop});
  others = exo::code_download(page, page, 0u, 2u).capability();  // may be the same page
  CHECK(others.kind() == EXO_KIND_CODE);
  wait_in_a_child();
}

void belongs_to_its_environment(const volatile exo::SystemRecord* machine) {
  const uint32_t free_pages = machine->pages().free;
  may_end = false;
  const test::Child child = test::create_child(download_in_a_child);
  test::start_child(child);
  test_yield(child.id);
  CHECK(refused(exo::code_remove(others), EXO_ERROR_NOT_OWNER));
  const uint32_t word = exo::capability_word(EXO_KIND_CODE, EXO_RIGHT_READ, others.index());
  CHECK(refused(exo::capability_mint(word), EXO_ERROR_NOT_OWNER));
  may_end = true;
  CHECK(test::wait_for(child, records) == 0);
  CHECK(machine->pages().free == free_pages);
  CHECK(refused(exo::code_remove(others), EXO_ERROR_BAD_CAPABILITY));
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  const auto* machine =
      test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables + 16 * PAGE_SIZE);
  source = allocate();
  CHECK(exo::guarantee(kSourceVirt, EXO_MAP_WRITE, source).ok());
  const test::Child child = test::create_child(make_capabilities);
  test::start_child(child);
  test_yield(child.id);
  takes_up_to_the_limit();
  takes_the_longest_code();
  refuses_capabilities();
  says_what_is_wrong();
  CHECK(test::caught().count == 0);
  keeps_the_page_to_itself();
  CHECK(test::caught().count == 1);
  is_removed_by_its_owner_only();
  obeys_the_quota();
  may_end = true;
  CHECK(test::wait_for(child, records) == 0);
  belongs_to_its_environment(machine);
}
