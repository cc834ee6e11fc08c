// The JSON of --stats against its schema, and the report's text.
#include "sim/observe/statistics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/base/testing/json_schema.hpp"
#include "sim/observe/report.hpp"
#include "sim/observe/testing/steps.hpp"

namespace exosim {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr size_t kDataMiss = 1 + static_cast<size_t>(StallCause::kDataCache);
constexpr size_t kFloat = 1 + static_cast<size_t>(StallCause::kFloat);

CauseTotals causes(const std::map<size_t, uint64_t>& cycles) {
  CauseTotals totals;
  for (const auto& [cause, count] : cycles) totals.cycles[cause] = count;
  return totals;
}

InterruptLatencies sample_latencies() {
  return {.count = 9,
          .cycles = {.min = 0, .median = 3, .p99 = 1954, .max = 1954, .total = 2000},
          .longest = {{.cycles = 1954,
                       .since = 700,
                       .pc = {0x80004d2c},
                       .began_in = {"aegis.elf", "sys_page_alloc"},
                       .mostly_in = {"aegis.elf", "page_take"},
                       .mostly_cycles = 1291}},
          .unserved = 2,
          .longest_unserved = {{.cycles = 8, .pc = {0x80004d2c}}}};
}

std::vector<OperationRow> sample_operations() {
  CycleTable null_call;
  null_call[Domain::kProtection] = causes({{kExecute, 9}});
  null_call[Domain::kApplication] = causes({{kExecute, 21}, {kDataMiss, 1492}});
  return {{.name = "null call",
           .image = "hello.elf",
           .count = 3,
           .cold = 2,
           .cycles = {.min = 10, .median = 12, .p99 = 1500, .max = 1500, .total = 1522},
           .instructions = {.min = 9, .median = 9, .p99 = 9, .max = 9, .total = 27},
           .table = null_call,
           .unfinished = 0,
           .unmatched = 0},
          {.name = "exit", .image = "hello.elf", .unfinished = 1}};
}

Statistics sample() {
  Statistics statistics;
  statistics.run = {.instructions = 3000,
                    .cycles = 4000,
                    .clock_hz = 25'000'000,
                    .exit_status = 7,
                    .exit_reason = "guest_panic",
                    .exit_detail = "bad news"};
  statistics.operations = sample_operations();
  CycleTable kernel;
  kernel[Domain::kProtection] = causes({{kExecute, 1000}});
  kernel[Domain::kMultiplexing] = causes({{kExecute, 500}});
  CycleTable program;
  program[Domain::kManagement] = causes({{kExecute, 250}});
  program[Domain::kApplication] = causes({{kExecute, 650}, {kDataMiss, 1492}, {kFloat, 108}});
  statistics.ledger = {
      {.operation = "null call",
       .image = "hello.elf",
       .owner_number = 1,
       .owner = "environment 1",
       .table = program},
      {.operation = "", .image = "", .owner_number = 0, .owner = "kernel", .table = kernel}};
  statistics.totals = kernel;
  statistics.totals += program;
  statistics.exceptions.by_code[EXC_SYS] = 5;
  statistics.exceptions.by_code[EXC_TLBL] = 4;
  statistics.exceptions.utlb_refills = 3;
  statistics.interrupts = sample_latencies();
  return statistics;
}

/// What the schema has against the document; empty if nothing.
std::string violations(const json& document) {
  std::ifstream in(EXOSIM_SOURCE_DIR "/docs/stats.schema.json");
  return testing::JsonSchema(json::parse(in)).violations(document);
}

TEST(Statistics, FitTheSchema) {
  Statistics statistics = sample();
  EXPECT_EQ(violations(json::parse(statistics_json(statistics))), "");
  statistics.run = {.clock_hz = 1, .exit_reason = "deadlock"};
  statistics.operations.clear();
  statistics.config_digest = "0123456789abcdef";
  EXPECT_EQ(violations(json::parse(statistics_json(statistics))), "");
}

/// With counters, and in two pieces.
Statistics counted_sample() {
  Statistics statistics = sample();
  CounterTotals counters;
  counters[Counter::kAlu] = 2000;
  counters[Counter::kLoads] = 1000;
  counters[Counter::kExceptions] = 9;
  statistics.counters = counters;
  statistics.interval_cycles = 3000;
  statistics.intervals = {
      {.begin = 0, .table = statistics.ledger[0].table, .counters = {}},
      {.begin = 3000, .table = statistics.ledger[1].table, .counters = counters}};
  return statistics;
}

TEST(Statistics, WithCountersAndIntervalsFitTheSchema) {
  const json good = json::parse(statistics_json(counted_sample()));
  EXPECT_EQ(violations(good), "");
  EXPECT_EQ(good["intervals"]["rows"][1]["instructions"], 3000);
  json bad = good;
  bad["counters"].erase("loads");
  EXPECT_NE(violations(bad), "");
  bad = good;
  bad["intervals"]["rows"][0]["counters"]["boredom"] = 1;
  EXPECT_NE(violations(bad), "");
  bad = good;
  bad["intervals"]["every"] = 0;
  EXPECT_NE(violations(bad), "");
}

TEST(Statistics, OfCountersAndIntervalsAddUp) {
  EXPECT_EQ(imbalance(counted_sample()), "");
  Statistics statistics = counted_sample();
  ++(*statistics.counters)[Counter::kAlu];
  EXPECT_EQ(imbalance(statistics), "the instructions by class add up to 3001, not 3000");
  statistics = counted_sample();
  ++statistics.intervals[0].table[Domain::kIdle].cycles[kFloat];
  EXPECT_EQ(imbalance(statistics), "the intervals do not add up to the run");
  statistics = counted_sample();
  ++statistics.intervals[0].counters[Counter::kInterrupts];
  EXPECT_EQ(imbalance(statistics), "the intervals do not add up to the run");
}

TEST(Statistics, SchemaRefusesWhatIsNotDescribed) {
  const json good = json::parse(statistics_json(sample()));
  json bad = good;
  bad["extra"] = 1;
  EXPECT_NE(violations(bad), "");
  bad = good;
  bad["run"]["exit_reason"] = "boredom";
  EXPECT_NE(violations(bad), "");
  bad = good;
  bad["operations"][0]["cycles"].erase("p99");
  EXPECT_NE(violations(bad), "");
  bad = good;
  bad["domains"]["application"] = -1;
  EXPECT_NE(violations(bad), "");
  bad = good;
  bad["causes"].erase("float");
  EXPECT_NE(violations(bad), "");
  bad = good;
  bad["operations"][0]["causes"]["boredom"] = 1;
  EXPECT_NE(violations(bad), "");
  bad = good;
  bad["exceptions"].erase("Ov");
  EXPECT_NE(violations(bad), "");
  bad = good;
  bad["interrupt_latency"]["longest"]["mostly_in"].erase("cycles");
  EXPECT_NE(violations(bad), "");
}

TEST(Statistics, HaveTheRunsFigures) {
  const json document = json::parse(statistics_json(sample()));
  const json& run = document["run"];
  EXPECT_EQ(run["instructions"], 3000);
  EXPECT_EQ(run["cycles"], 4000);
  EXPECT_EQ(run["cpi"], 1.333333);
  EXPECT_EQ(run["simulated_seconds"], 0.00016);
  EXPECT_EQ(run["exit_status"], 7);
  EXPECT_EQ(run["exit_reason"], "guest_panic");
  EXPECT_EQ(run["exit_detail"], "bad news");
  EXPECT_EQ(document["operations"][0]["cycles"]["p99"], 1500);
  EXPECT_TRUE(document["operations"][1]["cycles"].is_null());
  EXPECT_EQ(document["operations"][0]["cold"], 2);
  EXPECT_EQ(document["domains"]["application"], 2250);
  EXPECT_EQ(document["operations"][0]["causes"]["data_cache"], 1492);
  EXPECT_EQ(document["operations"][0]["causes"]["float"], 0);
  EXPECT_TRUE(document["operations"][1]["causes"].is_null());
  EXPECT_EQ(document["causes"]["execute"], 2400);
  EXPECT_EQ(document["causes"]["float"], 108);
  EXPECT_EQ(document["exceptions"]["Sys"], 5);
  EXPECT_EQ(document["exceptions"]["utlb_refill"], 3);
}

TEST(Statistics, HaveTheLatencyOfInterrupts) {
  Statistics statistics = sample();
  json latency = json::parse(statistics_json(statistics))["interrupt_latency"];
  EXPECT_EQ(latency["count"], 9);
  EXPECT_EQ(latency["cycles"]["max"], 1954);
  EXPECT_EQ(latency["longest"]["cycles"], 1954);
  EXPECT_EQ(latency["longest"]["since"], 700);
  EXPECT_EQ(latency["longest"]["pc"], "0x80004d2c");
  EXPECT_EQ(latency["longest"]["function"], "sys_page_alloc");
  EXPECT_EQ(latency["longest"]["mostly_in"]["function"], "page_take");
  EXPECT_EQ(latency["longest"]["mostly_in"]["cycles"], 1291);
  EXPECT_EQ(latency["unserved"], 2);
  EXPECT_EQ(latency["longest_unserved"]["cycles"], 8);
  EXPECT_TRUE(latency["longest_unserved"]["function"].is_null()) << "where it is not known";
  statistics.interrupts = {};
  latency = json::parse(statistics_json(statistics))["interrupt_latency"];
  EXPECT_TRUE(latency["cycles"].is_null());
  EXPECT_TRUE(latency["longest"].is_null());
}

TEST(Statistics, FiguresThatDoNotAddUpAreFound) {
  EXPECT_EQ(imbalance(sample()), "");
  Statistics statistics = sample();
  ++statistics.totals[Domain::kIdle].cycles[kFloat];
  EXPECT_EQ(imbalance(statistics), "the cycles by domain and cause add up to 4001, not 4000");
  statistics = sample();
  ++statistics.ledger[0].table[Domain::kIdle].cycles[kFloat];
  EXPECT_EQ(imbalance(statistics), "the cells of the ledger do not add up to its totals");
  statistics = sample();
  ++statistics.operations[0].table[Domain::kIdle].cycles[kFloat];
  EXPECT_EQ(imbalance(statistics), "the cycles by cause of \"null call\" add up to 1523, not 1522");
}

TEST(Statistics, MembersStandInAFixedOrder) {
  const std::string text = statistics_json(sample());
  size_t last = 0;
  for (const char* member :
       {"\"schema\"", "\"run\"", "\"instructions\"", "\"cycles\"", "\"cpi\"", "\"operations\"",
        "\"domains\"", "\"causes\"", "\"exceptions\"", "\"interrupt_latency\""}) {
    const size_t at = text.find(member, last);
    ASSERT_NE(at, std::string::npos) << member;
    last = at;
  }
  EXPECT_EQ(text.back(), '\n');
}

TEST(Statistics, NamesNeedNotBeUtf8) {
  Statistics statistics = sample();
  statistics.operations[0].name = "bad \xff byte";
  EXPECT_EQ(violations(json::parse(statistics_json(statistics))), "");
}

TEST(Statistics, ReportAFileThatCannotBeWritten) {
  const auto written = write_statistics(sample(), "/nonexistent/stats.json");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().text(), HasSubstr("/nonexistent/stats.json: cannot be written"));
}

