// Fixture of the tests that give exact cycles: each runs on both engines, on one machine of round
// numbers. How the numbers come about:
// - Step k begins at cycle T(k); without stalls T(k) = k. Then step k is in IF, step k-2 in ALU and
//   step k-3 in MEM. MEM is settled first, then ALU, then IF.
// - A read asks in the cycle in which its stage is settled, c, and has the bus from c+1 on.
// - A store enters the write buffer in c, and has the bus from c+1 on; its slot is free in the
//   cycle after its last on the bus.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/timing/testing/cost_text.hpp"
#include "sim/timing/testing/script.hpp"
#include "sim/timing/testing/steps.hpp"

namespace exosim::testing {

// What answers on the bus. Addresses 4096 apart are on different DRAM pages.
inline constexpr uint32_t kDevice = 0x10000000;
inline constexpr uint32_t kNowhere = 0x18000000;

inline TimingConfig round_machine() {
  TimingConfig config;
  config.cpu_hz = 10'000'000;
  config.ram_bytes = 1u << 20;
  config.memory = {.read = {.first = 10, .next = 2},  // 10 for a word, 16 for a block of 4
                   .write_same_page = 2,
                   .write_other_page = 5,
                   .write_partial = 12,
                   .write_next = 1,
                   .page_bytes = 4096};
  config.bus_timeout_ps = 10'000'000;  // 100 cycles
  config.regions = {{.base = {kDevice}, .size = 4096, .read = 9, .write = 6}};
  return config;
}

/// Steps that ask nothing.
inline std::vector<ScriptStep> nops(size_t count) {
  return std::vector<ScriptStep>(count, {.retired = nop(), .asks = {}});
}

inline void append(std::vector<ScriptStep>& steps, const Retired& retired) {
  steps.push_back({.retired = retired, .asks = {}});
}
inline void append(std::vector<ScriptStep>& steps, const ScriptStep& step) {
  steps.push_back(step);
}
inline void append(std::vector<ScriptStep>& steps, const std::vector<ScriptStep>& more) {
  steps.insert(steps.end(), more.begin(), more.end());
}

/// A fetch from the address, in RAM whatever its page.
inline Retired at(uint32_t pc) {
  Retired retired = executed({0}, pc);
  retired.fetched_from = {pc & 0xffff};
  return retired;
}

/// A step at whose begin a master asks for one burst, `delay` cycles ahead.
inline ScriptStep asking(const Retired& retired, uint64_t delay, const BusTransfer& transfer,
                         size_t master = 0) {
  return {retired, {{.master = master, .delay = delay, .transfer = transfer}}};
}

class EngineTest : public ::testing::TestWithParam<const char*> {
 protected:
  /// Runs steps, each a Retired, a ScriptStep or several of them, from cycle 0. Returns the stalls
  /// of the steps that have any, "3: data_cache@3=16; 5: ...".
  template <class... Items>
  std::string stalls(const Items&... items) {
    Script script{.config = config_, .steps = {}};
    (append(script.steps, items), ...);
    results_ = run_script(GetParam(), script);
    std::string text;
    for (size_t step = 0; step < results_.size(); ++step)
      if (const std::string stalled = stalls_text(results_[step].cost); !stalled.empty())
        text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", step, stalled);
    return text;
  }

  // Of the last run.
  /// CpCond0 at the begin of each step: '-' the write buffer is empty, 'w' it is not.
  std::string writes() const {
    std::string text;
    for (const ScriptResult& result : results_) text += result.buffer_was_empty ? '-' : 'w';
    return text;
  }
  /// When other masters had the bus: "0:4-19; ..." is master 0 in the cycles 4 to 19.
  std::string grants() const {
    std::string text;
    for (const ScriptResult& result : results_)
      for (const Grant& grant : result.grants)
        text += fmt::format("{}{}:{}-{}", text.empty() ? "" : "; ", grant.master, grant.start,
                            grant.end - 1);
    return text;
  }

  TimingConfig config_ = round_machine();

 private:
  std::vector<ScriptResult> results_;
};

/// For INSTANTIATE_TEST_SUITE_P.
inline auto both_engines() { return ::testing::Values("pipeline", "r3000"); }
inline std::string engine_name(const ::testing::TestParamInfo<const char*>& info) {
  return info.param;
}

}  // namespace exosim::testing
