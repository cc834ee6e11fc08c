// Translating between the simulator's processor and the reference's terms.
#include "sim/machine/differential/lockstep/subject.hpp"

#include <cassert>
#include <cstring>
#include <span>

#include "sim/base/random.hpp"
#include "sim/bus/bus.hpp"
#include "sim/bus/device.hpp"
#include "sim/bus/interrupts.hpp"
#include "sim/bus/ram.hpp"
#include "sim/cpu/cpu.hpp"

namespace exosim::lockstep {
namespace {

constexpr uint64_t kSeed = 1;  // of what is undefined at reset

class CountingDevice final : public Device {
 public:
  RegisterBank& registers() override { return bank_; }
  const RegisterBank& registers() const override { return bank_; }

  CountingRegister word;

 private:
  RegisterBank bank_{{.offset = 0,
                      .name = "WORD",
                      .doc = "what was written, plus how often it was read",
                      .read = [this] { return word.read(); },
                      .write = [this](uint32_t value) { word.value = value; }}};
};

std::vector<std::byte> to_bytes(const std::vector<uint8_t>& from) {
  const auto bytes = std::as_bytes(std::span(from));
  return {bytes.begin(), bytes.end()};
}

Access to_access(DataAccess::Kind kind) {
  if (kind == DataAccess::Kind::kNone) return Access::kNone;
  return kind == DataAccess::Kind::kLoad ? Access::kLoad : Access::kStore;
}

void add_access(StepOutcome& to, const DataAccess& from) {
  to.access = to_access(from.kind);
  to.width = from.width;
  to.address = from.virt.value;
  to.phys = from.phys.value;
  to.value = from.value;
  to.cached = from.cached;
  to.isolated = from.isolated;
  to.load_refill = from.refill;
  to.bus_error = from.bus_error;
}

void add_cp0(ReferenceState& to, const Cp0& from) {
  to.index = from.index;
  to.entry_lo = from.entry_lo;
  to.context = from.context;
  to.bad_vaddr = from.bad_vaddr;
  to.entry_hi = from.entry_hi;
  to.status = from.status;
  to.cause = from.cause;
  to.epc = from.epc;
  to.prid = from.prid;
}

Cp0 to_cp0(const ReferenceState& from) {
  return {.index = from.index,
          .entry_lo = from.entry_lo,
          .context = from.context,
          .bad_vaddr = from.bad_vaddr,
          .entry_hi = from.entry_hi,
          .status = from.status,
          .cause = from.cause,
          .epc = from.epc,
          .prid = from.prid};
}

CpuModel to_model(const ReferenceModel& from) {
  return {.prid = from.prid,
          .instruction_cache = {from.instruction_bytes, from.instruction_refill},
          .data_cache = {from.data_bytes, from.data_refill},
          .partial_store =
              from.partial_store_invalidates ? PartialStore::kInvalidate : PartialStore::kMerge,
          .fpu = {.present = false}};  // the reference has none
}

void show_cache(const Cache& from, ReferenceCache& to) {
  for (uint32_t at = 0; at < 4 * to.slots().size(); at += 4)
    to.slot(at) = {.word = from.word({at}), .page = at >> 12};
}

bool is_same(const Cache& cache, const ReferenceCache& expected) {
  uint32_t offset = 0;
  for (const ReferenceCache::Slot& slot : expected.slots()) {
    const PhysAddr at{slot.page << 12 | offset % 0x1000};
    const PhysAddr where{offset};
    offset += 4;
    if (cache.word(where) != slot.word) return false;
    if (cache.holds(at) != (slot.valid && slot.has_right_parity())) return false;
    if (cache.has_parity_error(at) != (slot.valid && !slot.has_right_parity())) return false;
  }
  return true;
}

}  // namespace

struct Subject::Machine {
  Machine(const std::vector<uint8_t>& rom, const ReferenceModel& model)
      : cpu(bus, pins, to_model(model), Random(kSeed)) {
    const bool added = bus.add_rom("rom", {kRomBase}, to_bytes(rom)) &&
                       bus.add_device("device", {kDeviceBase}, kDeviceSize, device);
    assert(added);
    static_cast<void>(added);
  }

