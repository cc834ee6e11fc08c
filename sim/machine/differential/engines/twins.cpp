// Stepping and comparing.
#include "sim/machine/differential/engines/twins.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "sim/machine/config/bus_sharing.hpp"
#include "sim/timing/testing/difference.hpp"

namespace exosim::differential {
namespace {

constexpr size_t kRemembered = 400;  // of which the last are shown
constexpr size_t kShown = 12;

/// More bursts than the steps that are remembered have, even if they are long.
constexpr size_t kMasters = 4 * kRemembered;

__extension__ using Wide = unsigned __int128;

/// An earlier cycle, so that nobody has to wait for the one given, at which refreshes are as far
/// off.
Cycles in_phase(uint64_t cycle, const TimingConfig& config) {
  constexpr uint64_t kPicosecondsPerSecond = 1'000'000'000'000;
  const Wide interval = Wide{config.memory.refresh_interval_ps} * config.cpu_hz;
  if (interval == 0) return {};
  // So many cycles, the fewest, are a whole number of intervals.
  const auto rest = static_cast<uint64_t>(interval % kPicosecondsPerSecond);
  const Wide period = interval / std::gcd(rest, kPicosecondsPerSecond);
  if (cycle < 2 * period) return {cycle};
  return {static_cast<uint64_t>(period + cycle % period)};
}

using exosim::testing::Script;
using exosim::testing::text_of;

}  // namespace

Twins::Twins(const MachineConfig& config, std::string engine)
    : engine_(std::move(engine)), timing_(whole_timing(config, Registry<DeviceType>::all())) {
  set_up(slow_, config, std::string(exosim::testing::kSlow));
  set_up(fast_, config, engine_);
  slow_.machine->bus_requests().watch(
      [this](const BusRequests::Request& burst) { granted_.push_back(burst); });
}

void Twins::set_up(One& one, MachineConfig config, const std::string& engine) {
  config.timing_engine = engine;
  one.machine = Machine::create(config, one.terminal).value();
  one.machine->add_observer(one.recorder);
}

void Twins::boot(const Image& kernel, const std::vector<Image>& modules) {
  for (Machine* machine : machines()) EXPECT_TRUE(machine->boot(kernel, modules));
}

bool Twins::agrees() const {
  return slow_.recorder.begin_ == fast_.recorder.begin_ &&
         slow_.recorder.cost_ == fast_.recorder.cost_ &&
         slow_.recorder.retired_.pc == fast_.recorder.retired_.pc &&
         slow_.machine->now() == fast_.machine->now();
}

bool Twins::advance() {
  const bool slow_goes_on = slow_.machine->run_steps({}, 1);
  const bool fast_goes_on = fast_.machine->run_steps({}, 1);
  ++steps_;
  differ_ = slow_goes_on != fast_goes_on;
  return slow_goes_on && fast_goes_on;
}

void Twins::compare() {
  stalls_ += slow_.recorder.cost_.total.count - 1;
  user_steps_ += slow_.recorder.retired_.user_mode;
  remember();
  differ_ |= !agrees();
}

bool Twins::step() {
  if (differ_) return false;
  const bool goes_on = advance();
  compare();
  return goes_on && !differ_;
}

void Twins::skip_to_user_mode(uint64_t most) {
  const auto in_user_mode = [](const One& one) { return one.recorder.retired_.user_mode; };
  while (steps_ < most && advance() && !in_user_mode(slow_) && !in_user_mode(fast_)) {
  }
  if (steps_ != 0) compare();
}

void Twins::remember() {
  TwinStep step;
  if (last_.size() == kRemembered) {
    step = std::move(last_.front());
    last_.pop_front();
  }
  step.begin = slow_.recorder.begin_.count;
  step.script.retired = slow_.recorder.retired_;
  step.script.asks.clear();
  step.slow = slow_.recorder.cost_;
  step.fast = fast_.recorder.cost_;
  last_.push_back(std::move(step));
  for (const BusRequests::Request& burst : granted_) remember(burst);
  granted_.clear();
}

// Asked for at the latest where it does no harm yet: in the step in which it may have the bus. Each
// is another master's, for a master has one request at a time.
void Twins::remember(const BusRequests::Request& burst) {
  auto step = std::prev(last_.end());
  while (step != last_.begin() && step->begin > burst.at.count) --step;
  const uint64_t delay = burst.at.count - std::min(burst.at.count, step->begin);
  step->script.asks.push_back(
      {.master = bursts_++ % kMasters, .delay = delay, .transfer = burst.transfer});
}

Script Twins::script() const {
  Script script{.config = timing_, .steps = {}, .begin = in_phase(last_.front().begin, timing_)};
  for (const TwinStep& step : last_) script.steps.push_back(step.script);
  return script;
}

std::string Twins::difference() const {
  if (!differ_) return {};
  std::string text;
  for (size_t i = last_.size() - std::min(last_.size(), kShown); i < last_.size(); ++i)
    text += fmt::format("{:10} {}\n    pipeline {}\n    {:8} {}\n", last_[i].begin,
                        text_of(last_[i].script), text_of(last_[i].slow), engine_,
                        text_of(last_[i].fast));
  if (differs(script(), engine_))
    text += "reduced:\n" + side_by_side(exosim::testing::reduced(script(), engine_), engine_);
  return text;
}

}  // namespace exosim::differential
