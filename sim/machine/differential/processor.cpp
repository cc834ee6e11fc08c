// Running one random program on our processor: kuseg pages mapped one to one into RAM by TLB
// entries, no kernel, no devices.
#include "sim/machine/differential/processor.hpp"

#include <fmt/format.h>

#include "isa/disassembler.hpp"
#include "isa/machine/cp0.h"
#include "sim/bus/bus.hpp"
#include "sim/bus/interrupts.hpp"
#include "sim/bus/ram.hpp"
#include "sim/cpu/cpu.hpp"

namespace exosim::differential {
namespace {

constexpr uint32_t kPageMask = ~uint32_t{PAGE_SIZE - 1};
constexpr uint64_t kMostSteps = 100000;

/// RAM with only the pages of one program in it, and the TLB entries that map them.
class ProgramPages {
 public:
  explicit ProgramPages(Ram& ram) : ram_(ram) {}

  /// Maps the pages of `size` bytes from `address` and copies what the pieces have there.
  void map(Tlb& tlb, const std::vector<MemoryPiece>& pieces, uint32_t address, size_t size) {
    const uint32_t end = static_cast<uint32_t>(address + size);
    for (uint32_t page = address & kPageMask; page < end; page += PAGE_SIZE) {
      const uint32_t frame = used_++ * PAGE_SIZE;
      tlb.write(used_, {.hi = page, .lo = frame | ENTRYLO_D | ENTRYLO_V | ENTRYLO_G});
      for (const MemoryPiece& piece : pieces) copy(piece, page, frame);
    }
  }

 private:
  void copy(const MemoryPiece& piece, uint32_t page, uint32_t frame) {
    for (uint32_t i = 0; i < PAGE_SIZE; ++i) {
      const uint32_t offset = page + i - piece.address;
      if (offset < piece.bytes.size()) ram_.bytes()[frame + i] = piece.bytes[offset];
    }
  }

  Ram& ram_;
  uint32_t used_ = 0;
};

Outcome outcome_of(const CpuState& state, const Ram& ram, uint32_t data) {
  Outcome outcome{.gpr = state.gpr, .hi = state.hi, .lo = state.lo, .data = {}};
  outcome.gpr[0] = outcome.gpr[kScratchRegister] = outcome.gpr[kRecordRegister] = 0;
  for (uint32_t i = 0; i < kDataSize; ++i)
    outcome.data[i] = static_cast<uint8_t>(ram.read({data + i}, 1));
  return outcome;
}

/// Physical address of a mapped one.
uint32_t translate(const CpuState& state, uint32_t address) {
  const TlbMatch match = state.tlb.find(address & kPageMask);
  return (state.tlb.read(static_cast<unsigned>(match.index)).lo & ENTRYLO_PFN_MASK) |
         (address & ~kPageMask);
}

}  // namespace

Result<Outcome> run_on_processor(const Batch& batch, size_t program, const StepObserver& observer) {
  const RandomProgram& code = batch.programs()[program];
  Ram ram(16 * PAGE_SIZE, Random(code.seed));
  Bus bus(ram);
  const InterruptPins pins;
  Cpu cpu(bus, pins, CpuModel{}, Random(code.seed));
  CpuState& state = cpu.state();
  ProgramPages pages(ram);
  pages.map(state.tlb, batch.pieces(), code.placement.entry, 4 * code.words.size());
  pages.map(state.tlb, batch.pieces(), code.placement.data, kDataSize);
  state.cp0.status = STATUS_KUC;
  state.gpr = code.gpr;
  state.hi = code.hi;
  state.lo = code.lo;
  cpu.set_pc({code.placement.entry});
  for (uint64_t steps = 0; cpu.state().pc.value != code.placement.exit; ++steps) {
    const Retired& retired = cpu.step();
    if (observer) observer(retired);
    if (retired.exception.taken)
      return Error{fmt::format("{:#x}", retired.pc.value),
                   fmt::format("took exception {}", retired.exception.code)};
    if (steps == kMostSteps) return Error{{}, "the program does not end"};
  }
  return outcome_of(cpu.state(), ram, translate(cpu.state(), code.placement.data));
}

std::string listing(const RandomProgram& program) {
  std::string text;
  uint32_t address = program.placement.entry;
  for (const isa::Word word : program.words) {
    text +=
        fmt::format("{:08x}: {:08x}  {}\n", address, word.bits, isa::disassemble(word, address));
    address += 4;
  }
  return text;
}

}  // namespace exosim::differential