TEST(ExceptionCounter, CountsByCodeAndRefills) {
  using testing::Feed;
  using testing::kUserCode;
  using testing::step_at;
  using testing::with_exception;
  ExceptionCounter counter;
  const Retired step = step_at(kUserCode, 0);
  Feed(counter)
      .step(step)
      .step(with_exception(step, EXC_TLBL, true))
      .step(with_exception(step, EXC_TLBL))
      .step(with_exception(step, EXC_OV));
  EXPECT_EQ(counter.totals().by_code[EXC_TLBL], 2u);
  EXPECT_EQ(counter.totals().by_code[EXC_OV], 1u);
  EXPECT_EQ(counter.totals().by_code[EXC_INT], 0u);
  EXPECT_EQ(counter.totals().utlb_refills, 1u);
}

TEST(Report, HasTheRunDomainsOwnersAndCausesInColumns) {
  EXPECT_THAT(
      report_text(sample()),
      ::testing::StartsWith(
          "run\n"
          "  ended                   guest panic: bad news\n"
          "  instructions            3000\n"
          "  cycles                  4000\n"
          "  cycles per instruction  1.333\n"
          "  simulated time          0.000160000 s at 25 MHz\n"
          "  interrupt latency       at most 1954 cycles, mostly in page_take (aegis.elf); 9 "
          "taken\n"
          "\n"
          "domains\n"
          "  domain        cycles     %\n"
          "  protection      1000  25.0\n"
          "  multiplexing     500  12.5\n"
          "  management       250   6.3\n"
          "  application     2250  56.3\n"
          "  idle               0   0.0\n"
          "\n"
          "owners\n"
          "  owner          cycles  protection  multiplexing  management  application  idle\n"
          "  kernel           1500        1000           500           0            0     0\n"
          "  environment 1    2500           0             0         250         2250     0\n"
          "\n"
          "causes\n"
          "  cause       cycles     %  per instruction\n"
          "  execute       2400  60.0            0.800\n"
          "  data cache    1492  37.3            0.497\n"
          "  float          108   2.7            0.036\n"));
}

