// What is counted of steps, the pieces of a run, and the list of all figures.
#include "sim/observe/counters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "isa/machine/exceptions.h"
#include "sim/observe/intervals.hpp"
#include "sim/observe/statistics.hpp"
#include "sim/observe/statistics_list.hpp"
#include "sim/observe/testing/steps.hpp"

namespace exosim {
namespace {

using testing::kKernelCode;
using testing::kUserCode;
using testing::step_at;

/// A ledger, counters and intervals of 10 cycles, in the order in which a run calls them.
class Watchers final : public Observer {
 public:
  explicit Watchers(uint64_t every = 10)
      : ledger(Ledger::create(code).value()),
        counters(*ledger),
        intervals(every, *ledger, counters) {}
  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override {
    ledger->on_retired(begin, cost, retired);
    counters.on_retired(begin, cost, retired);
    intervals.on_retired(begin, cost, retired);
  }
  uint64_t operator[](Counter counter) const { return counters.totals()[counter]; }

  CodeMap code;
  std::unique_ptr<Ledger> ledger;
  Counters counters;
  Intervals intervals;
};

Retired access(DataAccess::Kind kind, bool cached, uint8_t width, uint8_t refill) {
  Retired retired = step_at(kKernelCode, 0);
  retired.op_class = kind == DataAccess::Kind::kLoad ? isa::OpClass::kLoad : isa::OpClass::kStore;
  retired.data = {.kind = kind, .width = width, .cached = cached, .refill = refill};
  return retired;
}

TEST(Counters, CountEachInstructionInOneClass) {
  Watchers seen;
  testing::Feed feed(seen);
  uint64_t steps = 0;
  for (int each = 0; each <= static_cast<int>(isa::OpClass::kReserved); ++each, ++steps) {
    Retired retired = step_at(kUserCode, 0);
    retired.op_class = static_cast<isa::OpClass>(each);
    feed.step(retired);
  }
  EXPECT_EQ(seen.counters.totals().instructions(), steps);
  EXPECT_EQ(seen[Counter::kUser], steps);
  EXPECT_EQ(seen[Counter::kMultiplyDivide], 4u);
  EXPECT_EQ(seen[Counter::kLoads], 2u);
  EXPECT_EQ(seen[Counter::kFloat], 12u);
}

TEST(Counters, CountAccessesAndMisses) {
  Watchers seen;
  testing::Feed feed(seen);
  Retired fetch = step_at(kKernelCode, 0);
  feed.step(fetch);
  fetch.fetch_cached = true;
  feed.step(fetch);
  fetch.fetch_refill = 4;
  feed.step(fetch);
  feed.step(access(DataAccess::Kind::kLoad, true, 4, 0));
  feed.step(access(DataAccess::Kind::kLoad, true, 4, 8));
  feed.step(access(DataAccess::Kind::kLoad, false, 4, 0));
  feed.step(access(DataAccess::Kind::kStore, true, 4, 0));
  feed.step(access(DataAccess::Kind::kStore, true, 1, 0));
  feed.step(access(DataAccess::Kind::kStore, false, 1, 0));
  EXPECT_EQ(seen[Counter::kUncachedFetches], 7u);
  EXPECT_EQ(seen[Counter::kCachedFetches], 2u);
  EXPECT_EQ(seen[Counter::kFetchMisses], 1u);
  EXPECT_EQ(seen[Counter::kFetchWords], 4u);
  EXPECT_EQ(seen[Counter::kCachedLoads], 2u);
  EXPECT_EQ(seen[Counter::kLoadMisses], 1u);
  EXPECT_EQ(seen[Counter::kLoadWords], 8u);
  EXPECT_EQ(seen[Counter::kUncachedLoads], 1u);
  EXPECT_EQ(seen[Counter::kCachedStores], 2u);
  EXPECT_EQ(seen[Counter::kPartialStores], 1u);
  EXPECT_EQ(seen[Counter::kUncachedStores], 1u);
}

TEST(Counters, CountExceptionsBranchesStallsAndOwners) {
  Watchers seen;
  testing::Feed feed(seen);
  feed.step(testing::not_fetched(kUserCode, EXC_INT, false, 1));
  feed.step(testing::not_fetched(kUserCode, EXC_TLBL, true, 1));
  feed.step(testing::with_exception(step_at(kUserCode, 0, 2), EXC_TLBS));
  feed.step(testing::with_exception(step_at(kUserCode, 0, 2), EXC_MOD));
  Retired branch = step_at(kUserCode, 0, 2);
  branch.op_class = isa::OpClass::kBranch;
  feed.step(branch, testing::stalled(1, StallCause::kWriteBuffer, 3));
  branch.branch_taken = true;
  feed.step(branch, testing::stalled(0, StallCause::kDataCache, 3));
  EXPECT_EQ(seen[Counter::kExceptions], 4u);
  EXPECT_EQ(seen[Counter::kInterrupts], 1u);
  EXPECT_EQ(seen[Counter::kTlbMisses], 2u);
  EXPECT_EQ(seen[Counter::kTlbRefills], 1u);
  EXPECT_EQ(seen[Counter::kTlbModified], 1u);
  EXPECT_EQ(seen[Counter::kBranches], 2u);
  EXPECT_EQ(seen[Counter::kTaken], 1u);
  EXPECT_EQ(seen[Counter::kWriteBufferStalls], 1u);
  EXPECT_EQ(seen[Counter::kOwnerChanges], 2u);  // nobody, address space 1, address space 2
  EXPECT_EQ(seen.counters.totals().instructions(), 2u);
}

TEST(Intervals, EndWithTheStepThatReachesAMultiple) {
  Watchers seen;
  testing::Feed feed(seen);
  for (const uint64_t cycles : {4u, 4u, 4u, 25u, 1u, 2u, 1u})
    feed.step(step_at(kKernelCode, 0), cycles);
  const std::vector<Interval> rows = seen.intervals.rows();
  ASSERT_EQ(rows.size(), 4u);
  const std::vector<uint64_t> begins = {0, 12, 37, 40};
  const std::vector<uint64_t> cycles = {12, 25, 3, 1};
  for (size_t index = 0; index < rows.size(); ++index) {
    EXPECT_EQ(rows[index].begin, begins[index]);
    EXPECT_EQ(rows[index].table.sum(), cycles[index]);
  }
  EXPECT_EQ(rows[0].counters.instructions(), 3u);
  EXPECT_EQ(rows[2].counters.instructions(), 2u);
}

TEST(Intervals, BecomeLongerRatherThanTooMany) {
  Watchers seen(1);
  testing::Feed feed(seen);
  constexpr uint64_t kSteps = 5 * Intervals::kMaxIntervals / 2;
  for (uint64_t step = 0; step < kSteps; ++step) feed.step(step_at(kKernelCode, 0));
  EXPECT_EQ(seen.intervals.every(), 4u);
  const std::vector<Interval> rows = seen.intervals.rows();
  EXPECT_EQ(rows.size(), kSteps / 4);
  CycleTable sum;
  for (const Interval& row : rows) {
    EXPECT_EQ(row.begin % 4, 0u);
    sum += row.table;
  }
  EXPECT_EQ(sum.sum(), kSteps);
}

/// The paths of a JSON value, as the list writes them.
void collect(const nlohmann::json& value, const std::string& path, std::set<std::string>& paths) {
  if (value.is_object()) {
    for (const auto& [key, member] : value.items())
      collect(member, path.empty() ? key : path + "." + key, paths);
  } else if (value.is_array()) {
    for (const auto& member : value) collect(member, path + "[]", paths);
  } else {
    paths.insert(path);
  }
}

/// The path with CAUSE, DOMAIN, COUNTER and SUMMARY for what is listed elsewhere.
std::string general(std::string path) {
  static const std::regex table(R"((\[\]\.ledger)\.[a-z]+\.[a-z_]+$)");
  static const std::regex causes(R"((\[\]\.causes)\.[a-z_]+$)");
  static const std::regex domains(R"((\[\]\.domains)\.[a-z]+$)");
  static const std::regex counters(R"((\[\]\.counters)\.[a-z0-9_]+$)");
  static const std::regex summary(R"(\.(min|median|p99|max|total)$)");
  path = std::regex_replace(path, table, "$1.DOMAIN.CAUSE");
  path = std::regex_replace(path, causes, "$1.CAUSE");
  path = std::regex_replace(path, domains, "$1.DOMAIN");
  path = std::regex_replace(path, counters, "$1.COUNTER");
  return std::regex_replace(path, summary, ".SUMMARY");
}

TEST(StatisticsList, HasExactlyWhatTheFileHas) {
  CycleTable table;
  table[Domain::kIdle].cycles[kExecute] = 1;
  const InterruptWait wait{.cycles = 1};
  const Statistics full = {
      .operations =
          {{.name = "a", .image = "b", .count = 1, .table = table, .samples = {{1, true}}}},
      .ledger = {{.operation = "a", .image = "b", .owner_number = 0, .owner = "c", .table = table}},
      .interrupts = {.count = 1, .longest = wait, .unserved = 1, .longest_unserved = wait},
      .counters = CounterTotals{},
      .interval_cycles = 1,
      .intervals = {Interval{}},
      .config_digest = "0"};
  std::set<std::string> written;
  collect(nlohmann::json::parse(statistics_json(full)), "", written);
  std::set<std::string> found;
  for (const std::string& path : written) found.insert(general(path));
  std::set<std::string> listed;
  for (const Statistic& row : statistic_list()) {
    EXPECT_TRUE(listed.insert(row.path).second) << row.path;
    EXPECT_FALSE(row.unit.empty() || row.description.empty()) << row.path;
  }
  std::vector<std::string> different;
  std::ranges::set_symmetric_difference(found, listed, std::back_inserter(different));
  EXPECT_THAT(different, ::testing::IsEmpty());
}

TEST(StatisticsList, StandsInTheDocument) {
  std::ifstream stream(EXOSIM_SOURCE_DIR "/docs/stats.md");
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  EXPECT_THAT(text, ::testing::HasSubstr(statistics_list_text())) << "run .ci/gen_run_doc.py";
}

}  // namespace
}  // namespace exosim
