// See run.hpp.
#include "sim/run.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/log.hpp"
#include "sim/machine/host_terminal.hpp"
#include "sim/machine/loader/image.hpp"
#include "sim/machine/machine.hpp"
#include "sim/observe/commit_log.hpp"
#include "sim/observe/domains.hpp"
#include "sim/observe/exceptions.hpp"
#include "sim/observe/operations.hpp"
#include "sim/observe/report.hpp"
#include "sim/observe/statistics.hpp"
#include "sim/options/exit_codes.hpp"
#include "sim/options/progress.hpp"
#include "sim/options/resources.hpp"

namespace exosim {
namespace {

/// Steps between two looks at the host's clock: some milliseconds.
constexpr uint64_t kStepsPerUpdate = 1'000'000;

/// What is put into memory: the kernel, or a bare image in its place, and the boot modules.
struct Images {
  Image kernel;
  std::vector<Image> modules;
};

Result<Image> load_kernel(const Options& options, const MachineConfig& config) {
  auto program = executable_folder();
  if (!program) return program.error();
  const std::string& name = options.kernel ? *options.kernel : config.kernel;
  auto path = find_resource(ResourceKind::kKernel, name, *program);
  if (!path) return path.error();
  return load_image(*path);
}

Result<Images> load_images(const Options& options, const MachineConfig& config) {
  std::vector<Image> images;
  for (const std::string& name : options.images) {
    auto image = load_image(name);
    if (!image) return image.error();
    images.push_back(std::move(*image));
  }
  if (images.front().is_bare() && !options.kernel) {
    Image kernel = std::move(images.front());
    images.erase(images.begin());
    return Images{std::move(kernel), std::move(images)};
  }
  auto kernel = load_kernel(options, config);
  if (!kernel) return kernel.error();
  return Images{std::move(*kernel), std::move(images)};
}

/// Everybody who looks on during a run.
struct Observers {
  explicit Observers(const CodeMap& code) : operations(code) {}

  Operations operations;
  std::unique_ptr<Domains> domains;
  ExceptionCounter exceptions;
  std::unique_ptr<CommitLog> trace;  // null: none

  static Result<std::unique_ptr<Observers>> create(const Options& options, Machine& machine) {
    auto observers = std::make_unique<Observers>(machine.code_map());
    auto domains = Domains::create(machine.code_map());
    if (!domains) return domains.error();
    observers->domains = std::move(*domains);
    if (!options.trace.empty()) {
      auto trace = CommitLog::create(options.trace, {options.trace_from, options.trace_to},
                                     machine.code_map());
      if (!trace) return trace.error();
      observers->trace = std::move(*trace);
    }
    observers->watch(machine);
    return observers;
  }

