// --timeline: who ran when, what the kernel was entered for, interrupt lines and counters, as a
// trace for Perfetto and Chrome. docs/profiles.md
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/observe/code_map.hpp"
#include "sim/observe/cycle_causes.hpp"
#include "sim/observe/ledger/ledger.hpp"
#include "sim/observe/observer.hpp"
#include "sim/observe/profile/operation_tracks.hpp"
#include "sim/observe/profile/trace_events.hpp"

namespace exosim {

/// Events of the steps that begin in [from, to] are written.
struct TimelineWindow {
  Cycles from;
  Cycles to = kNever;
};

/// What the timeline needs to know of the machine.
struct TimelineMachine {
  uint64_t clock_hz;
  std::array<std::string, 8> lines;  // names of what raises the lines of Cause.IP
};

/// Must see every step. Writes while the run goes on, and remembers only what is open.
class Timeline final : public Observer {
 public:
  /// Creates the file. `ledger` must have seen each step before. Both must outlive this.
  static Result<std::unique_ptr<Timeline>> create(const std::filesystem::path& path,
                                                  TimelineWindow window, const CodeMap& code,
                                                  const Ledger& ledger,
                                                  const TimelineMachine& machine);

  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override;
  void on_interrupt_lines(Cycles at, uint32_t lines) override;
  void on_bus_transfer(uint64_t bytes, bool is_write) override;
  /// What is to listen to the ledger's operations.
  OperationListener& operations() { return operations_; }
  /// True once something could not be written: nothing more will be.
  bool failed() const { return events_.failed(); }
  /// Ends what is open, and the file; to be called once. Reports the first error of all writing.
  Result<std::monostate> close();

 private:
  enum class State : uint8_t { kBefore, kRecording, kAfter };
  // Groups of tracks.
  static constexpr unsigned kEnvironments = 1;
  static constexpr unsigned kInterrupts = 2;
  static constexpr unsigned kCounters = 3;

  /// Why the kernel runs.
  struct KernelEntry {
    std::string name;
    std::vector<TraceArgument> arguments;
    bool calls_next = false;  // behind the next step, a delay slot
    std::string called;       // the first function that it has called
  };
  /// Of one interval of time.
  struct Counts {
    uint64_t instruction_misses = 0;
    uint64_t data_misses = 0;
    uint64_t tlb_misses = 0;
    CauseTotals causes;
    uint64_t dma_read = 0;  // bytes of memory, by devices
    uint64_t dma_written = 0;
    friend bool operator==(const Counts&, const Counts&) = default;
  };

  Timeline(TextFile file, TimelineWindow window, const CodeMap& code, const Ledger& ledger,
           const TimelineMachine& machine);
  void start(Cycles at);
  void stop(Cycles at);
  void run_owner(uint32_t owner, Cycles at);
  TraceTrack track() const { return {kEnvironments, owner_}; }
  void note_exception(const Retired& retired, Cycles end);
  void enter_kernel(Cycles at);
  void leave_kernel(Cycles at);
  void note_call(const Retired& retired);
  void show_lines(uint32_t lines, Cycles at);
  void count(const StepCost& cost, const Retired& retired);
  void write_counts(Cycles now);
  std::vector<TraceArgument> place_of(const Retired& retired) const;

  TraceEvents events_;
  OperationTracks operations_;
  TimelineWindow window_;
  const CodeMap& code_;
  const Ledger& ledger_;
  TimelineMachine machine_;
  Cycles interval_;
  State state_ = State::kBefore;
  uint32_t owner_ = 0;         // who runs
  std::set<uint32_t> owners_;  // that have a track
  std::optional<KernelEntry> kernel_;
  uint32_t lines_ = 0;        // raised, from bit 0 on
  uint32_t shown_lines_ = 0;  // of these, with an open event
  std::set<unsigned> named_lines_;
  Counts counts_;
  Counts written_counts_;
  Cycles counts_since_;
  Cycles end_;  // of the last step
};

}  // namespace exosim
