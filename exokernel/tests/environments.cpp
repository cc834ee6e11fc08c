// env_create, env_start, env_destroy, env_guarantee, page_give: an environment made by another one;
// each refusal; everything that it had comes back.
#include <initializer_list>

#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kReadOnly = EXO_RIGHT_READ;
constexpr uint32_t kTables = 0x30000000;

const volatile exo::EnvironmentRecord* records;
const volatile exo::SystemRecord* machine;

volatile uint32_t child_ran;
volatile uint32_t id_in_child;

void say_hello() {
  child_ran = child_ran + 1;
  id_in_child = static_cast<uint32_t>(exo::env_id().value);
  CHECK(exo::info().environment == id_in_child);
  CHECK(exo::info().environment != 1);
}

void fail_with_5() { exo::env_exit(5u); }

void run_for_ever() {
  for (;;) child_ran = child_ran + 1;
}

void runs_what_it_was_created_for() {
  const uint32_t free_pages = machine->pages().free;
  const test::Child child = test::create_child(say_hello);
  CHECK(child.capability.kind() == EXO_KIND_ENVIRONMENT && child.capability.index() == child.id);
  CHECK(records[child.id].state == exo::EnvironmentState::kCreated);
  CHECK(records[child.id].owner == exo::info().environment);
  CHECK(test::pages_of(child.id) == 2);  // context page and stack
  CHECK(machine->pages().free == free_pages - 3);
  test_yield(EXO_YIELD_NEXT);
  CHECK(test_yield(child.id) == -EXO_ERROR_NO_ENVIRONMENT);
  CHECK(child_ran == 0);  // not before it is started
  test::start_child(child);
  CHECK(test::wait_for(child, records) == 0);
  CHECK(child_ran == 1 && id_in_child == child.id);
  CHECK(machine->pages().free == free_pages);
  CHECK(refused(exo::env_destroy(child.capability), EXO_ERROR_BAD_CAPABILITY));
}

void keeps_the_status_of_a_child_that_failed() {
  const test::Child child = test::create_child(fail_with_5);
  test::start_child(child);
  CHECK(test::wait_for(child, records) == 5);
}

void destroys_a_child() {
  const uint32_t free_pages = machine->pages().free;
  const test::Child child = test::create_child(run_for_ever);
  test::start_child(child);
  child_ran = 0;
  test_yield(child.id);
  CHECK(child_ran > 0);
  const exo::CallResult weak = exo::capability_derive(child.capability, EXO_RIGHT_WRITE);
  CHECK(weak.ok() && refused(exo::env_destroy(weak.capability()), EXO_ERROR_NO_RIGHT));
  CHECK(exo::env_destroy(child.capability).value == 0);
  CHECK(records[child.id].state == exo::EnvironmentState::kEnded);
  CHECK(records[child.id].status == EXO_STATUS_DESTROYED);
  CHECK(machine->pages().free == free_pages);
  CHECK(test_yield(child.id) == -EXO_ERROR_NO_ENVIRONMENT);
}

void gives_an_id_a_new_life() {
  const test::Child first = test::create_child(say_hello);
  const uint32_t lives = records[first.id].lives;
  CHECK(exo::env_destroy(first.capability).ok());
  for (uint32_t count = 0; count < exo::info().environment_max; ++count) {
    const test::Parts parts = test::make_parts(say_hello);
    const exo::CallResult next = exo::env_create(parts.context, parts.info);
    CHECK(next.ok());
    if (static_cast<uint32_t>(next.value) == first.id) {
      CHECK(records[first.id].lives == lives + 1);
      CHECK(refused(exo::env_destroy(first.capability), EXO_ERROR_BAD_CAPABILITY));
    }
    CHECK(exo::env_destroy(next.capability()).ok());
  }
  CHECK(records[first.id].lives == lives + 1);
}

void refuses_parts() {
  const test::Parts parts = test::make_parts(say_hello);
  const exo::Capability weak = exo::capability_derive(parts.info, kReadOnly).capability();
  CHECK(refused(exo::env_create(parts.context, weak), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::env_create(weak, parts.context), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::env_create(parts.context, parts.context), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::env_create(parts.context, exo::Capability{}), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::env_create(exo::Capability{}, parts.info), EXO_ERROR_BAD_CAPABILITY));
  for (const exo::Capability& part : {parts.context, parts.info}) {
    CHECK(exo::guarantee(test::kVirt, 0u, part).ok());
    CHECK(refused(exo::env_create(parts.context, parts.info), EXO_ERROR_BUSY));
    CHECK(exo::unguarantee(test::kVirt).ok());
  }
  const exo::CallResult made = exo::env_create(parts.context, parts.info);
  CHECK(made.ok());
  CHECK(refused(exo::env_create(parts.context, parts.info), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::env_destroy(made.capability()).ok());
}

void takes_the_parts_away() {
  const test::Parts parts = test::make_parts(say_hello);
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, parts.info).ok());
  test::poke(test::kVirt, 1);
  const exo::CallResult made = exo::env_create(parts.context, parts.info);
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
  const uint32_t context = parts.context.index(), info = parts.info.index();
  CHECK(refused(exo::page_capability(context, kReadOnly), EXO_ERROR_NOT_OWNER));
  CHECK(refused(exo::page_capability(info, kReadOnly), EXO_ERROR_NOT_OWNER));
  CHECK(exo::env_destroy(made.capability()).ok());
}

