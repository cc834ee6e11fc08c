// A million random calls from four environments at once, beside a model of who owns what. The model
// says of each call what must come of it; after each the kernel's tables are compared with it.
// run: exokernel_random_calls
// options: --set memory.size=2MiB --set timing.engine=ideal
// cycles: 4G
#include <initializer_list>

#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kCalls = 1'000'000;
constexpr uint32_t kFullCheckEvery = 64;
constexpr uint32_t kEnvironments = 4;  // the test's first program, and three children
constexpr uint32_t kPagesMax = 512;
constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kVirtualPages = 16;
constexpr uint32_t kAll = EXO_RIGHT_ALL;

// ---- what the model knows; shared by all, changed only by whose turn it is

struct Page {
  uint16_t owner;            // id, kOwnerNone; kOwnerKernel for whatever is not to be had
  uint16_t guarantees;       // in all environments
  bool is_part_of_test;      // and owned by the kernel, to the model
  exo::Capability newest;    // with all rights, if `owner` is an environment
  exo::Capability previous;  // one that is void
};
Page pages[kPagesMax];
uint16_t guaranteed[kEnvironments + 1][kVirtualPages];  // frame number + 1 by environment and page
uint32_t guarantee_count[kEnvironments + 1];
exo::Capability environments[kEnvironments + 1];
uint32_t free_pages;
uint32_t image_pages;  // of the test
uint32_t calls_made;
uint32_t calls_that_did_something;
volatile uint32_t turn = 1;
volatile bool is_over;  // the last call has been compared, too
uint32_t state = 0x2545f491;

const volatile exo::PageRecord* records;
const volatile exo::SystemRecord* machine;

uint32_t random() {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}
uint32_t random(uint32_t below) { return random() % below; }

uint32_t self() { return exo::info().environment; }
uint32_t page_count() { return exo::info().page_count; }

/// Any page but those that the test itself consists of: it must not give its own code away. The
/// caller's own are preferred: of others' pages little can be asked.
uint32_t random_page() {
  for (unsigned tries = 0;; ++tries) {
    const uint32_t pfn = random(page_count());
    if (!pages[pfn].is_part_of_test && (tries >= 4 || pages[pfn].owner == self())) return pfn;
  }
}

uint32_t virt_of(uint32_t index) { return test::kVirt + index * PAGE_SIZE; }

/// Mostly the same for a page: one that is bound at several places is dear to break.
uint32_t virt_for(uint32_t pfn) {
  return virt_of((random(8) == 0 ? random() : pfn) % kVirtualPages);
}

bool is_own_guarantee(uint32_t pfn) {
  for (const uint16_t entry : guaranteed[self()])
    if (entry == pfn + 1) return true;
  return false;
}

// ---- capabilities to try: the right one, one that is void, one that is forged

enum class Genuine : uint8_t { kYes, kNo };

struct Attempt {
  exo::Capability capability;
  Genuine is_genuine;
};

Attempt attempt(uint32_t pfn) {
  const Page& page = pages[pfn];
  const bool is_owned = page.owner != exo::kOwnerNone && page.owner != exo::kOwnerKernel;
  const bool is_minted = page.newest.word[0] != 0;
  Attempt result{page.newest, is_owned && is_minted ? Genuine::kYes : Genuine::kNo};
  switch (random(8)) {
    case 0:
      return {page.previous, Genuine::kNo};
    case 1:
      result.capability.word[random(3)] ^= 1u << random(32);
      return {result.capability, Genuine::kNo};
    case 2:
      return {{{random(), random(), random()}}, Genuine::kNo};
    default:
      return result;
  }
}

uint32_t error_of(const exo::CallResult& result) {
  return result.ok() ? 0 : static_cast<uint32_t>(-result.value);
}

