// Where two engines differ: the fewest steps that still show it, side by side.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "isa/disassembler.hpp"
#include "sim/timing/testing/cost_text.hpp"
#include "sim/timing/testing/script.hpp"

namespace exosim::testing {

inline std::string text_of(const StepCost& cost) {
  return fmt::format("{} {}", cost.total.count, stalls_text(cost));
}

inline std::string text_of(const ScriptResult& result) {
  std::string text = text_of(result.cost) + (result.buffer_was_empty ? "" : " (writes)");
  for (const Grant& grant : result.grants)
    text += fmt::format(" master{}:{}..{}", grant.master, grant.start, grant.end - 1);
  for (const Delivery& delivery : result.deliveries)
    text += fmt::format(" {:08x}.{:x}={:08x}", delivery.word, delivery.bytes, delivery.value);
  return text;
}

inline std::string text_of(const ScriptStep& step) {
  const Retired& retired = step.retired;
  const DataAccess& data = retired.data;
  std::string text = fmt::format("{:08x}.{} {}", retired.pc.value, retired.asid,
                                 isa::disassemble(retired.word, retired.pc.value));
  if (retired.fetch_refill) text += fmt::format(" fetch-refill={}", retired.fetch_refill);
  if (!retired.fetch_cached) text += " fetch-uncached";
  if (data.kind != DataAccess::Kind::kNone)
    text += fmt::format(" {}{} {:08x}{}{}", data.kind == DataAccess::Kind::kLoad ? "load" : "store",
                        data.width, data.phys.value,
                        data.cached ? data.hits ? " hits" : "" : " uncached",
                        data.refill ? fmt::format(" refill={}", data.refill) : "");
  if (retired.exception.taken) text += fmt::format(" exception {}", retired.exception.code);
  if (step.begins_cold) text += " cold";
  for (const Ask& ask : step.asks)
    text += fmt::format(" master{}+{} {:08x} {}x{}{} again {} gap {}", ask.master, ask.delay,
                        ask.transfer.address.value, ask.transfer.is_write ? "w" : "r",
                        ask.transfer.words, ask.transfer.is_fixed ? " alone" : "", ask.repeats,
                        ask.gap);
  return text;
}

/// The reference, and the engine that is compared with it.
inline constexpr std::string_view kSlow = "pipeline";
inline constexpr std::string_view kFast = "r3000";

inline bool differs(const Script& script, std::string_view engine = kFast) {
  return run_script(kSlow, script) != run_script(engine, script);
}

/// Leaves out ever smaller runs of steps as long as a difference remains.
inline Script reduced(Script script, std::string_view engine = kFast) {
  for (size_t length = script.steps.size() / 2; length > 0; length /= 2) {
    for (size_t at = 0; at + length <= script.steps.size();) {
      Script shorter = script;
      const auto begin = shorter.steps.begin() + static_cast<ptrdiff_t>(at);
      shorter.steps.erase(begin, begin + static_cast<ptrdiff_t>(length));
      if (differs(shorter, engine))
        script = std::move(shorter);
      else
        at += length;
    }
  }
  return script;
}

/// Both engines side by side.
inline std::string side_by_side(const Script& script, std::string_view engine = kFast) {
  const auto slow = run_script(kSlow, script);
  const auto fast = run_script(engine, script);
  std::string text;
  for (size_t i = 0; i < script.steps.size(); ++i)
    text +=
        fmt::format("{} {}\n    {:8} {}\n    {:8} {}\n", slow[i] == fast[i] ? " " : "!",
                    text_of(script.steps[i]), kSlow, text_of(slow[i]), engine, text_of(fast[i]));
  return text;
}

}  // namespace exosim::testing
