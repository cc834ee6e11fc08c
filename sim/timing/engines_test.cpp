// The fast engine against the reference: equal cycle for cycle and cause for cause, at whatever a
// processor and its devices can do. A difference is reduced to the fewest steps that still show it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "isa/disassembler.hpp"
#include "sim/timing/testing/random_script.hpp"
#include "sim/timing/testing/script.hpp"

namespace exosim::testing {
namespace {

std::string text_of(const StepCost& cost) {
  std::string text = fmt::format("{}", cost.total.count);
  for (size_t age = 0; age < StepCost::kAges; ++age)
    for (size_t cause = 0; cause < kStallCauses; ++cause)
      if (const uint32_t cycles = cost.stalls[age][cause])
        text += fmt::format(" {}@{}={}", kStallCauseNames[cause], age, cycles);
  return text;
}

std::string text_of(const ScriptResult& result) {
  std::string text = text_of(result.cost) + (result.buffer_was_empty ? "" : " (writes)");
  for (const Grant& grant : result.grants)
    text += fmt::format(" master{}:{}..{}", grant.master, grant.start, grant.end - 1);
  return text;
}

std::string text_of(const ScriptStep& step) {
  const Retired& retired = step.retired;
  const DataAccess& data = retired.data;
  std::string text = fmt::format("{:08x}.{} {}", retired.pc.value, retired.asid,
                                 isa::disassemble(retired.word, retired.pc.value));
  if (retired.fetch_refill) text += fmt::format(" fetch-refill={}", retired.fetch_refill);
  if (!retired.fetch_cached) text += " fetch-uncached";
  if (data.kind != DataAccess::Kind::kNone)
    text += fmt::format(" {}{} {:08x}{}{}", data.kind == DataAccess::Kind::kLoad ? "load" : "store",
                        data.width, data.phys.value, data.cached ? "" : " uncached",
                        data.refill ? fmt::format(" refill={}", data.refill) : "");
  if (retired.exception.taken) text += fmt::format(" exception {}", retired.exception.code);
  for (const Ask& ask : step.asks)
    text += fmt::format(" master{}+{} {:08x} {}x{} again {} gap {}", ask.master, ask.delay,
                        ask.transfer.address.value, ask.transfer.is_write ? "w" : "r",
                        ask.transfer.words, ask.repeats, ask.gap);
  return text;
}

bool differs(const Script& script) {
  return run_script("pipeline", script) != run_script("r3000", script);
}

/// Leaves out ever smaller runs of steps as long as a difference remains.
Script reduced(Script script) {
  for (size_t length = script.steps.size() / 2; length > 0; length /= 2) {
    for (size_t at = 0; at + length <= script.steps.size();) {
      Script shorter = script;
      const auto begin = shorter.steps.begin() + static_cast<ptrdiff_t>(at);
      shorter.steps.erase(begin, begin + static_cast<ptrdiff_t>(length));
      if (differs(shorter))
        script = std::move(shorter);
      else
        at += length;
    }
  }
  return script;
}

/// Both engines side by side.
std::string side_by_side(const Script& script) {
  const auto slow = run_script("pipeline", script);
  const auto fast = run_script("r3000", script);
  std::string text;
  for (size_t i = 0; i < script.steps.size(); ++i)
    text += fmt::format("{} {}\n    pipeline {}\n    r3000    {}\n", slow[i] == fast[i] ? " " : "!",
                        text_of(script.steps[i]), text_of(slow[i]), text_of(fast[i]));
  return text;
}

/// 10,000 programs where there is time (EXOSIM_FULL=1), a part of them always.
uint64_t script_count() { return std::getenv("EXOSIM_FULL") ? 50'000 : 2'500; }

TEST(Engines, AgreeOnRandomSteps) {
  uint64_t stalls = 0;
  for (uint64_t seed = 1; seed <= script_count(); ++seed) {
    const Script script = RandomScript(seed).make(120);
    const auto slow = run_script("pipeline", script);
    for (const ScriptResult& result : slow) stalls += result.cost.total.count - 1;
    if (slow == run_script("r3000", script)) continue;
    FAIL() << "seed " << seed << '\n' << side_by_side(reduced(script));
  }
  EXPECT_GT(stalls, script_count() * 120);  // they are no idle steps
}

// Every step is asked for its causes; what they add up to is its cost.
TEST(Engines, StallsAddUp) {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    const Script script = RandomScript(seed).make(120);
    for (const ScriptResult& result : run_script("r3000", script)) {
      uint64_t sum = 1;
      for (const StallCounts& counts : result.cost.stalls)
        for (const uint32_t cycles : counts) sum += cycles;
      ASSERT_EQ(result.cost.total.count, sum) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace exosim::testing