  void watch(Machine& machine) {
    machine.add_observer(operations);
    machine.add_observer(*domains);
    machine.add_observer(exceptions);
    if (trace) machine.add_observer(*trace);
  }
};

Statistics statistics_of(const Machine& machine, const Observers& observers) {
  const RunControl& outcome = machine.outcome();
  return {.run = {.instructions = machine.instructions(),
                  .cycles = machine.now().count,
                  .clock_hz = machine.config().clock_hz,
                  .exit_status = outcome.status(),
                  .exit_reason = std::string(exit_reason_name(outcome.reason())),
                  .exit_detail = outcome.detail()},
          .operations = observers.operations.rows(),
          .domains = observers.domains->totals(),
          .exceptions = observers.exceptions.totals(),
          .config_digest = std::nullopt};
}

/// Runs to the end, with a progress line where someone looks. Returns the seconds that it took.
double run_with_progress(Machine& machine, const RunLimits& limits) {
  const auto start = std::chrono::steady_clock::now();
  ProgressLine progress;
  while (machine.run_steps(limits, kStepsPerUpdate)) {
    progress.update({machine.now(), machine.instructions(), limits.cycles, limits.instructions});
  }
  progress.clear();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// A status that the exit table gives a meaning of its own, or that a process cannot carry.
bool needs_explanation(const RunControl& outcome) {
  constexpr uint32_t kFirstOwnStatus = static_cast<uint32_t>(ExitCode::kDeadlock);
  return outcome.reason() != ExitReason::kExit || outcome.status() >= kFirstOwnStatus ||
         outcome.status() == static_cast<uint32_t>(ExitCode::kBadInput);
}

/// Why the run ended, where the exit status alone does not say it: the last line on stderr.
void print_reason(const Machine& machine) {
  const RunControl& outcome = machine.outcome();
  const std::string_view reason = exit_reason_name(outcome.reason());
  if (outcome.reason() == ExitReason::kExit) {
    print_to_stderr(fmt::format("exosim: {}: status {}\n", reason, outcome.status()));
    return;
  }
  const std::string place = machine.place();
  print_to_stderr(fmt::format("exosim: {}: {}{}\n", reason, outcome.detail(),
                              place.empty() ? "" : "; at " + place));
}

void print_host_speed(const Machine& machine, double seconds) {
  const double million = static_cast<double>(machine.instructions()) / 1e6;
  print_to_stderr(
      fmt::format("exosim: {:.2f} s on the host, {:.1f} million instructions per second\n", seconds,
                  seconds > 0 ? million / seconds : 0.0));
}

/// A run may take hours: what cannot be written is found out before.
Result<std::monostate> check_writable(const std::string& path) {
  if (path.empty() || std::ofstream(path, std::ios::app)) return std::monostate{};
  return Error{path, "cannot be written"};
}

Result<std::monostate> write_outputs(const Options& options, const Statistics& statistics,
                                     Observers& observers) {
  if (observers.trace)
    if (auto closed = observers.trace->close(); !closed) return closed;
  if (!options.stats.empty()) return write_statistics(statistics, options.stats);
  return std::monostate{};
}

Result<int> run_machine(const Options& options, Machine& machine, HostTerminal& terminal) {
  auto observers = Observers::create(options, machine);
  if (!observers) return observers.error();
  const double seconds = run_with_progress(machine, {options.max_cycles, options.max_instructions});
  const Statistics statistics = statistics_of(machine, **observers);
  if (!options.quiet) fmt::print("\n{}", report_text(statistics));
  if (!terminal.flush()) return Error{"standard output", "some of it could not be written"};
  if (auto written = write_outputs(options, statistics, **observers); !written)
    return written.error();
  if (!options.quiet) print_host_speed(machine, seconds);
  if (needs_explanation(machine.outcome())) print_reason(machine);
  return exit_code(machine.outcome());
}

}  // namespace

void print_to_stderr(const std::string& text) {
  std::fputs(text.c_str(), stderr);  // if nobody listens, the outcome is the same
}

Result<LoadedConfig> configuration(const Options& options) {
  auto program = executable_folder();
  if (!program) return program.error();
  auto path = find_resource(ResourceKind::kConfig, options.config, *program);
  if (!path) return path.error();
  log_info("configuration {}", path->string());
  return load_config(*path, options.sets);
}

Result<int> run(const Options& options) {
  auto config = configuration(options);
  if (!config) return config.error();
  if (auto writable = check_writable(options.stats); !writable) return writable.error();
  auto terminal = HostTerminal::open(options.input, stdout);
  if (!terminal) return terminal.error();
  auto images = load_images(options, config->machine);
  if (!images) return images.error();
  log_info("kernel {}, {} boot modules", images->kernel.name, images->modules.size());
  for (const DeviceConfig& device : config->machine.devices)
    log_debug("device {}: {} at {:#010x}", device.name, device.type, device.address);
  auto machine = Machine::create(config->machine, **terminal);
  if (!machine) return machine.error();
  if (auto booted = (*machine)->boot(images->kernel, images->modules); !booted)
    return booted.error();
  return run_machine(options, **machine, **terminal);
}

}  // namespace exosim
