// Interrupt lines with owners: who may have which, what the owner is told, and that a device
// without a driver is masked and interrupts nobody else.
// options: --set devices.framebuffer.height=863
#include <initializer_list>

#include "exokernel/tests/harness/bus_error.hpp"
#include "exokernel/tests/harness/child.hpp"

using test::refused;

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kTimerLine = 3;  // of configs/r3000.yaml, as all
constexpr uint32_t kDriven = 4;     // the DMA engine's
constexpr uint32_t kForeign = 5;    // no driver: the error register's
constexpr uint32_t kNothing = 7;

const volatile exo::InterruptRecord* lines;
const volatile exo::EnvironmentRecord* records;
volatile uint32_t child_result[4];
exo::Capability shared;  // with children

volatile uint8_t& told(uint32_t line) {
  return reinterpret_cast<volatile exo::Context*>(EXO_CONTEXT_VA)->interrupts[line];
}

uint32_t word(uint32_t rights, uint32_t line) {
  return exo::capability_word(EXO_KIND_INTERRUPT, rights, line);
}

uint32_t sleep(uint32_t events, uint32_t cycles) {
  exo::context().events = 0;
  CHECK(test_sleep(events, cycles) == 0);
  return exo::context().events;
}

/// What has been told of interrupts since the last time.
uint32_t events() { return sleep(EXO_EVENT_INTERRUPT | EXO_EVENT_TIME, 0) & EXO_EVENT_INTERRUPT; }

void run_child(void (*function)()) {
  const test::Child child = test::create_child(function);
  test::start_child(child);
  CHECK(test::wait_for(child, records) == 0);
}

void are_shown() {
  const exo::ExposedTable& where = exo::exposed_table(exo::info(), exo::Exposed::kInterrupts);
  CHECK(where.entries == EXO_INTERRUPT_LINES && where.entry_bytes == sizeof(exo::InterruptRecord));
  for (uint32_t line = 0; line < EXO_INTERRUPT_LINES; ++line) {
    CHECK(lines[line].owner == (line == kTimerLine ? exo::kOwnerKernel : exo::kOwnerNone));
    CHECK(lines[line].devices == (line >= 2 && line <= 6 ? 1 : 0));
    CHECK(lines[line].is_masked == 0);
  }
  CHECK(test::raises(EXC_MOD, [] { test::poke(kTables, 0); }));
}

void cannot_be_had_by_everyone() {
  for (const uint32_t line : {0u, 1u, kTimerLine, kNothing, 8u, 31u, 0xffffffffu})
    CHECK(refused(exo::interrupt_bind(line), EXO_ERROR_BAD_ARGUMENT));
  const exo::CallResult made = exo::interrupt_bind(kDriven);
  CHECK(made.value == kDriven && made.capability().word[0] == word(EXO_RIGHT_ALL, kDriven));
  CHECK(lines[kDriven].owner == exo::info().environment);
  CHECK(refused(exo::interrupt_bind(kDriven), EXO_ERROR_BUSY));
  run_child([] { child_result[0] = static_cast<uint32_t>(exo::interrupt_bind(kDriven).value); });
  CHECK(child_result[0] == uint32_t{0} - EXO_ERROR_BUSY);
  CHECK(exo::interrupt_unbind(made.capability()).value == 0);
  CHECK(lines[kDriven].owner == exo::kOwnerNone);
}

