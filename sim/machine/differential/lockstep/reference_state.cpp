// Naming the fields that differ.
#include "sim/machine/differential/lockstep/reference_state.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace exosim::lockstep {
namespace {

class Differences {
 public:
  void compare(std::string_view name, uint64_t expected, uint64_t actual) {
    if (expected == actual) return;
    text_ += fmt::format("  {}: {:#x}, expected {:#x}\n", name, actual, expected);
  }
  template <size_t size>
  void compare(std::string_view name, const std::array<uint32_t, size>& expected,
               const std::array<uint32_t, size>& actual) {
    for (size_t i = 0; i < size; ++i)
      compare(fmt::format("{}[{}]", name, i), expected[i], actual[i]);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void compare_registers(Differences& into, const ReferenceState& a, const ReferenceState& b) {
  into.compare("gpr", a.gpr, b.gpr);
  into.compare("load register", a.load_register, b.load_register);
  into.compare("load value", a.load_value, b.load_value);
  into.compare("hi", a.hi, b.hi);
  into.compare("lo", a.lo, b.lo);
  into.compare("pc", a.pc, b.pc);
  into.compare("next pc", a.next_pc, b.next_pc);
  into.compare("in slot", a.in_slot, b.in_slot);
  into.compare("branch", a.branch, b.branch);
}

void compare_cp0(Differences& into, const ReferenceState& a, const ReferenceState& b) {
  into.compare("Index", a.index, b.index);
  into.compare("EntryLo", a.entry_lo, b.entry_lo);
  into.compare("Context", a.context, b.context);
  into.compare("BadVAddr", a.bad_vaddr, b.bad_vaddr);
  into.compare("EntryHi", a.entry_hi, b.entry_hi);
  into.compare("Status", a.status, b.status);
  into.compare("Cause", a.cause, b.cause);
  into.compare("EPC", a.epc, b.epc);
  into.compare("PRId", a.prid, b.prid);
  into.compare("TLB EntryHi", a.tlb_hi, b.tlb_hi);
  into.compare("TLB EntryLo", a.tlb_lo, b.tlb_lo);
}

}  // namespace

std::string difference(const ReferenceState& expected, const ReferenceState& actual) {
  if (expected == actual) return {};
  Differences all;
  compare_registers(all, expected, actual);
  compare_cp0(all, expected, actual);
  all.compare("steps", expected.steps, actual.steps);
  all.compare("steps without instruction", expected.steps_without_instruction,
              actual.steps_without_instruction);
  all.compare("interrupts from", expected.interrupts_from, actual.interrupts_from);
  return all.take();
}

std::string difference(const StepOutcome& expected, const StepOutcome& actual) {
  if (expected == actual) return {};
  Differences all;
  all.compare("pc of the step", expected.pc, actual.pc);
  all.compare("in slot", expected.in_slot, actual.in_slot);
  all.compare("user mode", expected.user_mode, actual.user_mode);
  all.compare("asid", expected.asid, actual.asid);
  all.compare("fetched", expected.fetched, actual.fetched);
  all.compare("fetched from", expected.fetched_from, actual.fetched_from);
  all.compare("fetch cached", expected.fetch_cached, actual.fetch_cached);
  all.compare("fetch refill", expected.fetch_refill, actual.fetch_refill);
  all.compare("word", expected.word, actual.word);
  all.compare("branch taken", expected.branch_taken, actual.branch_taken);
  all.compare("destination", expected.destination, actual.destination);
  all.compare("result", expected.result, actual.result);
  all.compare("access", static_cast<uint64_t>(expected.access),
              static_cast<uint64_t>(actual.access));
  all.compare("width", expected.width, actual.width);
  all.compare("address", expected.address, actual.address);
  all.compare("physical", expected.phys, actual.phys);
  all.compare("value", expected.value, actual.value);
  all.compare("cached", expected.cached, actual.cached);
  all.compare("isolated", expected.isolated, actual.isolated);
  all.compare("load refill", expected.load_refill, actual.load_refill);
  all.compare("bus error", expected.bus_error, actual.bus_error);
  all.compare("exception", expected.exception, actual.exception);
  all.compare("code", expected.code, actual.code);
  all.compare("refill", expected.refill, actual.refill);
  return all.take();
}

}  // namespace exosim::lockstep
