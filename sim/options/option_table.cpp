// The rows, and how each kind of value is read.
#include "sim/options/option_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "sim/base/log.hpp"
#include "sim/base/nearest.hpp"
#include "sim/base/quantity.hpp"

namespace exosim {

namespace {

using Message = std::optional<std::string>;

Message read_count(const std::string& text, uint64_t& count) {
  const Result<uint64_t> number = parse_count(text);
  if (!number) return number.error().message;
  count = *number;
  return std::nullopt;
}

/// A limit of 0 would forbid every run.
Message read_limit(const std::string& text, uint64_t& limit) {
  if (Message message = read_count(text, limit)) return message;
  if (limit == 0) return "a limit is at least 1";
  return std::nullopt;
}

Message read_watchdog(Options& options, const std::string& text) {
  uint64_t cycles = 0;
  if (Message message = read_limit(text, cycles)) return message;
  options.sets.push_back(fmt::format("run.watchdog={}", cycles));
  return std::nullopt;
}

/// "data:0x8000@100k"
Message read_parity_fault(const std::string& text, std::vector<ParityFault>& faults) {
  const Message form = fmt::format(
      "\"{}\" is not CACHE:ADDRESS@CYCLE, as in data:0x8000@100k (caches: instruction, data)",
      text);
  const size_t colon = text.find(':');
  const size_t at = text.find('@');
  if (colon == text.npos || at == text.npos || at < colon) return form;
  const std::string cache = text.substr(0, colon);
  if (cache != "data" && cache != "instruction") return form;
  const auto address = parse_number(text.substr(colon + 1, at - colon - 1));
  if (!address || *address > ~uint32_t{0}) return form;
  ParityFault fault{cache == "data" ? CacheName::kData : CacheName::kInstruction,
                    {static_cast<uint32_t>(*address)},
                    {}};
  if (Message message = read_count(text.substr(at + 1), fault.at.count)) return message;
  faults.push_back(fault);
  return std::nullopt;
}

Message read_name(const std::string& text, std::string& name) {
  if (text.empty()) return "expected a file name, got none";
  name = text;
  return std::nullopt;
}

/// The console writes characters to standard output, the trace lines: either would break the other.
Message read_trace(const std::string& text, std::string& name) {
  if (text == "-") {
    return "not to standard output, where the console's output goes; name a file, /dev/stderr or "
           "a pipe: --trace >(less)";
  }
  return read_name(text, name);
}

/// As the trace; after a run of hours, too.
Message read_profile(const std::string& text, std::string& name) {
  if (text == "-") return "not to standard output, where the console's output goes; name a file";
  return read_name(text, name);
}

/// Which of its commas are part of a name, only the images say.
Message read_operations(const std::string& text, std::vector<std::string>& operations) {
  operations.push_back(text);
  return std::nullopt;
}

/// Names between commas, but for the commas of parameters: "main,f(int, int)".
Message read_functions(const std::string& text, std::vector<std::string>& names) {
  int depth = 0;
  std::string name;
  for (const char letter : text + ',') {
    depth += (letter == '(' || letter == '<') - (letter == ')' || letter == '>');
    if (letter != ',' || depth > 0) {
      name += letter;
      continue;
    }
    if (name.empty()) return "expected the name of a function, got none";
    names.push_back(std::exchange(name, {}));
  }
  if (!name.empty()) return fmt::format("\"{}\" has an open bracket", text);
  return std::nullopt;
}

Message read_log_level(const std::string& text, std::string& level) {
  const std::vector<std::string> names(kLogLevelNames.begin(), kLogLevelNames.end());
  if (std::ranges::find(names, text) != names.end()) {
    level = text;
    return std::nullopt;
  }
  const std::optional<std::string> nearest = nearest_name(text, names);
  return fmt::format("unknown level \"{}\"{} (one of: {})", text,
                     nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "",
                     fmt::join(names, ", "));
}

Message set_flag(bool& target) {
  target = true;
  return std::nullopt;
}

Message ask(Options& options, Action action) {
  if (options.action != Action::kRun && options.action != action) {
    return "only one of the options under \"Information\" at a time";
  }
  options.action = action;
  return std::nullopt;
}

Message ask_in_format(Options& options, Action action, const std::string& format) {
  if (!format.empty() && format != "text" && format != "markdown") {
    return fmt::format("unknown format \"{}\" (one of: text, markdown)", format);
  }
  options.format = format == "markdown" ? DocFormat::kMarkdown : DocFormat::kText;
  return ask(options, action);
}

constexpr std::string_view kMachine = "Machine";
constexpr std::string_view kRun = "Run";
constexpr std::string_view kOutput = "Output";
constexpr std::string_view kInformation = "Information";

constexpr auto kNone = OptionValue::kNone;
constexpr auto kOptional = OptionValue::kOptional;
constexpr auto kRequired = OptionValue::kRequired;

using Text = const std::string&;

constexpr std::array kRows = {
    OptionRow{kMachine, "config", kRequired, "FILE",
              "machine configuration (default: r3000.yaml, found beside the program)", false,
              [](Options& o, Text text) { return read_name(text, o.config); }},
    OptionRow{kMachine, "kernel", kRequired, "FILE",
              "kernel image (default: the configuration's, found beside the program)", false,
              [](Options& o, Text text) { return read_name(text, o.kernel.emplace()); }},
    OptionRow{kMachine, "set", kRequired, "KEY=VALUE",
              "change one key, as in --set cpu.clock=33MHz; repeatable", true,
              [](Options& o, Text text) -> Message {
                o.sets.push_back(text);
                return std::nullopt;
              }},
    OptionRow{kRun, "max-cycles", kRequired, "N",
              "end the run after N cycles; 10M means 10000000 (default: no limit)", false,
              [](Options& o, Text text) { return read_limit(text, o.max_cycles.count); }},
    OptionRow{kRun, "max-instructions", kRequired, "N",
              "end the run after N instructions (default: no limit)", false,
              [](Options& o, Text text) { return read_limit(text, o.max_instructions); }},
    OptionRow{kRun, "watchdog", kRequired, "N",
              "end the run after N cycles with interrupts off and nothing happening", false,
              [](Options& o, Text text) { return read_watchdog(o, text); }},
    OptionRow{kRun, "stop-on", kRequired, "BUG[,BUG...]",
              "end the run at a guest bug, or at all; otherwise they are warnings", false,
              [](Options& o, Text text) { return read_guest_bugs(text, o.stop_on); }},
    OptionRow{kRun, "check", kRequired, "CHECK[,CHECK...]",
              "watch each step for stale words (coherence), hazards, or all: slower", false,
              [](Options& o, Text text) { return read_checks(text, o.checks); }},
    OptionRow{kRun, "inject-parity", kRequired, "FAULT",
              "break a cached word's parity: data:0x8000@100k, a cache, address, cycle", true,
              [](Options& o, Text text) { return read_parity_fault(text, o.parity_faults); }},
    OptionRow{kRun, "annotations", kRequired, "FILE.yaml",
              "domains, operations, owner of images without markers; repeatable", true,
              [](Options& o, Text text) { return read_name(text, o.annotations.emplace_back()); }},
    OptionRow{kRun, "cold", kRequired, "NAME[,...]",
              "measure operations from empty caches and TLB; repeatable", true,
              [](Options& o, Text text) { return read_operations(text, o.cold); }},
    OptionRow{kRun, "input", kRequired, "FILE",
              "what the console reads; - is standard input (default: nothing)", false,
              [](Options& o, Text text) { return read_name(text, o.input); }},
    OptionRow{kOutput, "stats", kRequired, "FILE.json",
              "write the figures of the run as JSON; - is standard output, after all else", false,
              [](Options& o, Text text) { return read_name(text, o.stats); }},
    OptionRow{kOutput, "samples", kNone, "",
              "with --stats: and each sample of each operation, in order", false,
              [](Options& o, Text) { return set_flag(o.samples); }},
    OptionRow{kOutput, "counters", kNone, "",
              "with --stats: and what the processor did, counted: accesses, misses", false,
              [](Options& o, Text) { return set_flag(o.counters); }},
    OptionRow{kOutput, "stats-every", kRequired, "N",
              "with --stats: and counters, all of it for each N cycles", false,
              [](Options& o, Text text) { return read_limit(text, o.stats_every); }},
    OptionRow{kOutput, "trace", kRequired, "FILE", "write every instruction that was executed",
              false, [](Options& o, Text text) { return read_trace(text, o.trace); }},
    OptionRow{kOutput, "trace-from", kRequired, "N", "first cycle of the trace (default: 0)", false,
              [](Options& o, Text text) { return read_count(text, o.trace_from.count); }},
    OptionRow{kOutput, "trace-to", kRequired, "N", "last cycle of the trace (default: the end)",
              false, [](Options& o, Text text) { return read_count(text, o.trace_to.count); }},
    OptionRow{kOutput, "explain", kRequired, "NAME[,...]",
              "print instruction by instruction what a function cost; repeatable", true,
              [](Options& o, Text text) { return read_functions(text, o.explain); }},
    OptionRow{kOutput, "callgrind", kRequired, "FILE",
              "write what functions and their calls cost, for KCachegrind", false,
              [](Options& o, Text text) { return read_profile(text, o.profiles.callgrind); }},
    OptionRow{kOutput, "folded", kRequired, "FILE",
              "write stacks of calls with their cycles, for flame graphs", false,
              [](Options& o, Text text) { return read_profile(text, o.profiles.folded); }},
    OptionRow{kOutput, "profile", kRequired, "FILE.json",
              "write what each operation cost by function, cause and line", false,
              [](Options& o, Text text) { return read_profile(text, o.profiles.operations); }},
    OptionRow{kOutput, "timeline", kRequired, "FILE.json",
              "write who ran when, interrupts and counters, for Perfetto", false,
              [](Options& o, Text text) { return read_profile(text, o.profiles.timeline); }},
    OptionRow{kOutput, "timeline-from", kRequired, "N", "first cycle of the timeline (default: 0)",
              false,
              [](Options& o,
                 Text text) { return read_count(text, o.profiles.timeline_window.from.count); }},
    OptionRow{kOutput, "timeline-to", kRequired, "N",
              "last cycle of the timeline (default: the end)", false,
              [](Options& o,
                 Text text) { return read_count(text, o.profiles.timeline_window.to.count); }},
    OptionRow{kOutput, "quiet", kNone, "", "print nothing of the run but the console's output",
              false, [](Options& o, Text) { return set_flag(o.quiet); }},
    OptionRow{kOutput, "log-level", kRequired, "LEVEL",
              "trace, debug, info, warn, error or off (default: warn)", false,
              [](Options& o, Text text) { return read_log_level(text, o.log_level); }},
    OptionRow{kInformation, "print-config", kNone, "", "print the resolved configuration", false,
              [](Options& o, Text) { return ask(o, Action::kPrintConfig); }},
    OptionRow{kInformation, "sources", kNone, "",
              "with --print-config: and where each value comes from", false,
              [](Options& o, Text) { return set_flag(o.sources); }},
    OptionRow{kInformation, "print-schema", kNone, "", "print the JSON Schema of a configuration",
              false, [](Options& o, Text) { return ask(o, Action::kPrintSchema); }},
    OptionRow{kInformation, "list-devices", kOptional, "[=text|markdown]",
              "print all device types: parameters and registers", false,
              [](Options& o, Text text) { return ask_in_format(o, Action::kListDevices, text); }},
    OptionRow{kInformation, "explain-exit", kOptional, "[=text|markdown]",
              "print what the exit statuses mean", false,
              [](Options& o, Text text) { return ask_in_format(o, Action::kExplainExit, text); }},
    OptionRow{kInformation, "list-guest-bugs", kOptional, "[=text|markdown]",
              "print what --stop-on knows", false,
              [](Options& o, Text text) { return ask_in_format(o, Action::kListGuestBugs, text); }},
    OptionRow{kInformation, "list-stats", kOptional, "[=text|markdown]",
              "print every figure of --stats: name, unit, meaning", false,
              [](Options& o, Text text) { return ask_in_format(o, Action::kListStats, text); }},
    OptionRow{kInformation, "version", kNone, "", "print the version", false,
              [](Options& o, Text) { return ask(o, Action::kVersion); }},
    OptionRow{kInformation, "help", kNone, "", "print this text", false,
              [](Options& o, Text) { return ask(o, Action::kHelp); }},
};

}  // namespace

std::span<const OptionRow> option_table() { return kRows; }

const OptionRow* find_option(std::string_view name) {
  const auto found = std::ranges::find(kRows, name, &OptionRow::name);
  return found == kRows.end() ? nullptr : &*found;
}

}  // namespace exosim
