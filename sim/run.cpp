// See run.hpp.
#include "sim/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/file.hpp"
#include "sim/base/log.hpp"
#include "sim/machine/annotations/annotate.hpp"
#include "sim/machine/annotations/annotations.hpp"
#include "sim/machine/config/model_warning.hpp"
#include "sim/machine/config/print_config.hpp"
#include "sim/machine/host_terminal.hpp"
#include "sim/machine/loader/image.hpp"
#include "sim/machine/machine.hpp"
#include "sim/observe/commit_log.hpp"
#include "sim/observe/counters.hpp"
#include "sim/observe/explain/explanation.hpp"
#include "sim/observe/explain/explanation_text.hpp"
#include "sim/observe/intervals.hpp"
#include "sim/observe/profile/profiles.hpp"
#include "sim/observe/report.hpp"
#include "sim/observe/run_figures.hpp"
#include "sim/observe/statistics.hpp"
#include "sim/options/exit_codes.hpp"
#include "sim/options/progress.hpp"
#include "sim/options/resources.hpp"

namespace exosim {
namespace {

/// Steps between two looks at the host's clock: some milliseconds.
constexpr uint64_t kStepsPerUpdate = 1'000'000;

constexpr std::string_view kStandardOutput = "-";

/// What is put into memory: the kernel, or a bare image in its place, and the boot modules.
struct Images {
  Image kernel;
  std::vector<Image> modules;
};

/// Where the user, or a file, says which kernel it is.
std::string kernel_source(const Options& options, const LoadedConfig& config) {
  if (options.kernel) return "--kernel";
  const auto found = std::ranges::find(config.settings, "kernel", &Setting::path);
  return found == config.settings.end() ? "kernel" : found->source;
}

Result<Image> load_kernel(const Options& options, const LoadedConfig& config) {
  auto program = executable_folder();
  if (!program) return program.error();
  const std::string& name = options.kernel ? *options.kernel : config.machine.kernel;
  auto path = find_resource(ResourceKind::kKernel, name, *program);
  if (!path) return Error{kernel_source(options, config), path.error().text()};
  auto image = load_image(*path);
  if (!image) return Error{kernel_source(options, config), image.error().text()};
  if (!image->is_bare())
    return Error{kernel_source(options, config),
                 path->string() + ": an application, linked in kuseg; expected a kernel"};
  return image;
}

Error bare_image_with_kernel(const std::string& name) {
  return {name,
          "a bare image: it is linked in kseg0 and runs in the kernel's place, but --kernel gives "
          "another; leave out --kernel, or link it in kuseg as an application"};
}

Result<Images> find_images(const Options& options, const LoadedConfig& config) {
  std::vector<Image> images;
  for (const std::string& name : options.images) {
    auto image = load_image(name);
    if (!image) return image.error();
    if (options.kernel && image->is_bare()) return bare_image_with_kernel(name);
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

TimelineMachine timeline_machine(const Machine& machine) {
  TimelineMachine timeline{.clock_hz = machine.config().clock_hz, .lines = {}};
  for (const DeviceConfig& device : machine.config().devices) {
    if (!device.interrupt) continue;
    std::string& name = timeline.lines.at(*device.interrupt);
    name += (name.empty() ? "" : ", ") + device.name;
  }
  return timeline;
}

/// With what --annotations say of them.
Result<Images> load_images(const Options& options, const LoadedConfig& config) {
  auto images = find_images(options, config);
  if (!images) return images;
  std::vector<Annotations> files;
  for (const std::string& name : options.annotations) {
    auto file = read_annotations(name);
    if (!file) return file.error();
    files.push_back(std::move(*file));
  }
  std::vector<Image*> annotated = {&images->kernel};
  for (Image& module : images->modules) annotated.push_back(&module);
  if (auto done = annotate(files, annotated); !done) return done.error();
  return images;
}

/// Everybody who looks on during a run.
struct Observers {
  std::unique_ptr<RunFigures> figures;       // null: none
  std::unique_ptr<Counters> counters;        // null: none
  std::unique_ptr<Intervals> intervals;      // null: none
  std::unique_ptr<CommitLog> trace;          // null: none
  std::unique_ptr<Explanation> explanation;  // null: none
  std::unique_ptr<Profiles> profiles;        // null: none; behind the figures

  static Result<std::unique_ptr<Observers>> create(const Options& options, Machine& machine) {
    auto observers = std::make_unique<Observers>();
    const auto samples =
        options.samples ? Operations::Samples::kKeep : Operations::Samples::kSummarize;
    auto figures = RunFigures::create(machine.code_map(), samples);
    if (!figures) return figures.error();  // bad markers, whether or not figures are wanted
    const bool has_profiles = options.profiles.any();
    if (!options.quiet || !options.stats.empty() || has_profiles)
      observers->figures = std::move(*figures);
    observers->count(options);
    if (!options.explain.empty()) {
      auto explanation = explain(options, machine);
      if (!explanation) return explanation.error();
      observers->explanation = std::move(*explanation);
    }
    if (!options.trace.empty()) {
      auto trace = CommitLog::create(options.trace, {options.trace_from, options.trace_to},
                                     machine.code_map());
      if (!trace) return trace.error();
      observers->trace = std::move(*trace);
    }
    if (has_profiles) {
      auto profiles = Profiles::create(options.profiles, machine.code_map(),
                                       observers->figures->ledger(), timeline_machine(machine));
      if (!profiles) return profiles.error();
      observers->profiles = std::move(*profiles);
    }
    observers->watch(machine);
    return observers;
  }

  /// True once an output could not be written.
  bool failed() const { return (trace && trace->failed()) || (profiles && profiles->failed()); }

  /// Writes what is left of the trace, and the profiles.
  Result<std::monostate> close() const {
    if (trace)
      if (auto closed = trace->close(); !closed) return closed;
    return profiles ? profiles->write() : std::monostate{};
  }

  /// What needs the figures.
  void count(const Options& options) {
    if (!options.counters && options.stats_every == 0) return;
    counters = std::make_unique<Counters>(figures->ledger());
    if (options.stats_every != 0)
      intervals = std::make_unique<Intervals>(options.stats_every, figures->ledger(), *counters);
  }

  void watch(Machine& machine) {
    if (figures) machine.add_observer(*figures);
    if (counters) machine.add_observer(*counters);
    if (intervals) machine.add_observer(*intervals);
    if (trace) machine.add_observer(*trace);
    if (explanation) machine.add_observer(*explanation);
    if (profiles)
      for (Observer* observer : profiles->observers()) machine.add_observer(*observer);
  }

  /// Asks for the memory as it is when nothing has run yet.
  static Result<std::unique_ptr<Explanation>> explain(const Options& options, Machine& machine) {
    const auto word = [&](PhysAddr at) { return machine.bus().peek(at, 4); };
    return Explanation::create(machine.code_map(), options.explain, word);
  }
};

/// Throws if the figures contradict one another: they would be worth nothing.
Statistics statistics_of(const Machine& machine, const Observers& observers,
                         const std::string& config_digest) {
  const RunFigures& figures = *observers.figures;
  const RunControl& outcome = machine.outcome();
  Statistics statistics = {.run = {.instructions = machine.instructions(),
                                   .cycles = machine.now().count,
                                   .clock_hz = machine.config().clock_hz,
                                   .exit_status = outcome.status(),
                                   .exit_reason = std::string(exit_reason_name(outcome.reason())),
                                   .exit_detail = outcome.detail()},
                           .operations = figures.ledger().operations().rows(),
                           .totals = figures.ledger().totals(),
                           .ledger = figures.ledger().entries(),
                           .exceptions = figures.exceptions(),
                           .interrupts = figures.interrupts(),
                           .config_digest = config_digest};
  if (observers.counters) statistics.counters = observers.counters->totals();
  if (observers.intervals) {
    statistics.interval_cycles = observers.intervals->every();
    statistics.intervals = observers.intervals->rows();
  }
  if (const std::string fault = imbalance(statistics); !fault.empty())
    throw std::logic_error(fault);
  return statistics;
}

/// Runs to the end, or until an output cannot be written, with a progress line where someone looks.
/// Returns the seconds that it took.
double run_with_progress(Machine& machine, const RunLimits& limits, HostTerminal& terminal,
                         const Observers& observers) {
  const auto start = std::chrono::steady_clock::now();
  ProgressLine progress;
  while (machine.run_steps(limits, kStepsPerUpdate)) {
    if (terminal.flush() || observers.failed()) break;
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

/// Where the guest has gone wrong, there is a trail.
void print_back_trace(const Machine& machine) {
  const ExitReason reason = machine.outcome().reason();
  if (reason != ExitReason::kGuestPanic && reason != ExitReason::kGuestBug &&
      reason != ExitReason::kDeadlock)
    return;
  std::string text = "exosim: the guest's calls, the innermost first\n";
  for (const std::string& line : machine.back_trace()) text += line + '\n';
  print_to_stderr(text);
}

void print_host_speed(const Machine& machine, double seconds) {
  const double million = static_cast<double>(machine.instructions()) / 1e6;
  print_to_stderr(
      fmt::format("exosim: {:.2f} s on the host, {:.1f} million instructions per second\n", seconds,
                  seconds > 0 ? million / seconds : 0.0));
}

/// A run may take hours: what cannot be written is found out before.
Result<std::monostate> check_statistics(const std::string& path) {
  if (path.empty() || path == kStandardOutput) return std::monostate{};
  return check_writable(path);
}

/// The report and the figures of a run that has ended.
Result<std::monostate> write_results(const Options& options, const Machine& machine,
                                     const Observers& observers, const std::string& config_digest,
                                     HostTerminal& terminal) {
  Statistics statistics;
  if (observers.figures) statistics = statistics_of(machine, observers, config_digest);
  if (!options.quiet) terminal.write("\n" + report_text(statistics));
  if (observers.explanation) {
    SourceFiles sources;
    terminal.write(explanation_text(*observers.explanation, sources));
  }
  if (options.stats == kStandardOutput)
    terminal.write(statistics_json(statistics));
  else if (!options.stats.empty())
    return write_statistics(statistics, options.stats);
  return std::monostate{};
}

Result<int> run_machine(const Options& options, Machine& machine, HostTerminal& terminal,
                        const std::string& config_digest) {
  auto observers = Observers::create(options, machine);
  if (!observers) return observers.error();
  const double seconds = run_with_progress(machine, {options.max_cycles, options.max_instructions},
                                           terminal, **observers);
  auto written = (*observers)->close();
  if (written) written = machine.save();
  if (machine.outcome().stopped() && written)
    written = write_results(options, machine, **observers, config_digest, terminal);
  if (const std::error_code lost = terminal.flush()) return output_lost(lost);
  if (!written) return written.error();
  if (!options.quiet) print_host_speed(machine, seconds);
  print_back_trace(machine);
  if (needs_explanation(machine.outcome())) print_reason(machine);
  return exit_code(machine.outcome());
}

}  // namespace

void print_to_stderr(const std::string& text) {
  std::fputs(text.c_str(), stderr);  // if nobody listens, the outcome is the same
}

Result<int> output_lost(std::error_code error) {
  if (error == std::errc::broken_pipe) return static_cast<int>(ExitCode::kNoReader);
  return cannot_write("standard output", error.value());
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
  auto terminal = HostTerminal::open(options.input, stdout);
  if (!terminal) return terminal.error();
  auto images = load_images(options, *config);
  if (!images) return images.error();
  log_info("kernel {}, {} boot modules", images->kernel.name, images->modules.size());
  for (const DeviceConfig& device : config->machine.devices)
    log_debug("device {}: {} at {:#010x}", device.name, device.type, device.address);
  if (auto writable = check_statistics(options.stats); !writable) return writable.error();
  if (const auto warning = model_warning(config->machine)) log_warn("{}", *warning);
  auto machine = Machine::create(config->machine, **terminal);
  if (!machine) return machine.error();
  (*machine)->stop_on(options.stop_on);
  (*machine)->check(options.checks);
  for (const ParityFault& fault : options.parity_faults) (*machine)->inject(fault);
  if (auto booted = (*machine)->boot(images->kernel, images->modules); !booted)
    return booted.error();
  if (auto added = (*machine)->begin_cold(options.cold); !added) return added.error();
  return run_machine(options, **machine, **terminal, config_digest(*config));
}

}  // namespace exosim
