// Both machines are treated alike, between two steps.
#include "sim/machine/differential/engines/random_load.hpp"

#include "isa/devices/dma.h"
#include "isa/devices/timer.h"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "sim/machine/differential/lockstep/reference_memory.hpp"

namespace exosim::differential {
namespace {

using lockstep::Theme;

constexpr uint32_t kTimer = 0x10001000;  // as in configs/r3000.yaml
constexpr uint32_t kDma = 0x10002000;
constexpr uint32_t kRing = 0x1e000;  // near the end of what the code addresses
constexpr uint32_t kEntries = 8;
constexpr std::array kThemes{Theme::kEverything, Theme::kTranslations, Theme::kCaches};

}  // namespace

RandomLoad::RandomLoad(uint64_t seed, Twins& twins)
    : random_(seed), stimulus_(random_, kThemes[seed % kThemes.size()]), twins_(twins) {}

void RandomLoad::run(uint64_t steps) {
  fill_memory();
  map_pages();
  write_all(kDma + DMA_RING, kRing);
  write_all(kDma + DMA_ENTRIES, kEntries);
  write_all(kDma + DMA_CONTROL, DMA_CONTROL_ENABLE | DMA_CONTROL_INTERRUPT);
  for (uint64_t step = 0; step < steps; ++step) {
    if (step % 40 == 0) scatter();
    if (random_.below(50) == 0) start_dma();
    if (random_.below(80) == 0) start_timer();
    if (!twins_.step()) return;
    count();
  }
}

void RandomLoad::count() {
  const Retired& last = twins_.machines()[0]->cpu().last();
  const ExceptionTaken& exception = last.exception;
  interrupts_ += exception.taken && exception.code == EXC_INT;
  tlb_misses_ += exception.taken && exception.refill;
  cache_misses_ += (last.fetch_refill != 0) + (last.data.refill != 0);
}

void RandomLoad::fill_memory() {
  for (uint32_t address = 0; address < lockstep::kRamSize; address += 4)
    write_all(address, stimulus_.word());
}

void RandomLoad::write_all(uint32_t address, uint32_t value) {
  for (Machine* machine : twins_.machines()) machine->bus().write({address}, 4, value);
}

void RandomLoad::map_pages() {
  stimulus_.map_pages(state_);
  for (Machine* machine : twins_.machines()) {
    Tlb& tlb = machine->cpu().state().tlb;
    for (unsigned i = 0; i < lockstep::kTlbEntries; ++i)
      tlb.write(i, {state_.tlb_hi[i], state_.tlb_lo[i]});
  }
}

void RandomLoad::scatter() {
  stimulus_.scatter(state_);
  const uint32_t interrupts = random_.below(2) != 0 ? STATUS_IM_MASK | STATUS_IEC : 0;
  for (Machine* machine : twins_.machines()) {
    CpuState& state = machine->cpu().state();
    state.gpr = state_.gpr;
    state.cp0.status = (state_.status & ~uint32_t{STATUS_BEV}) | interrupts;
    state.cp0.entry_hi = state_.entry_hi;
    state.load = {};
    machine->cpu().set_pc({state_.pc});
  }
}

// Mostly in RAM, sometimes to a device or nowhere.
void RandomLoad::write_descriptor(uint32_t number) {
  const uint32_t at = kRing + number % kEntries * DMA_DESCRIPTOR_SIZE;
  const auto place = [&] {
    return random_.below(12) == 0 ? 0x10001000u + random_.below(64) * 0x100000
                                  : random_.below(0x7000) * 4;
  };
  write_all(at + DMA_DESCRIPTOR_SOURCE, place());
  write_all(at + DMA_DESCRIPTOR_DESTINATION, place());
  write_all(at + DMA_DESCRIPTOR_LENGTH, 4 + 4 * random_.below(200));
  write_all(at + DMA_DESCRIPTOR_FLAGS, random_.below(2) * DMA_FLAG_INTERRUPT);
  write_all(at + DMA_DESCRIPTOR_OWNER, random_.below(3));
  write_all(at + DMA_DESCRIPTOR_RESULT, DMA_RESULT_PENDING);
}

void RandomLoad::start_dma() {
  write_descriptor(tail_++);
  write_all(kDma + DMA_STATUS, ~uint32_t{0});
  write_all(kDma + DMA_TAIL, tail_);
  if (random_.below(4) == 0) write_all(kDma + DMA_CANCEL, random_.below(3));
}

void RandomLoad::start_timer() {
  write_all(kTimer + TIMER_STATUS, 0);
  write_all(kTimer + TIMER_CONTROL, TIMER_INTERRUPT);
  write_all(kTimer + TIMER_INTERVAL, 1 + random_.below(6));
}

}  // namespace exosim::differential
