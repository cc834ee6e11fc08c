// See machine.hpp. How the parts are wired, the hand-over, and the main loop.
#include "sim/machine/machine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "isa/devices/console.h"
#include "isa/machine/boot.h"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "isa/machine/fpu.h"
#include "isa/machine/memory_map.h"
#include "isa/machine/registers.h"
#include "sim/base/log.hpp"
#include "sim/machine/config/bus_sharing.hpp"
#include "sim/machine/diagnosis/back_trace.hpp"

namespace exosim {
namespace {

uint32_t processor_id(std::string_view model) {
  if (model == "r2000") return PRID_R2000;
  if (model == "r2000a") return PRID_R2000A;
  if (model == "r3000a") return PRID_R3000A;
  return PRID_R3000;
}

/// Every processor with the floating-point chip of its generation (revisions: IRIX and RISC/os).
uint32_t float_id(std::string_view model) {
  if (model == "r2000") return FPU_R2010;
  if (model == "r2000a") return FPU_R2010A;
  if (model == "r3000a") return FPU_R3010A;
  return FPU_R3010;
}

// An R2000 has no choice; on an R3000 it is made at reset.
PartialStore partial_store(const MachineConfig& config) {
  if (config.store_partial == "merge") return PartialStore::kMerge;
  if (config.store_partial == "invalidate") return PartialStore::kInvalidate;
  return config.cpu_model.starts_with("r3000") ? PartialStore::kMerge : PartialStore::kInvalidate;
}

CpuModel cpu_model(const MachineConfig& config) {
  return {.prid = processor_id(config.cpu_model),
          .instruction_cache = config.instruction_cache,
          .data_cache = config.data_cache,
          .partial_store = partial_store(config),
          .effects = config.effects,
          .fpu = {.present = config.fpu_present,
                  .interrupt = config.fpu_interrupt,
                  .id = float_id(config.cpu_model)}};
}

template <class T>
const T* registered(std::string_view name) {
  const auto& all = Registry<T>::all();
  const auto found = all.find(name);
  return found == all.end() ? nullptr : &found->second;
}

/// "1 cycle", "2 cycles".
std::string counted(uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

Machine::Machine(const MachineConfig& config, Terminal& terminal)
    : config_(config),
      terminal_(terminal),
      random_(config.seed),
      ram_(config.ram_bytes, Random(random_.double_word())),
      bus_(ram_),
      cpu_(bus_, pins_, cpu_model(config), Random(random_.double_word())),
      watchdog_(config.watchdog_cycles) {
  requests_.watch([this](const BusRequests::Request& request) {
    for (Observer* observer : observers_)
      observer->on_bus_transfer(uint64_t{4} * request.transfer.words, request.transfer.is_write);
  });
}

Result<std::unique_ptr<Machine>> Machine::create(const MachineConfig& config, Terminal& terminal) {
  std::unique_ptr<Machine> machine(new Machine(config, terminal));
  const auto* engine = registered<TimingEngine>(config.timing_engine);
  if (!engine) return Error{"timing.engine", "no timing engine '" + config.timing_engine + "'"};
  machine->timing_config_ = whole_timing(config, Registry<DeviceType>::all());
  const bool posts = config.timing.write_buffer_gathers;
  machine->bus_.post_stores(posts);
  machine->timing_ = engine->create({.config = machine->timing_config_,
                                     .requests = machine->requests_,
                                     .posted = posts ? &machine->bus_ : nullptr});
  machine->cpu_.connect_condition([&timing = *machine->timing_, &clock = machine->clock_] {
    return timing.write_buffer_empty(clock.now());
  });
  for (const DeviceConfig& device : config.devices)
    if (auto added = machine->add_device(device); !added) return added.error();
  return machine;
}

Result<std::monostate> Machine::add_device(const DeviceConfig& device) {
  const auto* type = registered<DeviceType>(device.type);
  if (!type) return Error{"devices." + device.name, "no device type '" + device.type + "'"};
  const InterruptLine line =
      device.interrupt ? InterruptLine(pins_, *device.interrupt) : InterruptLine();
  auto made = type->create({.name = device.name,
                            .params = device.params,
                            .cpu_hz = config_.clock_hz,
                            .clock = clock_,
                            .events = events_,
                            .bus = bus_,
                            .requests = requests_,
                            .interrupt = line,
                            .terminal = terminal_,
                            .run = control_});
  if (!made)
    return Error{fmt::format("devices.{}.{}", device.name, made.error().where),
                 made.error().message};
  devices_.push_back(std::move(*made));
  directory_.push_back({type->id, {device.address}, type->size, device.interrupt, device.name});
  return bus_.add_device(device.name, {device.address}, type->size, *devices_.back());
}

Result<std::monostate> Machine::boot(const Image& kernel, const std::vector<Image>& modules) {
  auto directory = build_device_directory(directory_);
  if (!directory) return directory.error();
  if (std::ranges::find(directory_, uint32_t{CONSOLE_ID}, &DirectoryEntry::id) == directory_.end())
    log_warn("the machine has no console: the guest can print nothing and cannot end the run");
  const std::array<uint32_t, 4> seed{random_.word(), random_.word(), random_.word(),
                                     random_.word()};
  auto plan = plan_boot({.kernel = kernel,
                         .modules = modules,
                         .ram_bytes = config_.ram_bytes,
                         .cpu_hz = config_.clock_hz,
                         .seed = seed,
                         .directory = *directory,
                         .arguments = config_.arguments});
  if (!plan) return plan.error();
  if (auto added = bus_.add_rom("prom", {PROM_BASE}, plan->prom); !added) return added;
  load(plan->placements);
  code_map_ = std::move(plan->code);
  cold_start_.add_marked(code_map_);
  watch_cold_starts();
  for (const uint32_t vector : {VECTOR_UTLB & KSEG_MASK, VECTOR_GENERAL & KSEG_MASK}) {
    const bool loaded = std::ranges::any_of(plan->placements, [&](const Placement& placement) {
      return vector - placement.phys.value < placement.bytes.size();
    });
    stuck_.watch_vector(bus_, {vector}, loaded);
  }
  hand_over(*plan);
  return std::monostate{};
}

void Machine::load(const std::vector<Placement>& placements) {
  for (const Placement& placement : placements) {
    const auto at = ram_.bytes().begin() + placement.phys.value;
    const auto end = std::ranges::copy(placement.bytes, at).out;
    std::fill_n(end, placement.zero_bytes, std::byte{0});
  }
}

void Machine::hand_over(const BootPlan& plan) {
  CpuState& state = cpu_.state();
  std::ranges::copy(plan.arguments, state.gpr.begin() + REG_A0);
  state.gpr[REG_SP] = plan.stack_pointer.value;
  state.cp0.status = 0;
  cpu_.set_pc(plan.entry);
}

bool Machine::run_steps(const RunLimits& limits, uint64_t steps) {
  Cycles due = std::min(limits.cycles, watchdog_.next());
  for (; steps > 0 && !control_.stopped(); --steps) {
    if (clock_.now() >= due || instructions() >= limits.instructions) {
      due = check_limits(limits);
      if (control_.stopped()) break;
    }
    if (starts_cold_) [[unlikely]]
      start_cold();
    const Retired& retired = cpu_.step();
    if (retired.fetched) last_fetch_ = retired.fetched_from;
    if (checks_steps_) [[unlikely]]
      check_step(retired);  // before its cost: then DMA may write what the step has used
    const Cycles begin = clock_.now();
    const StepCost& cost = timing_->cost(begin, retired);
    clock_.advance(cost.total);
    tell_interrupt_lines(begin);
    for (Observer* observer : observers_) observer->on_retired(begin, cost, retired);
    if (clock_.now() >= events_.next()) run_events();
    if (retired.exception.taken) check_exception(retired);
    if (retired.op_class == isa::OpClass::kCop0 || retired.exception.taken) check_tlb(retired);
    if (retired.data.target != BusTarget::kRam) [[unlikely]]
      check_access(retired);
    if (stuck_.spins(retired)) check_deadlock(retired);
  }
  return !control_.stopped();
}

/// One time after the other, as each may change the interrupt lines.
void Machine::run_events() {
  while (clock_.now() >= events_.next()) {
    const Cycles due = events_.next();
    events_.run_due(due);
    tell_interrupt_lines(due);
  }
}

inline void Machine::tell_interrupt_lines(Cycles at) {
  const uint32_t lines = cpu_.interrupt_lines();
  if (lines == interrupt_lines_) [[likely]]
    return;
  interrupt_lines_ = lines;
  for (Observer* observer : observers_) observer->on_interrupt_lines(at, lines);
}

void Machine::run(const RunLimits& limits) {
  while (run_steps(limits, ~uint64_t{0})) {
  }
}

Result<std::monostate> Machine::save() const {
  for (const std::unique_ptr<Device>& device : devices_)
    if (auto saved = device->save(); !saved) return saved;
  return std::monostate{};
}

void Machine::stop_at(const RunLimits& limits) {
  if (clock_.now() >= limits.cycles)
    control_.stop(ExitReason::kCycleLimit, 0, "after " + counted(clock_.now().count, "cycle"));
  else
    control_.stop(ExitReason::kInstructionLimit, 0,
                  "after " + counted(instructions(), "instruction"));
}

/// What can only be looked at now and then; returns when to look again.
Cycles Machine::check_limits(const RunLimits& limits) {
  if (clock_.now() >= limits.cycles || instructions() >= limits.instructions)
    stop_at(limits);
  else
    check_watchdog();
  return std::min(limits.cycles, watchdog_.next());
}

void Machine::check_watchdog() {
  const ModeChanges& changes = cpu_.mode_changes();
  const uint64_t activity =
      exceptions_.entered() + changes.returns + changes.openings + terminal_.printed();
  if (!watchdog_.look(clock_.now(), activity, interrupts_enabled(std::as_const(cpu_).state().cp0)))
    return;
  control_.stop(ExitReason::kGuestBug, 0,
                fmt::format("watchdog: interrupts off for {}, without an exception or output",
                            counted(config_.watchdog_cycles, "cycle")));
}

void Machine::check_exception(const Retired& retired) {
  exceptions_.enter(retired, std::as_const(cpu_).state(), cpu_.mode_changes());
  if (const auto bug = guest_bug_of(retired)) report(*bug, describe_bug(*bug, retired, bus_));
  if (auto missing = stuck_.missing_handler(bus_, retired))
    control_.stop(ExitReason::kGuestPanic, 0, *missing);
}

/// After what may have searched the TLB and failed: a translation, or tlbp.
void Machine::check_tlb(const Retired& retired) {
  const CpuState& state = std::as_const(cpu_).state();
  if ((state.cp0.status & STATUS_TS) && !std::exchange(shutdown_reported_, true))
    report(GuestBug::kTlbShutdown, describe_tlb_shutdown(retired, state));
}

void Machine::check_access(const Retired& retired) {
  if (retired.exception.taken) return;
  if (const auto bug = guest_bug_of(retired)) report(*bug, describe_bug(*bug, retired, bus_));
}

void Machine::stop_on(GuestBugSet bugs) {
  stop_on_ = bugs;
  CheckSet checks;
  checks.set(size_t(Check::kCoherence), bugs.test(size_t(GuestBug::kStaleWord)));
  checks.set(size_t(Check::kHazards), bugs.test(size_t(GuestBug::kHazard)));
  check(checks);
}

void Machine::inject(const ParityFault& fault) {
  Cache& cache =
      fault.cache == CacheName::kInstruction ? cpu_.instruction_cache() : cpu_.data_cache();
  events_.schedule(fault.at, EventPriority::kDevice, "parity fault", [&cache, fault](Cycles) {
    if (cache.holds(fault.address)) return cache.spoil_parity(fault.address);
    log_warn("--inject-parity: in cycle {} the cache does not hold {:#010x}: no effect",
             fault.at.count, fault.address.value);
  });
}

void Machine::check(CheckSet checks) {
  if (checks.test(size_t(Check::kCoherence))) coherence_.emplace(cpu_, ram_);
  if (checks.test(size_t(Check::kHazards))) hazards_.emplace();
  checks_steps_ |= checks.any();
}

Result<std::monostate> Machine::begin_cold(const std::vector<std::string>& operations) {
  for (const std::string& operation : operations)
    if (auto added = cold_start_.add(code_map_, operation); !added) return added;
  watch_cold_starts();
  return std::monostate{};
}

void Machine::watch_cold_starts() {
  starts_cold_ = !cold_start_.empty();
  checks_steps_ |= starts_cold_;
}

void Machine::start_cold() {
  const auto site = cold_start_.prepare(cpu_, bus_);
  if (!site) return;
  timing_->empty_micro_tlb();
  const unsigned asid = std::as_const(cpu_).state().cp0.asid();
  for (Observer* observer : observers_) observer->on_cold_start(clock_.now(), *site, asid);
}

void Machine::check_step(const Retired& retired) {
  if (starts_cold_) cold_start_.finish(retired);
  if (coherence_)
    if (const auto stale = coherence_->look(retired))
      report(GuestBug::kStaleWord, stale->text(code_map_));
  if (hazards_)
    if (const auto hazard = hazards_->look(retired, std::as_const(cpu_).state().cp0))
      report(GuestBug::kHazard, hazard->text);
}

void Machine::report(GuestBug bug, const std::string& description) {
  const auto number = static_cast<size_t>(bug);
  const std::string_view name = guest_bug_table()[number].name;
  if (stop_on_.test(number))
    return control_.stop(ExitReason::kGuestBug, 0, fmt::format("{}: {}", name, description));
  if (!bug_log_.is_new(bug, last_fetch_)) return;
  const auto place = code_map_.find(last_fetch_);
  log_warn(
      "{}: {}; at {}{}", name, description,
      place ? describe_instruction(*place) : fmt::format("physical {:#010x}", last_fetch_.value),
      bug_log_.is_last(bug) ? "; further ones are not reported" : "");
}

void Machine::check_deadlock(const Retired& retired) {
  const CpuState& state = std::as_const(cpu_).state();
  const Cp0& cp0 = state.cp0;
  const bool interruptible = (cp0.status & STATUS_IEC) != 0;
  const bool fpu_interrupts = config_.fpu_present && state.fpu.interrupts();
  const auto fpu = static_cast<uint8_t>(fpu_interrupts ? 1u << config_.fpu_interrupt : 0);
  // An event that ran after this very step may have raised a line: the next step takes it.
  const uint32_t pending =
      pending_interrupts(cp0.cause, static_cast<uint8_t>(pins_.level() | fpu)) & cp0.status &
      STATUS_IM_MASK;
  if (!timing_->write_buffer_empty(clock_.now())) return;
  const bool something_comes = events_.next() != kNever || requests_.next() != kNever;
  if (interruptible && (pending != 0 || something_comes)) return;
  control_.stop(ExitReason::kDeadlock, 0,
                fmt::format("the processor spins at {:#010x} {}", retired.next_pc.value,
                            interruptible ? "and no event is pending" : "with interrupts off"));
}

std::string Machine::place() const {
  const auto place = code_map_.find(last_fetch_);
  return place ? describe_instruction(*place) : std::string();
}

std::vector<std::string> Machine::back_trace() const {
  const Retired& last = cpu_.last();
  const CpuState& state = cpu_.state();
  const bool in_user_mode = last.user_mode && !last.exception.taken;
  auto contexts = exceptions_.open(in_user_mode, cpu_.mode_changes());
  if (!last.exception.taken) {
    GuestContext current{.pc = last.pc,
                         .next = state.pc,
                         .user_mode = last.user_mode,
                         .asid = last.asid,
                         .gpr = state.gpr};
    current.gpr[state.load.reg] = state.load.value;
    current.gpr[REG_ZERO] = 0;
    contexts.insert(contexts.begin(), current);
  }
  GuestView view(cpu_, bus_);
  return exosim::back_trace(code_map_, view, contexts);
}

}  // namespace exosim