void have_capabilities() {
  CHECK(refused(exo::capability_mint(word(1, kDriven)), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::capability_mint(word(1, kTimerLine)), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::capability_mint(word(1, 8)), EXO_ERROR_BAD_ARGUMENT));
  CHECK(refused(exo::capability_change(word(0, kDriven)), EXO_ERROR_BAD_ARGUMENT));
  const exo::Capability line = exo::interrupt_bind(kDriven).capability();
  CHECK(exo::capability_mint(word(EXO_RIGHT_ALL, kDriven)).capability().word[2] == line.word[2]);
  const exo::Capability write = exo::capability_derive(line, EXO_RIGHT_WRITE).capability();
  const exo::Capability free = exo::capability_derive(line, EXO_RIGHT_FREE).capability();
  CHECK(refused(exo::capability_derive(write, EXO_RIGHT_FREE), EXO_ERROR_NO_RIGHT));
  CHECK(exo::interrupt_unmask(write).value == 0);
  CHECK(refused(exo::interrupt_unmask(free), EXO_ERROR_NO_RIGHT));
  CHECK(refused(exo::interrupt_unbind(write), EXO_ERROR_NO_RIGHT));
  const exo::CallResult changed = exo::capability_change(word(0, kDriven));
  CHECK(refused(exo::interrupt_unmask(write), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::interrupt_unbind(free), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::interrupt_unbind(changed.capability()).ok());
  CHECK(refused(exo::interrupt_unbind(changed.capability()), EXO_ERROR_BAD_CAPABILITY));
  const exo::CallResult again = exo::interrupt_bind(kDriven);
  CHECK(refused(exo::interrupt_unmask(changed.capability()), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::interrupt_unbind(again.capability()).ok());
}

void refuse_other_kinds() {
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  const exo::Capability line = exo::interrupt_bind(kDriven).capability();
  CHECK(refused(exo::interrupt_unmask(page), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::interrupt_unbind(page), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::interrupt_unmask(exo::Capability{}), EXO_ERROR_BAD_CAPABILITY));
  CHECK(refused(exo::page_dealloc(line), EXO_ERROR_BAD_CAPABILITY));
  exo::Capability other = line;
  other.word[0] = word(EXO_RIGHT_ALL, kForeign);
  CHECK(refused(exo::interrupt_unmask(other), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::interrupt_bind(kForeign).ok());
  CHECK(refused(exo::interrupt_unmask(other), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::interrupt_unbind(exo::capability_mint(word(7, kForeign)).capability()).ok());
  CHECK(exo::interrupt_unbind(line).ok() && exo::page_dealloc(page).ok());
}

/// Who holds a capability may unmask; only the owner gives the line back, or makes capabilities.
void belong_to_one() {
  shared = exo::interrupt_bind(kDriven).capability();
  run_child([] {
    child_result[0] = static_cast<uint32_t>(exo::interrupt_unmask(shared).value);
    child_result[1] = static_cast<uint32_t>(exo::interrupt_unbind(shared).value);
    child_result[2] = static_cast<uint32_t>(exo::capability_mint(word(1, kDriven)).value);
    child_result[3] = static_cast<uint32_t>(exo::capability_change(word(1, kDriven)).value);
  });
  CHECK(child_result[0] == 0);
  for (unsigned index = 1; index < 4; ++index)
    CHECK(child_result[index] == uint32_t{0} - EXO_ERROR_NOT_OWNER);
  CHECK(exo::interrupt_unbind(shared).ok());
}

void copy_something() {
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  CHECK(exo::dma_copy(page, page, 0u, 64u | EXO_DMA_TELL).ok());
  child_result[0] = sleep(EXO_EVENT_DMA | EXO_EVENT_INTERRUPT, 0);
}

/// The owner is told of others' interrupts; the kernel's driver does its work all the same.
void are_told_of_driven_devices() {
  const exo::Capability line = exo::interrupt_bind(kDriven).capability();
  CHECK(told(kDriven) == 0 && events() == 0);
  run_child(copy_something);
  CHECK(child_result[0] == EXO_EVENT_DMA);
  CHECK(told(kDriven) == 1 && told(kForeign) == 0);
  CHECK(lines[kDriven].is_masked == 0);
  CHECK(events() == EXO_EVENT_INTERRUPT && events() == 0);
  told(kDriven) = 0;
  run_child(copy_something);
  CHECK(sleep(EXO_EVENT_INTERRUPT, 0) == EXO_EVENT_INTERRUPT && told(kDriven) == 1);
  CHECK(exo::interrupt_unbind(line).ok());
  told(kDriven) = 0;
  run_child(copy_something);
  CHECK(told(kDriven) == 0 && events() == 0);
}

void raise_and_spin() {
  test::raise_bus_error();
  child_result[0] = told(kForeign);
  CHECK(spin_with_patterns(test::slices() + 2) == 0);
}

/// What others do reaches the owner between slices: it sleeps, and is woken.
void are_told_of_what_others_do() {
  const exo::Capability line = exo::interrupt_bind(kForeign).capability();
  CHECK(events() == 0);
  const test::Child child = test::create_child(raise_and_spin);
  test::start_child(child);
  CHECK(sleep(EXO_EVENT_INTERRUPT, 0) == EXO_EVENT_INTERRUPT);
  CHECK(records[child.id].state == exo::EnvironmentState::kRunning);
  CHECK(told(kForeign) == 1 && lines[kForeign].is_masked == 1);
  CHECK(test::wait_for(child, records) == 0);
  CHECK(child_result[0] == 0);
  CHECK(exo::interrupt_unbind(line).ok());
  CHECK(lines[kForeign].is_masked == 0);
  told(kForeign) = 0;
  CHECK(events() == 0 && told(kForeign) == 0);  // it is raised, and nobody's
}

/// It is told in the very slice, once, until the owner wants to hear of it again.
void are_masked_without_a_driver() {
  const exo::Capability line = exo::interrupt_bind(kForeign).capability();
  CHECK(told(kForeign) == 1 && lines[kForeign].is_masked == 1);  // it is still raised
  CHECK(events() == EXO_EVENT_INTERRUPT);
  told(kForeign) = 0;
  CHECK(spin_with_patterns(test::slices() + 2) == 0);
  CHECK(told(kForeign) == 0 && events() == 0);
  CHECK(exo::interrupt_unmask(line).ok());
  CHECK(told(kForeign) == 1 && lines[kForeign].is_masked == 1);
  CHECK(exo::interrupt_unbind(line).ok());
  CHECK(lines[kForeign].is_masked == 0);
  CHECK(events() == EXO_EVENT_INTERRUPT);  // was posted before
  told(kForeign) = 0;
  CHECK(events() == 0 && told(kForeign) == 0);
}

/// Lines go with their owner.
void come_back_from_the_dead() {
  run_child([] {
    shared = exo::interrupt_bind(kForeign).capability();
    CHECK(told(kForeign) == 1);
    CHECK(exo::interrupt_bind(kDriven).ok());
  });
  CHECK(lines[kForeign].owner == exo::kOwnerNone && lines[kForeign].is_masked == 0);
  CHECK(lines[kDriven].owner == exo::kOwnerNone);
  CHECK(refused(exo::interrupt_unmask(shared), EXO_ERROR_BAD_CAPABILITY));
  CHECK(exo::interrupt_bind(kForeign).ok());
  CHECK(refused(exo::interrupt_unmask(shared), EXO_ERROR_BAD_CAPABILITY));
}

}  // namespace

void run_tests() {
  lines = test::bind_table<exo::InterruptRecord>(exo::Exposed::kInterrupts, kTables);
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables + 0x1000);
  are_shown();
  cannot_be_had_by_everyone();
  have_capabilities();
  refuse_other_kinds();
  belong_to_one();
  are_told_of_driven_devices();
  are_told_of_what_others_do();
  are_masked_without_a_driver();
  come_back_from_the_dead();
}