TEST(Report, HasTheOperationsInColumns) {
  EXPECT_THAT(report_text(sample()),
              ::testing::EndsWith(
                  "\n"
                  "operations (cycles; median instructions)\n"
                  "  operation  image      count  cold  min  median   p99   max  instructions\n"
                  "  null call  hello.elf      3     2   10      12  1500  1500             9\n"
                  "  exit       hello.elf      0     0    -       -     -     -             -\n"
                  "  exit (hello.elf): 1 unfinished, 0 unmatched\n"
                  "\n"
                  "operations by domain (means)\n"
                  "  operation  image      cycles  protection  multiplexing  management  "
                  "application  idle\n"
                  "  null call  hello.elf   507.3         3.0             -           -        "
                  "504.3     -\n"
                  "\n"
                  "operations by cause (means)\n"
                  "                                          data\n"
                  "  operation  image      cycles  execute  cache\n"
                  "  null call  hello.elf   507.3     10.0  497.3\n"));
}

TEST(Report, WithoutStallsOperationsHaveNoTableOfCauses) {
  Statistics statistics = sample();
  statistics.operations[0].table = {};
  statistics.operations[0].table[Domain::kProtection] = causes({{kExecute, 1522}});
  EXPECT_THAT(report_text(statistics), ::testing::Not(HasSubstr("by cause")));
}

TEST(Report, WithoutColdOperationsThereIsNoColumn) {
  Statistics statistics = sample();
  statistics.operations[0].cold = 0;
  EXPECT_THAT(report_text(statistics), HasSubstr("count  min  median"));
}

TEST(Report, NothingRunDividesNothing) {
  Statistics statistics;
  statistics.run = {.clock_hz = 33'333'333, .exit_reason = "deadlock"};
  const std::string text = report_text(statistics);
  EXPECT_THAT(text, HasSubstr("cycles per instruction  -\n"));
  EXPECT_THAT(text, HasSubstr("at 33333333 Hz\n"));
  EXPECT_THAT(text, HasSubstr("ended                   deadlock\n"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("operations")));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("causes")));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("interrupt")));
}

}  // namespace
}  // namespace exosim
