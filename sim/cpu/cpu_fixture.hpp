// For tests: a processor with 1 MiB of RAM and nothing else, in kernel mode as the boot PROM leaves
// it, and programs given as text.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <string_view>

#include "isa/assembler.hpp"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/machine/memory_map.h"
#include "isa/machine/registers.h"
#include "sim/cpu/cpu.hpp"

namespace exosim {

class CpuFixture : public ::testing::Test {
 protected:
  static constexpr uint32_t kCode = KSEG0_BASE + 0x1000;
  static constexpr uint32_t kData = KSEG0_BASE + 0x8000;
  static constexpr uint32_t kAbsent = KSEG1_BASE + 0x1f000000;  // a bus error

  /// Without caches, if the test does not want them.
  explicit CpuFixture(const CpuModel& model = {.prid = PRID_R3000A})
      : cpu(bus, pins, model, Random(2)) {
    cpu.state().cp0.status = 0;
    cpu.state().cp0.cause = 0;
    cpu.set_pc({kCode});
  }

  /// Puts code at a kseg0 address.
  void place(uint32_t address, std::string_view source) {
    const auto words = isa::assemble_program(source, address);
    ASSERT_TRUE(words) << words.error();
    std::memcpy(&ram.bytes()[address & KSEG_MASK], words->data(), words->size() * 4);
  }
  /// Puts code at kCode.
  void program(std::string_view source) { place(kCode, source); }
  const Retired& run(int steps) {
    for (int i = 1; i < steps; ++i) cpu.step();
    return cpu.step();
  }
  void poke(uint32_t address, uint32_t word) { ram.write({address & KSEG_MASK}, 4, word); }
  uint32_t peek(uint32_t address) const { return ram.read({address & KSEG_MASK}, 4); }
  uint32_t gpr(unsigned reg) const { return cpu_state().gpr[reg]; }
  void set_gpr(unsigned reg, uint32_t value) { cpu.state().gpr[reg] = value; }
  Cp0& cp0() { return cpu.state().cp0; }
  const CpuState& cpu_state() const { return std::as_const(cpu).state(); }
  uint32_t cause_code() { return (cp0().cause & CAUSE_EXCCODE_MASK) >> CAUSE_EXCCODE_SHIFT; }
  /// Maps one page in the TLB entry `index`; `flags` are ENTRYLO_N, D, V, G.
  void map(unsigned index, uint32_t virt, unsigned asid, uint32_t phys, uint32_t flags) {
    cpu.state().tlb.write(index, {virt | (asid << ENTRYHI_ASID_SHIFT), phys | flags});
  }
  void set_user_mode() { cp0().status |= STATUS_KUC; }

  Ram ram{1 << 20, Random(1)};
  Bus bus{ram};
  InterruptPins pins;
  Cpu cpu;
};

}  // namespace exosim
