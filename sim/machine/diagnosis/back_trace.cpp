// Unwinding by call frame information where a program has it, by its instructions elsewhere.
#include "sim/machine/diagnosis/back_trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "isa/machine/memory_map.h"
#include "isa/machine/registers.h"
#include "sim/machine/diagnosis/prologue.hpp"
#include "sim/observe/exceptions.hpp"

namespace exosim {
namespace {

constexpr uint32_t kCallBytes = 8;              // a call and its delay slot
constexpr uint32_t kMaxFunctionBytes = 0x4000;  // scanned for a prologue

std::string symbol_name(const CodePlace& place) {
  const Symbol* symbol = place.image->symbol_at(place.virt);
  return symbol ? symbol->name : "??";
}

/// With a space before it; empty if unknown.
std::string line_of(const CodePlace& place) {
  const auto line = place.image->lines ? place.image->lines->find(place.virt) : std::nullopt;
  return line ? fmt::format(" ({}:{})", line->file, line->line) : std::string();
}

/// A handler that does not save the return address still has that of what it interrupted: a frame
/// that would lead there is the last of its context. This alone shows that a context which an rfe
/// has left is still what the handler was called for.
class Unwinder {
 public:
  Unwinder(const CodeMap& code, GuestView& view) : code_(code), view_(view) {}

  size_t add_context(const GuestContext& context, std::span<const GuestContext> outer);
  void add_boundary(const GuestContext& interrupted);
  bool full() const { return frames_ >= kMaxFrames; }
  std::vector<std::string> take_lines() { return std::move(lines_); }

 private:
  std::optional<CodePlace> find(uint32_t pc);
  void add_frame(uint32_t pc, const std::optional<CodePlace>& place);
  std::optional<FrameRule> rule_at_start(const GuestContext& context,
                                         const std::optional<CodePlace>& place);
  std::optional<FrameRule> rule_at(uint32_t pc, const std::optional<CodePlace>& place);
  std::optional<FrameRule> scan(uint32_t pc, const CodePlace& place);
  bool to_caller(GuestContext& frame, const FrameRule& rule, bool innermost);