void expect(const exo::CallResult& result, uint32_t error, unsigned line) {
  if (error_of(result) != error) {
    test::print("call ");
    test::print(calls_made);
    test::print(" error ");
    test::print(error_of(result));
    test::print(", not ");
    test::print(error);
    test::check(false, " (the model's)", line);
  }
  if (error == 0) ++calls_that_did_something;
}
#define EXPECT(result, error) expect(result, error, __LINE__)

void own(uint32_t pfn, uint32_t owner, const exo::Capability& capability) {
  pages[pfn].previous = pages[pfn].newest;
  pages[pfn].newest = capability;
  pages[pfn].owner = static_cast<uint16_t>(owner);
}

void drop_guarantees(uint32_t pfn, uint32_t keeper) {
  for (uint32_t id = 1; id <= kEnvironments; ++id)
    for (uint16_t& entry : guaranteed[id]) {
      if (entry != pfn + 1 || id == keeper) continue;
      entry = 0;
      --guarantee_count[id];
      --pages[pfn].guarantees;
    }
}

// ---- the calls

void allocate_any() {
  const exo::CallResult result = exo::page_alloc(EXO_PAGE_ANY);
  EXPECT(result, free_pages == 0 ? EXO_ERROR_NO_MEMORY : 0);
  if (!result.ok()) return;
  const auto pfn = static_cast<uint32_t>(result.value);
  CHECK(pages[pfn].owner == exo::kOwnerNone);
  own(pfn, self(), result.capability());
  --free_pages;
}

void allocate_named() {
  const uint32_t pfn = random(8) == 0 ? page_count() + random(4) : random_page();
  const exo::CallResult result = exo::page_alloc(pfn);
  if (pfn >= page_count()) return EXPECT(result, EXO_ERROR_BAD_ARGUMENT);
  EXPECT(result, pages[pfn].owner == exo::kOwnerNone ? 0 : EXO_ERROR_BUSY);
  if (!result.ok()) return;
  own(pfn, self(), result.capability());
  --free_pages;
}

uint32_t parting_error(uint32_t pfn, Genuine is_genuine) {
  if (is_genuine == Genuine::kNo) return EXO_ERROR_BAD_CAPABILITY;
  if (pages[pfn].owner != self()) return EXO_ERROR_NOT_OWNER;
  return is_own_guarantee(pfn) ? EXO_ERROR_BUSY : 0;
}

void deallocate() {
  const uint32_t pfn = random_page();
  const Attempt with = attempt(pfn);
  const exo::CallResult result = exo::page_dealloc(with.capability);
  EXPECT(result, parting_error(pfn, with.is_genuine));
  if (!result.ok()) return;
  drop_guarantees(pfn, 0);
  own(pfn, exo::kOwnerNone, pages[pfn].newest);
  ++free_pages;
}

void give() {
  const uint32_t pfn = random_page();
  const uint32_t to = 1 + random(kEnvironments);
  const Attempt with = attempt(pfn);
  const exo::CallResult result = exo::page_give(with.capability, environments[to]);
  EXPECT(result, parting_error(pfn, with.is_genuine));
  if (!result.ok()) return;
  drop_guarantees(pfn, to);
  pages[pfn].owner = static_cast<uint16_t>(to);
  pages[pfn].previous = pages[pfn].newest;
  pages[pfn].newest = {};  // the new owner mints one when it has its turn
}

/// The owner of a page that it was given makes itself a capability.
void mint() {
  const uint32_t pfn = random_page();
  const exo::CallResult result = exo::page_capability(pfn, kAll);
  EXPECT(result, pages[pfn].owner == self() ? 0 : EXO_ERROR_NOT_OWNER);
  if (result.ok()) pages[pfn].newest = result.capability();
}

void change() {
  const uint32_t pfn = random_page();
  const exo::CallResult result =
      exo::capability_change(exo::capability_word(EXO_KIND_PAGE, 0, pfn));
  EXPECT(result, pages[pfn].owner == self() ? 0 : EXO_ERROR_NOT_OWNER);
  if (!result.ok()) return;
  drop_guarantees(pfn, self());
  own(pfn, self(), result.capability());
}

