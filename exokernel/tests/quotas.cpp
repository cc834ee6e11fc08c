// quota_set, quota_arbitrate: limits, minima, accounts of children, each refusal, and what the
// arbiter is told.
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kPages = EXO_RESOURCE_PAGES;

const volatile exo::SystemRecord* machine;
const volatile exo::EnvironmentRecord* records;
exo::Capability quota;

exo::CallResult set(uint32_t environment, uint32_t resource, uint32_t minimum, uint32_t limit) {
  return exo::quota_set(quota, environment, resource, minimum, limit, 1u);
}

uint32_t self() { return exo::info().environment; }

void belongs_to_the_first_program() {
  const uint32_t word = exo::capability_word(EXO_KIND_QUOTA, EXO_RIGHT_ALL, 0);
  const exo::CallResult made = exo::capability_mint(word);
  CHECK(made.ok());
  quota = made.capability();
  CHECK(refused(exo::capability_mint(word + 1), EXO_ERROR_BAD_ARGUMENT));
}

void refuses() {
  const exo::Capability weak = exo::capability_derive(quota, EXO_RIGHT_READ).capability();
  const uint32_t none = EXO_NO_LIMIT;
  CHECK(refused(exo::quota_set(weak, self(), kPages, 0u, none, 1u), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::quota_set(exo::Capability{}, self(), kPages, 0u, none, 1u),
                EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(set(0, kPages, 0, none), EXO_ERROR_NO_ENVIRONMENT));
  CHECK(refused(set(self() + 1, kPages, 0, none), EXO_ERROR_NO_ENVIRONMENT));
  CHECK(refused(set(0xffffffff, kPages, 0, none), EXO_ERROR_NO_ENVIRONMENT));
  CHECK(refused(set(self(), EXO_RESOURCE_COUNT, 0, none), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(set(self(), kPages, 9, 8), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::quota_set(quota, self(), kPages, 0u, none, uint32_t{EXO_WEIGHT_MAX} + 1),
                EXO_ERROR_BAD_ARGUMENT));
  CHECK(exo::quota_set(quota, self(), kPages, 0u, none, uint32_t{EXO_WEIGHT_MAX}).ok());
  CHECK(test::quota_of(self(), kPages).weight == EXO_WEIGHT_MAX);
  const uint32_t all = machine->pages().free + test::pages_of(self());
  CHECK(refused(set(self(), kPages, all + 1, none), EXO_ERROR_NO_MEMORY));
  CHECK(set(self(), kPages, all, none).ok());
  CHECK(machine->pages().promised == machine->pages().free);
  CHECK(set(self(), kPages, 0, none).ok());
  CHECK(machine->pages().promised == 0);
  CHECK(refused(exo::quota_arbitrate(weak), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::quota_arbitrate(exo::Capability{}), EXO_ERROR_BAD_CAPABILITY));
}

void limits_pages() {
  const uint32_t used = test::pages_of(self());
  CHECK(set(self(), kPages, 0, used + 2).ok());
  const exo::CallResult first = exo::page_alloc(EXO_PAGE_ANY);
  const exo::CallResult second = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(first.ok() && second.ok());
  CHECK(refused(exo::page_alloc(EXO_PAGE_ANY), EXO_ERROR_QUOTA));
  CHECK(refused(exo::page_alloc(machine->first_free_page), EXO_ERROR_QUOTA));
  CHECK(test::pages_of(self()) == used + 2);
  CHECK(exo::page_dealloc(second.capability()).ok());
  const exo::CallResult third = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(third.ok());
  CHECK(exo::page_dealloc(third.capability()).ok());
  CHECK(exo::page_dealloc(first.capability()).ok());
  CHECK(set(self(), kPages, 0, EXO_NO_LIMIT).ok());
}

void nothing() {}

void children_use_the_account() {
  const uint32_t used = test::quota_of(self(), kPages).used;
  const test::Child child = test::create_child(nothing);
  CHECK(records[child.id].account == self());
  CHECK(test::quota_of(self(), kPages).used == used + 2);  // its context page and stack
  CHECK(test::quota_of(self(), EXO_RESOURCE_ENVIRONMENTS).own == 1);
  // Its account is full, and so is the child's.
  CHECK(set(self(), kPages, 0, used + 2).ok());
  CHECK(refused(exo::page_alloc(EXO_PAGE_ANY), EXO_ERROR_QUOTA));
  // With an account of its own its pages are no longer charged here.
  CHECK(set(child.id, kPages, 0, 2).ok());
  CHECK(records[child.id].account == child.id);
  CHECK(test::quota_of(self(), kPages).used == used);
  CHECK(test::quota_of(child.id, kPages).used == 2);
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(page.ok());
  CHECK(refused(exo::page_give(page.capability(), child.capability), EXO_ERROR_QUOTA));
  CHECK(set(child.id, kPages, 0, 3).ok());
  CHECK(exo::page_give(page.capability(), child.capability).ok());
  CHECK(exo::env_destroy(child.capability).ok());
  CHECK(test::quota_of(self(), EXO_RESOURCE_ENVIRONMENTS).own == 0);
  CHECK(test::quota_of(self(), kPages).used == used);
  CHECK(set(self(), kPages, 0, EXO_NO_LIMIT).ok());
}

void limits_environments_and_slices() {
  CHECK(set(self(), EXO_RESOURCE_ENVIRONMENTS, 0, 1).ok());
  const test::Child child = test::create_child(nothing);
  const test::Parts parts = test::make_parts(nothing);
  CHECK(refused(exo::env_create(parts.context, parts.info), EXO_ERROR_QUOTA));
  CHECK(set(self(), EXO_RESOURCE_SLICES, 0, 1).ok());
  CHECK(refused(exo::env_start(child.capability), EXO_ERROR_QUOTA));
  CHECK(set(self(), EXO_RESOURCE_SLICES, 0, 2).ok());
  CHECK(exo::env_start(child.capability).ok());
  CHECK(exo::env_destroy(child.capability).ok());
  CHECK(set(self(), EXO_RESOURCE_SLICES, 0, EXO_NO_LIMIT).ok());
  CHECK(set(self(), EXO_RESOURCE_ENVIRONMENTS, 0, EXO_NO_LIMIT).ok());
  CHECK(exo::page_dealloc(parts.context).ok() && exo::page_dealloc(parts.info).ok());
}

volatile uint32_t created;  // by the child

void create_and_end() { created = test::create_child(nothing).id; }

/// A child's child ends with it if it has not been started. Neither is charged to the account any
/// more.
void children_of_children_are_given_back() {
  const uint32_t resource = EXO_RESOURCE_ENVIRONMENTS;
  const uint32_t used = test::quota_of(self(), resource).used;
  const test::Child child = test::create_child(create_and_end);
  test::start_child(child);
  CHECK(test::wait_for(child, records) == 0);
  while (records[created].state != exo::EnvironmentState::kEnded) test_yield(EXO_YIELD_NEXT);
  CHECK(test::quota_of(self(), resource).used == used);
}

/// What is promised to one is not given to another, and is there when it is wanted.
void keeps_minima() {
  const test::Child child = test::create_child(nothing);
  const uint32_t free_pages = machine->pages().free;
  CHECK(set(child.id, kPages, free_pages + 2, EXO_NO_LIMIT).ok());
  CHECK(machine->pages().promised == free_pages);
  CHECK(refused(exo::page_alloc(EXO_PAGE_ANY), EXO_ERROR_QUOTA));
  CHECK(set(child.id, kPages, free_pages + 1, EXO_NO_LIMIT).ok());
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  CHECK(page.ok());
  CHECK(refused(exo::page_alloc(EXO_PAGE_ANY), EXO_ERROR_QUOTA));
  CHECK(exo::page_give(page.capability(), child.capability).ok());
  CHECK(exo::env_destroy(child.capability).ok());
  CHECK(machine->pages().promised == 0);
}

volatile uint32_t told;
volatile uint32_t told_environment, told_resource, told_count;

void read_notice() {
  const volatile exo::Context& context = exo::context();
  if (context.notice_kind != EXO_NOTICE_REFUSAL) return;
  told = told + 1;
  told_environment = context.notice_environment;
  told_resource = context.notice_resource;
  told_count = context.notice_count;
}

void ask_too_much() { CHECK(refused(exo::page_alloc(EXO_PAGE_ANY), EXO_ERROR_QUOTA)); }

void tells_the_arbiter() {
  CHECK(exo::quota_arbitrate(quota).value == 0);
  CHECK(machine->arbiter == self());
  const test::Child child = test::create_child(ask_too_much);
  CHECK(set(child.id, kPages, 0, 2).ok());
  test::on_notice(read_notice);
  test::start_child(child);
  CHECK(test::wait_for(child, records) == 0);
  test_yield(EXO_YIELD_NEXT);
  CHECK(told == 1 && told_environment == child.id && told_resource == kPages && told_count == 1);
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables + 0x10000);
  belongs_to_the_first_program();
  refuses();
  limits_pages();
  children_use_the_account();
  limits_environments_and_slices();
  children_of_children_are_given_back();
  keeps_minima();
  tells_the_arbiter();
}
