// All that the report and --stats need of a run, in one observer: what each step costs the host
// decides how fast a run with figures is.
#pragma once

#include <memory>

#include "sim/base/result.hpp"
#include "sim/observe/exceptions.hpp"
#include "sim/observe/interrupt_latency.hpp"
#include "sim/observe/ledger/ledger.hpp"
#include "sim/observe/observer.hpp"

namespace exosim {

/// Must see every step.
class RunFigures final : public Observer {
 public:
  /// As Ledger::create().
  static Result<std::unique_ptr<RunFigures>> create(
      const CodeMap& code, Operations::Samples samples = Operations::Samples::kSummarize) {
    auto ledger = Ledger::create(code, samples);
    if (!ledger) return ledger.error();
    return std::unique_ptr<RunFigures>(new RunFigures(code, std::move(*ledger)));
  }

  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override {
    ledger_->on_retired(begin, cost, retired);
    exceptions_.on_retired(begin, cost, retired);
    interrupts_.on_retired(begin, cost, retired);
  }
  void on_cold_start(Cycles now, PhysAddr site, unsigned asid) override {
    ledger_->on_cold_start(now, site, asid);
  }
  void on_interrupt_lines(Cycles at, uint32_t lines) override {
    interrupts_.on_interrupt_lines(at, lines);
  }

  const Ledger& ledger() const { return *ledger_; }
  Ledger& ledger() { return *ledger_; }
  const ExceptionTotals& exceptions() const { return exceptions_.totals(); }
  InterruptLatencies interrupts() const { return interrupts_.latencies(); }

 private:
  RunFigures(const CodeMap& code, std::unique_ptr<Ledger> ledger)
      : ledger_(std::move(ledger)), interrupts_(code) {}

  std::unique_ptr<Ledger> ledger_;
  ExceptionCounter exceptions_;
  InterruptObserver interrupts_;
};

}  // namespace exosim