  Ram ram{kRamSize, Random(kSeed)};
  CountingDevice device;
  Bus bus{ram};
  InterruptPins pins;
  uint32_t levels = 0;
  Cpu cpu;
};

Subject::Subject(const std::vector<uint8_t>& rom, const ReferenceModel& model)
    : machine_(std::make_unique<Machine>(rom, model)) {}
Subject::~Subject() = default;

StepOutcome Subject::step() {
  const Retired& step = machine_->cpu.step();
  StepOutcome outcome{.pc = step.pc.value,
                      .in_slot = step.in_delay_slot,
                      .user_mode = step.user_mode,
                      .asid = step.asid,
                      .fetched = step.fetched,
                      .fetched_from = step.fetched_from.value,
                      .fetch_cached = step.fetch_cached,
                      .fetch_refill = step.fetch_refill,
                      .word = step.word.bits,
                      .branch_taken = step.branch_taken,
                      .destination = step.dest,
                      .result = step.dest == 0 ? 0 : step.dest_value,
                      .exception = step.exception.taken,
                      .code = step.exception.code,
                      .refill = step.exception.refill};
  add_access(outcome, step.data);
  return outcome;
}

ReferenceState Subject::state() const {
  const CpuState& from = std::as_const(machine_->cpu).state();
  ReferenceState to;
  to.gpr = from.gpr;
  to.load_register = from.load.reg;
  to.load_value = from.load.reg == 0 ? 0 : from.load.value;
  to.hi = from.hi;
  to.lo = from.lo;
  to.pc = from.pc.value;
  to.next_pc = from.next_pc.value;
  to.in_slot = from.in_delay_slot;
  to.branch = from.in_delay_slot ? from.branch_pc.value : 0;
  add_cp0(to, from.cp0);
  for (unsigned i = 0; i < kTlbEntries; ++i) {
    const TlbEntry entry = from.tlb.read(i);
    to.tlb_hi[i] = entry.hi;
    to.tlb_lo[i] = entry.lo;
  }
  to.steps = from.steps;
  to.steps_without_instruction = from.uncounted_steps;
  to.old_status = from.shadows.newest().status;
  to.old_cause = from.shadows.newest().cause;
  to.interrupts_from = from.shadows.newest().interrupts_until;
  return to;
}

void Subject::set_state(const ReferenceState& from) {
  CpuState& to = machine_->cpu.state();
  to.gpr = from.gpr;
  to.load = {from.load_register, from.load_value};
  to.hi = from.hi;
  to.lo = from.lo;
  to.pc = {from.pc};
  to.next_pc = {from.next_pc};
  to.in_delay_slot = from.in_slot;
  to.branch_pc = {from.branch};
  to.cp0 = to_cp0(from);
  for (unsigned i = 0; i < kTlbEntries; ++i) to.tlb.write(i, {from.tlb_hi[i], from.tlb_lo[i]});
  to.steps = from.steps;
  to.uncounted_steps = from.steps_without_instruction;
  to.shadows = {};
  to.shadows.open({.status = from.old_status,
                   .cause = from.old_cause,
                   .interrupts_until = from.interrupts_from});
}

void Subject::set_pins(uint32_t levels) {
  for (unsigned pin = 2; pin < 8; ++pin) {
    const uint32_t changed = (levels ^ machine_->levels) >> pin & 1;
    if (changed != 0) levels >> pin & 1 ? machine_->pins.raise(pin) : machine_->pins.lower(pin);
  }
  machine_->levels = levels;
}

void Subject::set_ram(const std::vector<uint8_t>& ram) {
  std::memcpy(machine_->ram.bytes().data(), ram.data(), ram.size());
}

bool Subject::has_ram(const std::vector<uint8_t>& ram) const {
  return std::memcmp(machine_->ram.bytes().data(), ram.data(), ram.size()) == 0;
}

void Subject::set_ram_word(uint32_t phys, uint32_t word) { machine_->ram.write({phys}, 4, word); }

void Subject::show_caches(ReferenceCache& instruction, ReferenceCache& data) const {
  show_cache(std::as_const(machine_->cpu).instruction_cache(), instruction);
  show_cache(std::as_const(machine_->cpu).data_cache(), data);
}

bool Subject::has_caches(const ReferenceCache& instruction, const ReferenceCache& data) const {
  return is_same(std::as_const(machine_->cpu).instruction_cache(), instruction) &&
         is_same(std::as_const(machine_->cpu).data_cache(), data);
}

const CountingRegister& Subject::device() const { return machine_->device.word; }

}  // namespace exosim::lockstep
