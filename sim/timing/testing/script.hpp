// Steps of a processor and requests of other masters, as a test writes them down: no program has to
// exist that does this. And what a timing engine makes of them.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

#include "sim/bus/bus_requests.hpp"
#include "sim/timing/timing_model.hpp"

namespace exosim::testing {

/// At the beginning of a step a master asks for the bus, `delay` cycles ahead; and `repeats` times
/// again, each time `gap` cycles after it had it.
struct Ask {
  size_t master = 0;
  uint64_t delay = 0;
  BusTransfer transfer;
  unsigned repeats = 0;
  uint64_t gap = 0;
};

struct ScriptStep {
  Retired retired;
  std::vector<Ask> asks;
  bool begins_cold = false;  // the micro-TLB is emptied before it
};

struct Script {
  TimingConfig config;
  std::vector<ScriptStep> steps;
  Cycles begin = {};  // of the first step
};

/// When a master had the bus.
struct Grant {
  size_t master;
  uint64_t start;
  uint64_t end;
  friend bool operator==(const Grant&, const Grant&) = default;
};

/// What left the write buffer for a device.
struct Delivery {
  uint32_t word;
  uint8_t bytes;
  uint32_t value;
  friend bool operator==(const Delivery&, const Delivery&) = default;
};

class DeliveryLog final : public PostedWrites {
 public:
  void deliver(PhysAddr word, uint8_t bytes, uint32_t value) override {
    deliveries.push_back({word.value, bytes, value});
  }
  std::vector<Delivery> deliveries;
};

/// Of one step.
struct ScriptResult {
  StepCost cost;
  bool buffer_was_empty = false;  // at its beginning
  std::vector<Grant> grants;
  std::vector<Delivery> deliveries;
  friend bool operator==(const ScriptResult&, const ScriptResult&) = default;
};

class ScriptedMaster final : public BusMaster {
 public:
  ScriptedMaster(size_t number, BusRequests& requests, std::vector<Grant>& grants)
      : number_(number), requests_(requests), grants_(grants) {}

  void ask(Cycles now, const Ask& ask) {
    ask_ = ask;
    requests_.request(*this, now + Cycles{ask.delay}, ask.transfer);
  }
  void on_granted(Cycles start, Cycles end) override {
    grants_.push_back({number_, start.count, end.count});
    if (ask_.repeats == 0) return;
    --ask_.repeats;
    requests_.request(*this, end + Cycles{ask_.gap}, ask_.transfer);
  }

 private:
  size_t number_;
  BusRequests& requests_;
  std::vector<Grant>& grants_;
  Ask ask_;
};

/// One engine at work on a script.
class ScriptRun {
 public:
  ScriptRun(std::string_view engine, const TimingConfig& config, Cycles begin = {})
      : config_(config),
        timing_(Registry<TimingEngine>::all().find(engine)->second.create(
            {.config = config_, .requests = requests_, .posted = &log_})),
        now_(begin) {}

  ScriptResult step(const ScriptStep& step) {
    grants_.clear();
    log_.deliveries.clear();
    for (const Ask& ask : step.asks) master(ask.master).ask(now_, ask);
    if (step.begins_cold) timing_->empty_micro_tlb();
    ScriptResult result;
    result.buffer_was_empty = timing_->write_buffer_empty(now_);
    result.cost = timing_->cost(now_, step.retired);
    result.grants = grants_;
    result.deliveries = log_.deliveries;
    now_ += result.cost.total;
    return result;
  }
  uint64_t now() const { return now_.count; }

 private:
  ScriptedMaster& master(size_t number) {
    while (masters_.size() <= number) masters_.emplace_back(masters_.size(), requests_, grants_);
    return masters_[number];
  }

  TimingConfig config_;
  BusRequests requests_;
  std::vector<Grant> grants_;
  DeliveryLog log_;
  std::deque<ScriptedMaster> masters_;
  std::unique_ptr<TimingModel> timing_;
  Cycles now_;
};

inline std::vector<ScriptResult> run_script(std::string_view engine, const Script& script) {
  ScriptRun run(engine, script.config, script.begin);
  std::vector<ScriptResult> results;
  for (const ScriptStep& step : script.steps) results.push_back(run.step(step));
  return results;
}

}  // namespace exosim::testing