void refuses_to_start() {
  const test::Child child = test::create_child(run_for_ever);
  const exo::Capability weak =
      exo::capability_derive(child.capability, EXO_RIGHT_FREE).capability();
  CHECK(refused(exo::env_start(weak), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::env_start(exo::Capability{}), EXO_ERROR_BAD_CAPABILITY));
  test::start_child(child);
  CHECK(refused(exo::env_start(child.capability), EXO_ERROR_BUSY));
  CHECK(exo::env_destroy(child.capability).ok());
}

void guarantees_into_a_child() {
  const test::Child child = test::create_child(say_hello);
  const exo::CallResult page = exo::page_alloc(EXO_PAGE_ANY);
  const exo::Capability cap = page.capability();
  const exo::Capability own = exo::capability_derive(child.capability, EXO_RIGHT_FREE).capability();
  CHECK(refused(exo::env_guarantee(own, test::kVirt, cap), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::env_guarantee(cap, test::kVirt, cap), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::env_guarantee(child.capability, test::kVirt, child.capability),
                EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::env_guarantee(child.capability, 0x80000000u, cap), EXO_ERROR_BAD_ADDRESS));
  CHECK(
      refused(exo::env_guarantee(child.capability, test::kVirt | 4, cap), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::env_guarantee(child.capability, EXO_INFO_VA, cap), EXO_ERROR_BUSY));
  const exo::Capability read = exo::capability_derive(cap, kReadOnly).capability();
  CHECK(refused(exo::env_guarantee(child.capability, test::kVirt | EXO_MAP_WRITE, read),
                EXO_ERROR_NO_RIGHT));
  CHECK(exo::env_guarantee(child.capability, test::kVirt, read).ok());
  CHECK(refused(exo::env_guarantee(child.capability, test::kVirt, read), EXO_ERROR_BUSY));
  uint32_t virt = test::kVirt + PAGE_SIZE;
  while (exo::env_guarantee(child.capability, virt, read).ok()) virt += PAGE_SIZE;
  CHECK(refused(exo::env_guarantee(child.capability, virt, read), EXO_ERROR_LIMIT));
  CHECK(exo::page_dealloc(cap).ok());  // the child's guarantees are broken
  CHECK(exo::env_destroy(child.capability).ok());
}

void gives_pages() {
  const test::Child child = test::create_child(say_hello);
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  const exo::Capability weak = exo::capability_derive(page, kReadOnly).capability();
  CHECK(refused(exo::page_give(weak, child.capability), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::page_give(page, page), EXO_ERROR_BAD_CAPABILITY));
  const exo::Capability frail =
      exo::capability_derive(child.capability, EXO_RIGHT_FREE).capability();
  CHECK(refused(exo::page_give(page, frail), EXO_ERROR_NO_RIGHT));
  CHECK(exo::guarantee(test::kVirt, EXO_MAP_WRITE, page).ok());
  CHECK(refused(exo::page_give(page, child.capability), EXO_ERROR_BUSY));
  CHECK(exo::unguarantee(test::kVirt).ok());
  CHECK(exo::tlb_write(test::kVirt, EXO_MAP_WRITE, page).ok());
  CHECK(exo::page_give(page, child.capability).value == 0);
  CHECK(test::raises(EXC_TLBL, [] { test::touch(test::kVirt); }));
  CHECK(refused(exo::page_give(page, child.capability), EXO_ERROR_BAD_CAPABILITY));
  CHECK(test::pages_of(child.id) == 3);
  CHECK(exo::env_destroy(child.capability).ok());
}

}  // namespace

void run_tests() {
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  machine = test::bind_table<exo::SystemRecord>(exo::Exposed::kSystem, kTables + 0x10000);
  runs_what_it_was_created_for();
  keeps_the_status_of_a_child_that_failed();
  destroys_a_child();
  gives_an_id_a_new_life();
  refuses_parts();
  takes_the_parts_away();
  refuses_to_start();
  guarantees_into_a_child();
  gives_pages();
}
