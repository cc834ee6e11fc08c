// The simulator's processor with RAM, a ROM and a device, in the terms of the reference.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/machine/differential/lockstep/reference_cache.hpp"
#include "sim/machine/differential/lockstep/reference_memory.hpp"
#include "sim/machine/differential/lockstep/reference_state.hpp"

namespace exosim::lockstep {

class Subject {
 public:
  Subject(const std::vector<uint8_t>& rom, const ReferenceModel& model);
  ~Subject();

  StepOutcome step();
  ReferenceState state() const;
  void set_state(const ReferenceState& state);
  /// Bits 7:2 of `levels`.
  void set_pins(uint32_t levels);
  void set_ram(const std::vector<uint8_t>& ram);
  /// One word, as DMA writes it. The address is aligned and inside.
  void set_ram_word(uint32_t phys, uint32_t word);
  bool has_ram(const std::vector<uint8_t>& ram) const;
  /// At power-on, when nothing is valid: the words that stand there.
  void show_caches(ReferenceCache& instruction, ReferenceCache& data) const;
  /// True iff all words are the same, and those that are valid have the same page and parity.
  bool has_caches(const ReferenceCache& instruction, const ReferenceCache& data) const;
  const CountingRegister& device() const;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace exosim::lockstep