void derive() {
  const uint32_t pfn = random_page();
  const Attempt with = attempt(pfn);
  const uint32_t rights = random(9);
  const exo::CallResult result = exo::capability_derive(with.capability, rights);
  if (rights == 0 || rights == 8) return EXPECT(result, EXO_ERROR_BAD_ARGUMENT);
  EXPECT(result, with.is_genuine == Genuine::kYes ? 0 : EXO_ERROR_BAD_CAPABILITY);
}

void bind() {
  const uint32_t pfn = random_page();
  const Attempt with = attempt(pfn);
  const uint32_t flags = random(5);
  const exo::CallResult result = exo::tlb_write(virt_for(pfn), flags, with.capability);
  if (flags == 4) return EXPECT(result, EXO_ERROR_BAD_ARGUMENT);
  EXPECT(result, with.is_genuine == Genuine::kYes ? 0 : EXO_ERROR_BAD_CAPABILITY);
}

void unbind() { EXPECT(exo::tlb_delete(virt_of(random(kVirtualPages))), 0); }

void guarantee() {
  const uint32_t pfn = random_page();
  const uint32_t index = random(kVirtualPages);
  const Attempt with = attempt(pfn);
  const exo::CallResult result = exo::guarantee(virt_of(index), 0u, with.capability);
  uint32_t error = 0;
  if (with.is_genuine == Genuine::kNo)
    error = EXO_ERROR_BAD_CAPABILITY;
  else if (guaranteed[self()][index] != 0)
    error = EXO_ERROR_BUSY;
  else if (guarantee_count[self()] == EXO_GUARANTEED_MAX)
    error = EXO_ERROR_LIMIT;
  EXPECT(result, error);
  if (!result.ok()) return;
  guaranteed[self()][index] = static_cast<uint16_t>(pfn + 1);
  ++guarantee_count[self()];
  ++pages[pfn].guarantees;
}

void unguarantee() {
  const uint32_t index = random(kVirtualPages);
  const exo::CallResult result = exo::unguarantee(virt_of(index));
  uint16_t& entry = guaranteed[self()][index];
  EXPECT(result, entry != 0 ? 0 : EXO_ERROR_BAD_ARGUMENT);
  if (!result.ok()) return;
  --pages[entry - 1].guarantees;
  --guarantee_count[self()];
  entry = 0;
}

/// Any word in any register. Calls that end, print, yield or sleep are left out, and no capability
/// is genuine: whatever is asked must be refused, or change nothing that the model knows.
void anything() {
  const uint32_t call = random(4) == 0 ? random() : random(EXO_SYSCALL_COUNT + 2);
  const auto is_left_out = [](uint32_t number) {
    using exo::Syscall;
    for (const Syscall out :
         {Syscall::k_yield, Syscall::k_env_exit, Syscall::k_console_write, Syscall::k_page_alloc,
          Syscall::k_capability_mint, Syscall::k_capability_change, Syscall::k_unguarantee,
          Syscall::k_sleep, Syscall::k_slice_dealloc})
      if (number == static_cast<uint32_t>(out)) return true;
    return false;
  };
  if (is_left_out(call) || call >> 31 != 0) return;
  exo::CallArguments words;
  for (unsigned index = 0; index < 8; ++index) words.add(random(3) == 0 ? random(64) : random());
  const exo::CallResult result = exo::raw_call<8>(call, words);
  if (call >= EXO_SYSCALL_COUNT) EXPECT(result, EXO_ERROR_BAD_CALL);
}

using Call = void (*)();
constexpr Call kCallsToMake[] = {allocate_any, allocate_any, allocate_named, deallocate, give,
                                 mint,         change,       derive,         bind,       bind,
                                 unbind,       guarantee,    unguarantee,    anything};

// ---- the kernel's tables beside the model

