// Random programs for a whole machine: code of every kind, a TLB that maps some of its pages, an
// interval timer and DMA transfers, thrown about while it runs.
#pragma once

#include <cstdint>

#include "sim/base/random.hpp"
#include "sim/machine/differential/engines/twins.hpp"
#include "sim/machine/differential/lockstep/stimulus.hpp"

namespace exosim::differential {

class RandomLoad {
 public:
  RandomLoad(uint64_t seed, Twins& twins);

  /// Memory, TLB and registers; then the steps, and something new now and then.
  void run(uint64_t steps);
  /// Interrupts and misses that there have been.
  uint64_t interrupts() const { return interrupts_; }
  uint64_t tlb_misses() const { return tlb_misses_; }
  uint64_t cache_misses() const { return cache_misses_; }

 private:
  void fill_memory();
  void map_pages();
  void scatter();
  void start_dma();
  void start_timer();
  void write_all(uint32_t address, uint32_t value);
  void write_descriptor(uint32_t number);
  void count();

  Random random_;
  lockstep::Stimulus stimulus_;
  Twins& twins_;
  lockstep::ReferenceState state_;
  uint32_t tail_ = 0;
  uint64_t interrupts_ = 0;
  uint64_t tlb_misses_ = 0;
  uint64_t cache_misses_ = 0;
};

}  // namespace exosim::differential
