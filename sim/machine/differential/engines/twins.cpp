// Stepping and comparing.
#include "sim/machine/differential/engines/twins.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <utility>

#include "sim/timing/testing/difference.hpp"

namespace exosim::differential {
namespace {

constexpr size_t kRemembered = 400;  // of which the last are shown
constexpr size_t kShown = 12;

using exosim::testing::Script;
using exosim::testing::text_of;

}  // namespace

Twins::Twins(const MachineConfig& config) : timing_(config.timing) {
  timing_.cpu_hz = config.clock_hz;
  timing_.ram_bytes = config.ram_bytes;
  set_up(slow_, config, "pipeline");
  set_up(fast_, config, "r3000");
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
  last_.push_back({.begin = slow_.recorder.begin_.count,
                   .script = {.retired = slow_.recorder.retired_, .asks = {}},
                   .slow = slow_.recorder.cost_,
                   .fast = fast_.recorder.cost_});
  if (last_.size() > kRemembered) last_.pop_front();
}

std::string Twins::difference() const {
  if (!differ_) return {};
  Script script{.config = timing_, .steps = {}};
  std::string text;
  for (const TwinStep& step : last_) {
    script.steps.push_back(step.script);
    if (script.steps.size() + kShown > last_.size())
      text += fmt::format("{:10} {}\n    pipeline {}\n    r3000    {}\n", step.begin,
                          text_of(step.script), text_of(step.slow), text_of(step.fast));
  }
  if (differs(script))
    text += "reduced:\n" + side_by_side(exosim::testing::reduced(std::move(script)));
  return text;
}

}  // namespace exosim::differential
