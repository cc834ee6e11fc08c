// One whole machine: owns every part, wires them, runs. No globals: two machines in one process
// do not know of each other.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/base/result.hpp"
#include "sim/bus/bus.hpp"
#include "sim/bus/bus_requests.hpp"
#include "sim/bus/device.hpp"
#include "sim/bus/device_directory.hpp"
#include "sim/bus/interrupts.hpp"
#include "sim/bus/ram.hpp"
#include "sim/cpu/cpu.hpp"
#include "sim/machine/cold_start.hpp"
#include "sim/machine/config/machine_config.hpp"
#include "sim/machine/diagnosis/checks.hpp"
#include "sim/machine/diagnosis/coherence.hpp"
#include "sim/machine/diagnosis/counting_terminal.hpp"
#include "sim/machine/diagnosis/exception_stack.hpp"
#include "sim/machine/diagnosis/guest_bugs.hpp"
#include "sim/machine/diagnosis/hazards.hpp"
#include "sim/machine/diagnosis/parity_fault.hpp"
#include "sim/machine/diagnosis/watchdog.hpp"
#include "sim/machine/loader/image.hpp"
#include "sim/machine/loader/place.hpp"
#include "sim/machine/stuck_guest.hpp"
#include "sim/observe/code_map.hpp"
#include "sim/observe/observer.hpp"
#include "sim/time/clock.hpp"
#include "sim/time/event_queue.hpp"
#include "sim/timing/timing_model.hpp"

namespace exosim {

/// Where a run has to end at the latest.
struct RunLimits {
  Cycles cycles = kNever;
  uint64_t instructions = ~uint64_t{0};
};

/// A machine from its configuration. Create, boot once, run until it has stopped.
class Machine {
 public:
  /// Refuses unknown device types and engines, overlapping devices. `terminal` must outlive it.
  static Result<std::unique_ptr<Machine>> create(const MachineConfig& config, Terminal& terminal);
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  /// Loads the kernel (or bare image) and the boot modules, and puts the processor into the state
  /// that isa/machine/boot.h documents. Refuses what does not fit into RAM.
  Result<std::monostate> boot(const Image& kernel, const std::vector<Image>& modules);
  /// `observer` must outlive the machine's runs.
  void add_observer(Observer& observer) { observers_.push_back(&observer); }
  /// Guest bugs that end the run; of others there is a warning, one for each place in the code.
  /// Turns the checks on that find them.
  void stop_on(GuestBugSet bugs);
  /// Turns checks on: what they find are guest bugs.
  void check(CheckSet checks);
  /// After boot. All that the images declare under these names begin with empty caches and TLB
  /// (cold_start.hpp), besides those that ask for it themselves. Refuses unknown names.
  Result<std::monostate> begin_cold(const std::vector<std::string>& operations);
  /// Before the run. The word's next use is a miss that sets Status.PE.
  void inject(const ParityFault& fault);
  /// Runs until the guest ends the run or a limit is reached; outcome() says which.
  void run(const RunLimits& limits);
  /// Runs for at most so many steps and returns whether the machine can go on: for progress lines.
  bool run_steps(const RunLimits& limits, uint64_t steps);
  /// After the run: the files that devices are to write.
  Result<std::monostate> save() const;

  const RunControl& outcome() const { return control_; }
  /// Where the processor last was, "kernel_panic+0x10 (exokernel/panic.cpp:33)"; empty if nowhere
  /// known.
  std::string place() const;
  /// Who called whom where the processor last was, one line per frame: see
  /// diagnosis/back_trace.hpp.
  std::vector<std::string> back_trace() const;
  Cycles now() const { return clock_.now(); }
  uint64_t instructions() const { return cpu_.instructions(); }
  Cpu& cpu() { return cpu_; }
  const Cpu& cpu() const { return cpu_; }
  Bus& bus() { return bus_; }
  BusRequests& bus_requests() { return requests_; }
  const CodeMap& code_map() const { return code_map_; }
  const MachineConfig& config() const { return config_; }

 private:
  Machine(const MachineConfig& config, Terminal& terminal);

  Result<std::monostate> add_device(const DeviceConfig& device);
  void load(const std::vector<Placement>& placements);
  void hand_over(const BootPlan& plan);
  void stop_at(const RunLimits& limits);
  Cycles check_limits(const RunLimits& limits);
  void check_watchdog();
  void check_exception(const Retired& retired);
  void check_tlb(const Retired& retired);
  void check_access(const Retired& retired);
  void check_step(const Retired& retired);
  void watch_cold_starts();
  void start_cold();
  void run_events();
  void tell_interrupt_lines(Cycles at);
  void report(GuestBug bug, const std::string& description);
  void check_deadlock(const Retired& retired);

  MachineConfig config_;
  CountingTerminal terminal_;
  Random random_;
  Clock clock_;
  EventQueue events_;
  InterruptPins pins_;
  RunControl control_;
  Ram ram_;
  Bus bus_;
  BusRequests requests_;
  Cpu cpu_;
  std::vector<DirectoryEntry> directory_;
  TimingConfig timing_config_;
  std::unique_ptr<TimingModel> timing_;
  std::vector<Observer*> observers_;
  uint32_t interrupt_lines_ = 0;  // as the observers know them
  CodeMap code_map_;
  StuckGuest stuck_;
  ExceptionStack exceptions_;
  Watchdog watchdog_;
  GuestBugLog bug_log_;
  GuestBugSet stop_on_;
  std::optional<CoherenceChecker> coherence_;
  std::optional<HazardChecker> hazards_;
  ColdStart cold_start_;
  bool starts_cold_ = false;
  bool checks_steps_ = false;
  PhysAddr last_fetch_;
  bool shutdown_reported_ = false;
  std::vector<std::unique_ptr<Device>> devices_;  // last: they refer to what stands above
};

}  // namespace exosim
