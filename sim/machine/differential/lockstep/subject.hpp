// The simulator's processor with RAM, a ROM and a device, in the terms of the reference.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/machine/differential/lockstep/reference_memory.hpp"
#include "sim/machine/differential/lockstep/reference_state.hpp"

namespace exosim::lockstep {

class Subject {
 public:
  explicit Subject(const std::vector<uint8_t>& rom);
  ~Subject();

  StepOutcome step();
  ReferenceState state() const;
  void set_state(const ReferenceState& state);
  /// Bits 7:2 of `levels`.
  void set_pins(uint32_t levels);
  void set_ram(const std::vector<uint8_t>& ram);
  bool has_ram(const std::vector<uint8_t>& ram) const;
  const CountingRegister& device() const;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace exosim::lockstep
