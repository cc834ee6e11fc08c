// The guest of the qemu side is one loop over a table; ours is stepped from case to case.
#include "sim/machine/differential/float_batch.hpp"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <cstring>
#include <span>

#include "isa/assembler.hpp"
#include "isa/encoder.hpp"
#include "isa/machine/cp0.h"
#include "isa/machine/memory_map.h"
#include "sim/bus/bus.hpp"
#include "sim/bus/interrupts.hpp"
#include "sim/bus/ram.hpp"
#include "sim/cpu/cpu.hpp"
#include "sim/machine/differential/qemu.hpp"

namespace exosim::differential {
namespace {

constexpr uint32_t kCodeBase = 0x00400000;
constexpr uint32_t kTableBase = 0x01000000;
constexpr unsigned kFs = 0;
constexpr unsigned kFt = 2;
constexpr unsigned kFd = 4;

std::string driver_source(isa::Word word, size_t table_size) {
  return fmt::format(
      R"(
        lui k1,%hi({table:#x}); addiu k1,k1,%lo({table:#x})
        lui s1,%hi({end:#x}); addiu s1,s1,%lo({end:#x})
      next:
        lw t0,24(k1); nop; ctc1 t0,$31
        lwc1 $f0,0(k1); lwc1 $f1,4(k1); lwc1 $f2,8(k1); lwc1 $f3,12(k1)
        lwc1 $f4,16(k1); lwc1 $f5,20(k1); nop
        .word {word:#x}
        cfc1 t0,$31
        swc1 $f4,16(k1); swc1 $f5,20(k1); sw t0,28(k1)
        addiu k1,k1,32
        bne k1,s1,next; nop

        lui s0,%hi({table:#x}); addiu s0,s0,%lo({table:#x})
      write:
        addiu v0,zero,4004; addiu a0,zero,1; addu a1,zero,s0; subu a2,s1,s0; syscall
        bne a3,zero,done; addiu a0,zero,1
        addu s0,s0,v0
        bne s0,s1,write; addiu a0,zero,0
      done:
        addiu v0,zero,4001; syscall
      )",
      fmt::arg("table", kTableBase), fmt::arg("end", kTableBase + table_size),
      fmt::arg("word", word.bits));
}

template <class T>
std::vector<std::byte> bytes_of(const std::vector<T>& values) {
  const auto raw = std::as_bytes(std::span(values));
  return {raw.begin(), raw.end()};
}

}  // namespace

isa::Word float_word(const isa::InsnInfo& insn) {
  switch (insn.form) {
    case isa::Form::kFdFsFt:
      return isa::encode(insn, {kFd, kFs, kFt});
    case isa::Form::kFdFs:
      return isa::encode(insn, {kFd, kFs, 0});
    default:
      return isa::encode(insn, {kFs, kFt, 0});
  }
}

Result<std::vector<FloatCase>> run_float_under_qemu(isa::Word word,
                                                    const std::vector<FloatCase>& cases,
                                                    const std::string& directory) {
  const size_t size = cases.size() * sizeof(FloatCase);
  const auto code = isa::assemble_program(driver_source(word, size), kCodeBase);
  assert(code);
  auto output =
      run_under_qemu({{kCodeBase, bytes_of(*code), false}, {kTableBase, bytes_of(cases), true}},
                     kCodeBase, directory);
  if (!output) return output.error();
  if (output->size() != size) return Error{"qemu-mipsel", "wrote less than the whole table"};
  std::vector<FloatCase> done(cases.size());
  std::memcpy(done.data(), output->data(), size);
  return done;
}

std::vector<FloatCase> run_float_on_processor(isa::Word word, const std::vector<FloatCase>& cases) {
  Ram ram(PAGE_SIZE, Random(1));
  Bus bus(ram);
  const InterruptPins pins;
  Cpu cpu(bus, pins, CpuModel{}, Random(1));
  ram.write({0}, 4, word.bits);
  std::vector<FloatCase> done = cases;
  for (FloatCase& one : done) {
    CpuState& state = cpu.state();
    state.cp0.status = STATUS_CU1;
    std::memcpy(&state.fpu.fpr[kFs], &one.fs, sizeof one.fs);
    std::memcpy(&state.fpu.fpr[kFt], &one.ft, sizeof one.ft);
    std::memcpy(&state.fpu.fpr[kFd], &one.fd, sizeof one.fd);
    state.fpu.fcsr = one.fcsr;
    cpu.set_pc({KSEG0_BASE});
    cpu.step();
    std::memcpy(&one.fd, &std::as_const(cpu).state().fpu.fpr[kFd], sizeof one.fd);
    one.fcsr_out = std::as_const(cpu).state().fpu.fcsr;
  }
  return done;
}

}  // namespace exosim::differential
