// The list; causes, domains, exceptions and counters come from the tables that count them.
#include "sim/observe/statistics_list.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "sim/observe/counters.hpp"
#include "sim/observe/cycle_causes.hpp"
#include "sim/observe/exceptions.hpp"
#include "sim/observe/ledger/domain_map.hpp"
#include "sim/observe/text_table.hpp"

namespace exosim {
namespace {

struct Row {
  std::string_view path;
  std::string_view unit;
  std::string_view description;
};

constexpr Row kHead[] = {
    {"schema", "-", "exosim-stats"},
    {"version", "-", "of the form: 1"},
    {"run.instructions", "instructions", "retired"},
    {"run.cycles", "cycles", "of the processor, from the first instruction to the end of the last"},
    {"run.cpi", "cycles per instruction", "rounded to 6 decimals"},
    {"run.clock_hz", "Hz", "the processor's clock"},
    {"run.simulated_seconds", "s", "cycles / clock_hz, rounded to 9 decimals"},
    {"run.exit_status", "-", "what the guest wrote: its exit status, or its panic's reason"},
    {"run.exit_reason", "-", "why the run ended"},
    {"run.exit_detail", "-", "more about it in words"},
    {"operations[].name", "-", "of the operation"},
    {"operations[].image", "-", "file name of the image that declares it"},
    {"operations[].count", "operations", "completed"},
    {"operations[].cold", "operations", "of these, begun with empty caches and TLB"},
    {"operations[].cycles.SUMMARY", "cycles", "min, median, p99, max, total of the completed"},
    {"operations[].instructions.SUMMARY", "instructions", "the same of instructions"},
    {"operations[].causes.CAUSE", "cycles", "of the completed together, by cause"},
    {"operations[].ledger.DOMAIN.CAUSE", "cycles",
     "of the completed together, by domain and cause"},
    {"operations[].unfinished", "operations", "begun and not ended"},
    {"operations[].unmatched", "operations", "ended and not begun"},
    {"operations[].samples.cycles[]", "cycles", "of each completed one (--samples)"},
    {"operations[].samples.cold[]", "-", "whether it began cold (--samples)"},
};

constexpr std::array<std::string_view, kDomains> kDomainMeanings = {
    "keeping others from what is not theirs", "sharing the hardware out",
    "policy and abstraction: the library OS", "the workload's own code",
    "waiting for something to do"};

constexpr std::array<std::string_view, kCycleCauses> kCauseMeanings = {
    "one for each step",
    "refills of the instruction cache",
    "refills of the instruction micro-TLB",
    "refills of the data cache",
    "reads past the caches",
    "stores of less than a word, merged in the cache",
    "room in the write buffer, or the bus to have written what was in it",
    "another master, or the refresh, on the bus",
    "HI or LO not ready",
    "an operand or a unit of the FPU not ready",
    "slots that an exception empties"};

constexpr std::array<std::string_view, EXC_COUNT> kExceptionMeanings = {
    "interrupts",
    "stores to pages that are not writable",
    "TLB misses of loads and fetches",
    "TLB misses of stores",
    "address errors of loads and fetches",
    "address errors of stores",
    "bus errors of fetches",
    "bus errors of loads",
    "syscall",
    "break",
    "reserved instructions",
    "coprocessor unusable",
    "overflow"};

constexpr Row kLedger[] = {
    {"ledger[].operation", "-", "the innermost in progress; null outside of all"},
    {"ledger[].image", "-", "that declares the operation"},
    {"ledger[].owner", "-", "on whose behalf the processor ran"},
    {"ledger[].domain", "-", "one of `domains`"},
    {"ledger[].cycles", "cycles", "in these cells"},
    {"ledger[].causes.CAUSE", "cycles", "the same by cause"},
};

constexpr Row kWaits[] = {
    {"interrupt_latency.count", "interrupts", "that waited and were taken"},
    {"interrupt_latency.cycles.SUMMARY", "cycles", "min, median, p99, max, total of these waits"},
    {"interrupt_latency.unserved", "interrupts", "waits that ended without the exception"},
};

constexpr std::string_view kLongest[] = {"longest", "longest_unserved"};

constexpr Row kWait[] = {
    {"cycles", "cycles", "how long the longest took"},
    {"since", "cycle", "in which it began"},
    {"pc", "-", "of the instruction that ran then"},
    {"image", "-", "its image"},
    {"function", "-", "its function"},
    {"mostly_in.image", "-", "where most of the wait was spent: image"},
    {"mostly_in.function", "-", "function"},
    {"mostly_in.cycles", "cycles", "spent there"},
};

constexpr Row kIntervals[] = {
    {"intervals.every", "cycles", "of an interval (--stats-every)"},
    {"intervals.rows[].begin", "cycle", "in which it began"},
    {"intervals.rows[].cycles", "cycles", "how long it was"},
    {"intervals.rows[].instructions", "instructions", "retired in it"},
    {"intervals.rows[].domains.DOMAIN", "cycles", "in it, by domain"},
    {"intervals.rows[].causes.CAUSE", "cycles", "in it, by cause"},
    {"intervals.rows[].counters.COUNTER", "as in counters", "in it, each of `counters`"},
};

class List {
 public:
  template <class Rows>
  List& add(const Rows& rows, const std::string& prefix = {}) {
    for (const Row& row : rows) add(prefix + std::string(row.path), row.unit, row.description);
    return *this;
  }
  template <class Names, class Meanings>
  List& add_named(const std::string& member, std::string_view unit, const Names& names,
                  const Meanings& meanings) {
    for (size_t index = 0; index < names.size(); ++index)
      add(fmt::format("{}.{}", member, names[index]), unit, meanings[index]);
    return *this;
  }
  List& add(std::string path, std::string_view unit, std::string_view description) {
    rows_.push_back({std::move(path), std::string(unit), std::string(description)});
    return *this;
  }
  std::vector<Statistic> rows() { return std::move(rows_); }

 private:
  std::vector<Statistic> rows_;
};

std::vector<Statistic> make_list() {
  List list;
  list.add(kHead)
      .add_named("domains", "cycles", kDomainNames, kDomainMeanings)
      .add_named("causes", "cycles", kCycleCauseNames, kCauseMeanings)
      .add(kLedger)
      .add_named("exceptions", "exceptions", kExceptionNames, kExceptionMeanings)
      .add("exceptions.utlb_refill", "exceptions", "of TLBL and TLBS, through the UTLB vector")
      .add(kWaits);
  for (const std::string_view wait : kLongest)
    list.add(kWait, fmt::format("interrupt_latency.{}.", wait));
  for (const CounterRow& row : counter_table())
    list.add(fmt::format("counters.{}", row.name), row.unit,
             fmt::format("{} (--counters)", row.description));
  return list.add(kIntervals).add("config_digest", "-", "of the resolved configuration").rows();
}

}  // namespace

const std::vector<Statistic>& statistic_list() {
  static const std::vector<Statistic> kList = make_list();
  return kList;
}

std::string statistics_list_text() {
  std::vector<std::vector<std::string>> rows = {{"figure", "unit", "meaning"}};
  for (const Statistic& row : statistic_list())
    rows.push_back({row.path, row.unit, row.description});
  return table_text(rows, 3);
}

std::string statistics_list_markdown() {
  std::string text = "| figure | unit | meaning |\n|---|---|---|\n";
  for (const Statistic& row : statistic_list())
    text += fmt::format("| `{}` | {} | {} |\n", row.path, row.unit, row.description);
  return text;
}

}  // namespace exosim