  const CodeMap& code_;
  GuestView& view_;
  std::vector<std::string> lines_;
  size_t frames_ = 0;
};

/// Returns the first of `outer` that is to follow, by its number.
size_t Unwinder::add_context(const GuestContext& context, std::span<const GuestContext> outer) {
  const auto is_open = [](const GuestContext& other) { return !other.left; };
  const auto end = std::ranges::find_if(outer, is_open);
  const std::span candidates(outer.begin(), end == outer.end() ? end : end + 1);
  view_.look_as(context.user_mode, context.asid);
  GuestContext frame = context;
  bool innermost = true;
  while (!full()) {
    const auto place = find(frame.pc.value);
    add_frame(frame.pc.value, place);
    const auto rule = innermost ? rule_at_start(context, place) : rule_at(frame.pc.value, place);
    if (!rule || (!place && !innermost) || !to_caller(frame, *rule, innermost)) break;
    const auto interrupted = std::ranges::find(
        candidates, frame.gpr[REG_RA], [](const GuestContext& other) { return other.gpr[REG_RA]; });
    if (interrupted != candidates.end())
      return static_cast<size_t>(interrupted - candidates.begin());
    innermost = false;
  }
  return static_cast<size_t>(end - outer.begin());
}

void Unwinder::add_boundary(const GuestContext& interrupted) {
  lines_.push_back(fmt::format("    --- exception {}{} ---", kExceptionNames[interrupted.exception],
                               interrupted.user_mode ? ", from user mode" : ""));
}

// Code of an application need not be in the TLB any more. Its virtual address is enough if only one
// program has it.
std::optional<CodePlace> Unwinder::find(uint32_t pc) {
  if (pc % 4 != 0) return std::nullopt;
  if (const auto phys = view_.physical({pc})) return code_.find(*phys);
  std::optional<CodePlace> found;
  if (pc >= KSEG0_BASE) return found;
  for (const auto& [phys, range] : code_.ranges()) {
    if (pc - range.virt >= range.size) continue;
    if (found) return std::nullopt;
    found = CodePlace{.image = range.image, .virt = pc};
  }
  return found;
}

void Unwinder::add_frame(uint32_t pc, const std::optional<CodePlace>& place) {
  std::string text = fmt::format("{:#010x} in ??", pc);
  if (place) text = fmt::format("{:#010x} in {}{}", pc, symbol_name(*place), line_of(*place));
  lines_.push_back(fmt::format("#{:<2} {}", frames_++, text));
}

// The registers are those of the next instruction, unless that is in another function already.
std::optional<FrameRule> Unwinder::rule_at_start(const GuestContext& context,
                                                 const std::optional<CodePlace>& place) {
  const auto next = find(context.next.value);
  const bool same = place && next && place->image == next->image &&
                    place->image->symbol_at(place->virt) == next->image->symbol_at(next->virt);
  return same ? rule_at(context.next.value, next) : rule_at(context.pc.value, place);
}

// Where nothing is known, as after a jump to nowhere, the return address is the best guess.
std::optional<FrameRule> Unwinder::rule_at(uint32_t pc, const std::optional<CodePlace>& place) {
  if (!place) return FrameRule{};
  if (place->image->frames)
    if (auto rule = place->image->frames->find(place->virt)) return rule;
  return scan(pc, *place);
}

std::optional<FrameRule> Unwinder::scan(uint32_t pc, const CodePlace& place) {
  const Symbol* symbol = place.image->symbol_at(place.virt);
  if (symbol == nullptr) return std::nullopt;
  const uint32_t bytes = place.virt - symbol->address;
  if (bytes > kMaxFunctionBytes) return std::nullopt;
  std::vector<isa::Word> words;
  for (uint32_t at = pc - bytes; at != pc; at += 4) {
    const auto word = view_.instruction({at});
    if (!word) return std::nullopt;
    words.push_back({*word});
  }
  return scan_prologue(words);
}

// Stacks grow down, and a return address leads to an instruction: what says otherwise is no frame.
bool Unwinder::to_caller(GuestContext& frame, const FrameRule& rule, bool innermost) {
  const uint32_t stack = frame.gpr[REG_SP];
  const uint32_t caller_stack = frame.gpr[rule.base] + static_cast<uint32_t>(rule.size);
  const bool grows = innermost ? caller_stack >= stack : caller_stack > stack;
  if (!grows || caller_stack % 4 != 0 || (!innermost && !rule.saved[REG_RA])) return false;
  for (unsigned reg = REG_S0; reg < rule.saved.size(); ++reg) {
    if (!rule.saved[reg]) continue;
    const auto value = view_.word({caller_stack + static_cast<uint32_t>(*rule.saved[reg])});
    if (!value && reg == REG_RA) return false;
    if (value) frame.gpr[reg] = *value;
  }
  frame.gpr[REG_SP] = caller_stack;
  const uint32_t target = frame.gpr[REG_RA];
  if (target % 4 != 0 || target < kCallBytes) return false;
  frame.pc = {target - kCallBytes};
  return find(frame.pc.value).has_value();
}

}  // namespace

std::string describe_instruction(const CodePlace& place) {
  const Symbol* symbol = place.image->symbol_at(place.virt);
  const std::string name =
      symbol ? fmt::format(" {}+{:#x}", symbol->name, place.virt - symbol->address) : std::string();
  return fmt::format("{:#010x}{}{}", place.virt, name, line_of(place));
}

std::vector<std::string> back_trace(const CodeMap& code, GuestView& view,
                                    std::span<const GuestContext> contexts) {
  Unwinder unwinder(code, view);
  while (!contexts.empty() && !unwinder.full()) {
    const std::span outer = contexts.subspan(1);
    const size_t next = unwinder.add_context(contexts.front(), outer);
    contexts = outer.subspan(next);
    if (!contexts.empty()) unwinder.add_boundary(contexts.front());
  }
  return unwinder.take_lines();
}

}  // namespace exosim