void compare_counts() {
  uint32_t owned = 0;
  for (uint32_t id = 1; id <= kEnvironments; ++id) owned += guarantee_count[id];
  CHECK(machine->pages().free == free_pages);
  CHECK(owned <= kEnvironments * EXO_GUARANTEED_MAX);
}

/// No lost page, no double owner: the free list and the owners' pages are all that there is.
void compare_all() {
  uint32_t count = 0;
  for (uint32_t pfn = machine->first_free_page; pfn != exo::kNoPage && count <= free_pages;
       pfn = records[pfn].next)
    count += pages[pfn].owner == exo::kOwnerNone;
  CHECK(count == free_pages);
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn) {
    const uint16_t owner = pages[pfn].owner;
    if (owner == exo::kOwnerKernel)
      CHECK(records[pfn].owner != exo::kOwnerNone);
    else
      CHECK(records[pfn].owner == owner && records[pfn].guarantees == pages[pfn].guarantees);
  }
}

void take_turn() {
  for (uint32_t count = 1 + random(32); count > 0 && calls_made < kCalls; --count) {
    ++calls_made;
    kCallsToMake[random(sizeof kCallsToMake / sizeof *kCallsToMake)]();
    compare_counts();
    if (calls_made % kFullCheckEvery == 0) compare_all();
    if (test::failures() > 5) calls_made = kCalls;
  }
}

/// Each environment sees the tables at the same addresses.
void bind_tables() {
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables + 0x10000);
  records = test::bind_table<exo::PageRecord>(exo::Exposed::kPages, kTables);
}

/// What of an environment's room for guaranteed mappings is used before the first random call:
/// context and info page, the test's image, the tables, a child's stack.
void count_own_guarantees() {
  const exo::Info& info = exo::info();
  uint32_t count = 2 + exo::exposed_table(info, exo::Exposed::kSystem).pages +
                   exo::exposed_table(info, exo::Exposed::kPages).pages;
  count += image_pages;
  guarantee_count[self()] = count + (self() == 1 ? 0 : 1);
}

/// One at a time: a slice that ends in the middle of a call and its place in the model would
/// otherwise let another see a model that lags behind.
void play() {
  while (!is_over) {
    if (turn == self()) {
      take_turn();
      is_over = calls_made == kCalls;
      turn = 1 + random(kEnvironments);
    }
    if (turn != self()) test_yield(turn);
  }
}

void start_playing() {
  bind_tables();
  count_own_guarantees();
  play();
}

void set_up_model() {
  for (uint32_t index = 0; index < exo::info().segment_count; ++index)
    image_pages += exo::info().segments[index].pages;
  for (uint32_t pfn = 0; pfn < page_count(); ++pfn) {
    const bool is_free = records[pfn].owner == exo::kOwnerNone;
    pages[pfn].owner = is_free ? exo::kOwnerNone : exo::kOwnerKernel;
    free_pages += is_free;
    pages[pfn].is_part_of_test = !is_free && records[pfn].owner <= kEnvironments;
  }
}

}  // namespace

void run_tests() {
  CHECK(page_count() <= kPagesMax);
  bind_tables();
  const uint32_t word = exo::capability_word(EXO_KIND_ENVIRONMENT, kAll, self());
  environments[1] = exo::capability_mint(word).capability();
  for (uint32_t index = 2; index <= kEnvironments; ++index) {
    const test::Child child = test::create_child(start_playing);
    CHECK(child.id == index);
    environments[index] = child.capability;
  }
  set_up_model();
  count_own_guarantees();
  for (uint32_t index = 2; index <= kEnvironments; ++index)
    CHECK(exo::env_start(environments[index]).ok());
  play();
  test::print(calls_that_did_something);
  test::print(" of 1000000 calls did something\n");
  CHECK(calls_that_did_something > kCalls / 4);
  for (uint32_t index = 2; index <= kEnvironments; ++index)
    exo::env_destroy(environments[index]);  // if it has not ended by itself
}
