// See timeline.hpp.
#include "sim/observe/profile/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "isa/machine/cp0.h"
#include "isa/machine/memory_map.h"
#include "isa/machine/registers.h"
#include "sim/observe/exceptions.hpp"

namespace exosim {
namespace {

/// Of the counters: 100 microseconds.
constexpr uint64_t kIntervalsPerSecond = 10'000;

std::string exception_name(const ExceptionTaken& exception) {
  return std::string(kExceptionNames[exception.code]) + (exception.refill ? " refill" : "");
}

}  // namespace

Timeline::Timeline(TextFile file, TimelineWindow window, const CodeMap& code, const Ledger& ledger,
                   const TimelineMachine& machine)
    : events_(std::move(file), machine.clock_hz),
      operations_(events_, ledger, window.to),
      window_(window),
      code_(code),
      ledger_(ledger),
      machine_(machine),
      interval_{std::max<uint64_t>(machine.clock_hz / kIntervalsPerSecond, 1)} {
  events_.name_group(kEnvironments, "environments");
  events_.name_group(kInterrupts, "interrupt lines");
  events_.name_group(kCounters, "counters, each 100 us");
}

Result<std::unique_ptr<Timeline>> Timeline::create(const std::filesystem::path& path,
                                                   TimelineWindow window, const CodeMap& code,
                                                   const Ledger& ledger,
                                                   const TimelineMachine& machine) {
  auto file = TextFile::create(path);
  if (!file) return file.error();
  return std::unique_ptr<Timeline>(new Timeline(std::move(*file), window, code, ledger, machine));
}

void Timeline::on_retired(Cycles begin, const StepCost& cost, const Retired& retired) {
  if (state_ == State::kAfter || failed()) return;
  if (begin > window_.to) return stop(end_);
  if (state_ == State::kBefore && begin >= window_.from) start(begin);
  if (retired.user_mode && kernel_) leave_kernel(begin);
  if (owner_ != ledger_.step_owner()) run_owner(ledger_.step_owner(), begin);
  end_ = begin + cost.total;
  if (kernel_ && kernel_->called.empty()) note_call(retired);
  if (retired.exception.taken) note_exception(retired, end_);
  if (state_ == State::kRecording) {
    if (begin - counts_since_ >= interval_) write_counts(begin);
    count(cost, retired);
  }
}

void Timeline::on_interrupt_lines(Cycles at, uint32_t lines) {
  lines_ = lines >> CAUSE_IP_SHIFT;
  if (state_ == State::kRecording) show_lines(lines_, at);
}

/// Within the price of the step that is seen next.
void Timeline::on_bus_transfer(uint64_t bytes, bool is_write) {
  if (state_ == State::kRecording) (is_write ? counts_.dma_written : counts_.dma_read) += bytes;
}

void Timeline::start(Cycles at) {
  state_ = State::kRecording;
  counts_since_ = at;
  run_owner(owner_, at);
  if (kernel_) enter_kernel(at);
  operations_.start(at);
  show_lines(lines_, at);
}

void Timeline::stop(Cycles at) {
  if (state_ == State::kRecording) {
    write_counts(at);
    operations_.stop(at);
    if (kernel_) leave_kernel(at);
    events_.end(track(), at);
    show_lines(0, at);
  }
  state_ = State::kAfter;
}

/// The first time, or another one than before, for whom the kernel goes on with what it does.
void Timeline::run_owner(uint32_t owner, Cycles at) {
  const bool is_recording = state_ == State::kRecording;
  if (is_recording && owner != owner_) {
    if (kernel_) events_.end(track(), at);
    events_.end(track(), at);
  }
  const bool is_another = std::exchange(owner_, owner) != owner;
  if (!is_recording) return;
  if (owners_.insert(owner).second) events_.name_track(track(), ledger_.owners().name(owner));
  events_.begin(track(), "running", at, {{"cycle", at.count}});
  if (kernel_ && is_another) events_.begin(track(), kernel_->name + ", continued", at);
}

/// Of an exception of the kernel's own there is no end to be known: a moment.
void Timeline::note_exception(const Retired& retired, Cycles end) {
  const std::string name = exception_name(retired.exception);
  if (!retired.user_mode) {
    if (state_ == State::kRecording) events_.instant(track(), name, end, place_of(retired));
    return;
  }
  kernel_ = {.name = name, .arguments = place_of(retired)};
  if (state_ == State::kRecording) enter_kernel(end);
}

void Timeline::enter_kernel(Cycles at) {
  events_.begin(track(), kernel_->name, at, kernel_->arguments);
}

void Timeline::leave_kernel(Cycles at) {
  if (state_ == State::kRecording) {
    std::vector<TraceArgument> arguments;
    if (!kernel_->called.empty()) arguments.push_back({"called", kernel_->called});
    events_.end(track(), at, arguments);
  }
  kernel_.reset();
}

/// Which function of the kernel did the work: a call's, where assembly has called it.
void Timeline::note_call(const Retired& retired) {
  if (std::exchange(kernel_->calls_next, false)) {
    const auto place = code_.find({retired.next_pc.value & KSEG_MASK});
    const Symbol* symbol = place ? place->image->symbol_at(place->virt) : nullptr;
    if (symbol != nullptr) kernel_->called = symbol->name;
  }
  kernel_->calls_next = retired.branch_taken && retired.dest == REG_RA;
}

void Timeline::show_lines(uint32_t lines, Cycles at) {
  for (unsigned line = 0; line < machine_.lines.size(); ++line) {
    const uint32_t bit = 1u << line;
    if (((lines ^ shown_lines_) & bit) == 0) continue;
    const TraceTrack track{kInterrupts, line};
    const std::string& name = machine_.lines[line];
    if (named_lines_.insert(line).second)
      events_.name_track(track, fmt::format("line {}{}{}", line, name.empty() ? "" : ": ", name));
    if (lines & bit)
      events_.begin(track, name.empty() ? "raised" : name, at, {{"cycle", at.count}});
    else
      events_.end(track, at);
  }
  shown_lines_ = lines;
}

void Timeline::count(const StepCost& cost, const Retired& retired) {
  counts_.instruction_misses += retired.fetch_refill != 0;
  counts_.data_misses += retired.data.refill != 0;
  counts_.tlb_misses += retired.exception.taken &&
                        (retired.exception.code == EXC_TLBL || retired.exception.code == EXC_TLBS);
  counts_.causes.add(cost);
}

/// Values stand where their interval begins. Two intervals without a change need no event.
void Timeline::write_counts(Cycles now) {
  const Cycles at = counts_since_;
  if (counts_ != written_counts_) {
    events_.counter(kCounters, "instruction cache misses", at,
                    {{"misses", counts_.instruction_misses}});
    events_.counter(kCounters, "data cache misses", at, {{"misses", counts_.data_misses}});
    events_.counter(kCounters, "TLB misses", at, {{"misses", counts_.tlb_misses}});
    std::vector<TraceArgument> cycles;
    for (size_t cause = 0; cause < kCycleCauses; ++cause)
      cycles.push_back({kCycleCauseNames[cause], counts_.causes.cycles[cause]});
    events_.counter(kCounters, "cycles by cause", at, cycles);
    events_.counter(kCounters, "DMA", at,
                    {{"bytes_read", counts_.dma_read}, {"bytes_written", counts_.dma_written}});
  }
  written_counts_ = std::exchange(counts_, {});
  counts_since_ = Cycles{at.count + (now - at).count / interval_.count * interval_.count};
}

std::vector<TraceArgument> Timeline::place_of(const Retired& retired) const {
  std::vector<TraceArgument> arguments = {{"pc", fmt::format("{:#010x}", retired.pc.value)}};
  const auto place = retired.fetched ? code_.find(retired.fetched_from) : std::nullopt;
  const Symbol* symbol = place ? place->image->symbol_at(place->virt) : nullptr;
  if (symbol != nullptr) arguments.push_back({"function", symbol->name});
  return arguments;
}

Result<std::monostate> Timeline::close() {
  if (state_ != State::kAfter) stop(end_);
  return events_.close();
}

}  // namespace exosim
