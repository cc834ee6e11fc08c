// A line that a device with a driver in the kernel shares with one that has none: what nobody can
// acknowledge stops neither programs nor the driver.
// options: --set devices.bus_error.interrupt=4 --set devices.framebuffer.height=863
#include "exokernel/tests/harness/bus_error.hpp"
#include "exokernel/tests/harness/child.hpp"

namespace {

constexpr uint32_t kTables = 0x30040000;
constexpr uint32_t kLine = 4;

const volatile exo::InterruptRecord* lines;

volatile uint8_t& told() {
  return reinterpret_cast<volatile exo::Context*>(EXO_CONTEXT_VA)->interrupts[kLine];
}

uint32_t sleep(uint32_t events, uint32_t cycles) {
  exo::context().events = 0;
  CHECK(test_sleep(events, cycles) == 0);
  return exo::context().events;
}

void copies(const exo::Capability& page) {
  for (uint32_t bytes = 4; bytes <= PAGE_SIZE; bytes *= 2) {
    CHECK(exo::dma_copy(page, page, 0u, bytes | EXO_DMA_TELL).ok());
    CHECK(sleep(EXO_EVENT_DMA, 0) == EXO_EVENT_DMA);
  }
}

/// True if the program comes forward: the loop takes two cycles a round, and some for interrupts.
bool runs() {
  const uint32_t before = test::slices();
  test_yield(EXO_YIELD_NEXT);
  test::burn(50'000);
  return test::slices() == before && spin_with_patterns(before + 2) == 0;
}

}  // namespace

void run_tests() {
  lines = test::bind_table<exo::InterruptRecord>(exo::Exposed::kInterrupts, kTables);
  CHECK(lines[kLine].devices == 2);
  const exo::Capability page = exo::page_alloc(EXO_PAGE_ANY).capability();
  const exo::Capability quiet = exo::interrupt_bind(kLine).capability();
  copies(page);
  CHECK(told() == 1 && lines[kLine].is_masked == 0);
  CHECK(sleep(EXO_EVENT_INTERRUPT, 0) == EXO_EVENT_INTERRUPT);
  CHECK(exo::interrupt_unbind(quiet).ok());
  told() = 0;
  test::raise_bus_error();
  CHECK(runs());
  copies(page);
  const exo::Capability line = exo::interrupt_bind(kLine).capability();
  CHECK(sleep(EXO_EVENT_INTERRUPT, 0) == EXO_EVENT_INTERRUPT);
  CHECK(told() == 1 && lines[kLine].is_masked == 1);
  told() = 0;
  CHECK(runs());
  copies(page);
  CHECK(told() == 0);
  CHECK(exo::interrupt_unmask(line).ok());
  CHECK(told() == 1 && lines[kLine].is_masked == 1);
  CHECK(sleep(EXO_EVENT_INTERRUPT, 0) == EXO_EVENT_INTERRUPT);
  CHECK(runs());
}
