// The events of known steps, and the file against its schema.
#include "sim/observe/profile/timeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "isa/machine/cp0.h"
#include "sim/base/testing/json_schema.hpp"
#include "sim/observe/profile/testing/call_script.hpp"

namespace exosim {
namespace {

using namespace testing;
using nlohmann::json;
using ::testing::ElementsAre;

constexpr uint32_t kDisk = 1u << (CAUSE_IP_SHIFT + 3);
constexpr uint32_t kOther = 1u << (CAUSE_IP_SHIFT + 5);

/// What the schema has against the document; empty if nothing.
std::string violations(const json& document) {
  std::ifstream in(EXOSIM_SOURCE_DIR "/docs/timeline.schema.json");
  return testing::JsonSchema(json::parse(in)).violations(document);
}

/// Hands each step to one, then to the other.
class InTurn final : public Observer {
 public:
  InTurn() = default;
  InTurn(Observer* first, Observer* second) : observers_{first, second} {}
  void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override {
    for (Observer* observer : observers_) observer->on_retired(begin, cost, retired);
  }

 private:
  std::array<Observer*, 2> observers_{};
};

class TimelineTest : public ::testing::Test {
 protected:
  TimelineTest() { open({.from = {0}}); }
  ~TimelineTest() override { std::filesystem::remove(path_); }

  void open(TimelineWindow window, uint64_t clock_hz = 25'000'000) {
    TimelineMachine machine{.clock_hz = clock_hz, .lines = {}};
    machine.lines[3] = "disk";
    ledger_ = Ledger::create(code_).value();
    auto timeline = Timeline::create(path_, window, code_, *ledger_, machine);
    ASSERT_TRUE(timeline);
    timeline_ = std::move(*timeline);
    ledger_->listen(timeline_->operations());
    behind_ledger_ = {ledger_.get(), timeline_.get()};
    feed_.emplace(behind_ledger_);
  }
  /// "B running 0.04", of one group; with the function that was called.
  std::vector<std::string> events(unsigned group) {
    EXPECT_TRUE(timeline_->close());
    std::ifstream in(path_);
    const json document = json::parse(in);
    EXPECT_EQ(violations(document), "");
    std::vector<std::string> texts;
    for (const json& event : document["traceEvents"]) {
      if (event["ph"] == "M" || event["pid"] != group) continue;
      const std::string name = event.value("name", "");
      std::string text = event["ph"].get<std::string>() + std::to_string(event["tid"].get<int>());
      text += (name.empty() ? "" : " " + name) + " " + event["ts"].dump();
      if (event.contains("args") && event["args"].contains("called"))
        text += " " + event["args"]["called"].get<std::string>();
      texts.push_back(text);
    }
    return texts;
  }

  std::filesystem::path path_ =
      std::filesystem::path(EXOSIM_BINARY_DIR) /
      (::testing::UnitTest::GetInstance()->current_test_info()->name() + std::string(".json"));
  CodeMap code_ = call_test_images();
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Timeline> timeline_;
  InTurn behind_ledger_;
  std::optional<Feed> feed_;
  CallScript script_{[this](const Retired& step) { feed_->step(step); }};
};

TEST_F(TimelineTest, ShowsWhoRunsAndWhatTheKernelIsEnteredFor) {
  script_.at(kSyscall).nop(1).rfe(kMain).space(4).nop().syscall();
  script_.jal(kWork).nop().rfe(kMain + 8).nop();
  script_.unfetched(EXC_INT).rfe(kMain).space(5).nop();
  EXPECT_THAT(events(1), ElementsAre("B0 running 0.0", "E0 0.12", "B5 running 0.12", "B5 Sys 0.2",
                                     "E5 0.4 work", "B5 Int 0.48", "E5 0.56", "E5 0.56",
                                     "B6 running 0.56", "E6 0.6"));
}

TEST_F(TimelineTest, ShowsExceptionsOfTheKernelAsMoments) {
  script_.at(kMain).space(1).syscall().fault(EXC_TLBL, true).nop();
  EXPECT_THAT(events(1), ElementsAre("B0 running 0.0", "E0 0.0", "B2 running 0.0", "B2 Sys 0.04",
                                     "i2 TLBL refill 0.08", "E2 0.12", "E2 0.12"));
}

TEST_F(TimelineTest, ShowsWhenInterruptLinesAreRaised) {
  script_.at(kWork).nop(2);
  timeline_->on_interrupt_lines({1}, kDisk);
  timeline_->on_interrupt_lines({2}, kDisk | kOther);
  script_.nop(2);
  timeline_->on_interrupt_lines({4}, kOther);
  EXPECT_THAT(events(2), ElementsAre("B3 disk 0.04", "B5 raised 0.08", "E3 0.16", "E5 0.16"));
}

TEST_F(TimelineTest, WritesAWindow) {
  open({.from = {3}, .to = {6}});
  timeline_->on_interrupt_lines({0}, kDisk);
  script_.at(kMain).space(1).nop().syscall().nop(10);
  EXPECT_THAT(events(1), ElementsAre("B2 running 0.12", "B2 Sys 0.12", "E2 0.28", "E2 0.28"));
  open({.from = {3}, .to = {6}});
  timeline_->on_interrupt_lines({0}, kDisk);
  script_.at(kMain).space(1).nop(10);
  EXPECT_THAT(events(2), ElementsAre("B3 disk 0.12", "E3 0.28"));
  open({.from = {100}});
  script_.nop(10);
  EXPECT_THAT(events(1), ElementsAre());
}

TEST_F(TimelineTest, CountsByIntervalsOf100Microseconds) {
  Retired miss = step_at(kWork, kWork - kKernelCode);
  miss.fetch_refill = 4;
  for (unsigned step = 0; step < 3; ++step) feed_->step(miss, 1000);
  feed_->step(with_exception(miss, EXC_TLBS), 3000);
  feed_->step(step_at(kWork, kWork - kKernelCode));
  std::vector<std::string> misses;
  EXPECT_TRUE(timeline_->close());
  std::ifstream in(path_);
  uint64_t cycles = 0;
  const json document = json::parse(in);
  for (const json& event : document["traceEvents"]) {
    if (event["ph"] != "C") continue;
    if (event["name"] == "cycles by cause")
      for (const auto& [cause, count] : event["args"].items()) cycles += count.get<uint64_t>();
    else if (event["name"] != "DMA")
      misses.push_back(event["name"].get<std::string>()[0] + event["ts"].dump() + ":" +
                       event["args"]["misses"].dump());
  }
  EXPECT_THAT(misses, ElementsAre("i0.0:3", "d0.0:0", "T0.0:0", "i100.0:1", "d100.0:0", "T100.0:1",
                                  "i200.0:0", "d200.0:0", "T200.0:0"));
  EXPECT_EQ(cycles, feed_->now());
}

TEST_F(TimelineTest, CountsBytesOfDevices) {
  timeline_->on_bus_transfer(64, true);  // nothing is recorded yet
  feed_->step(step_at(kWork, kWork - kKernelCode), 2500);
  timeline_->on_bus_transfer(16, true);
  timeline_->on_bus_transfer(8, false);
  feed_->step(step_at(kWork, kWork - kKernelCode));
  EXPECT_TRUE(timeline_->close());
  std::ifstream in(path_);
  std::vector<std::string> bytes;
  const json document = json::parse(in);
  EXPECT_EQ(violations(document), "");
  for (const json& event : document["traceEvents"])
    if (event["ph"] == "C" && event["name"] == "DMA") bytes.push_back(event["args"].dump());
  EXPECT_THAT(bytes, ElementsAre(R"({"bytes_read":8,"bytes_written":16})",
                                 R"({"bytes_read":0,"bytes_written":0})"));
}

class TimelineOfOperations : public TimelineTest {
 protected:
  TimelineOfOperations() {
    code_ = {};
    add_program(code_, "app.elf", kUserCode, kAppPhys,
                {{Marker::Kind::kOpBegin, kUserCode + 8, "work"},
                 {Marker::Kind::kOpBegin, kUserCode + 16, "part"},
                 {Marker::Kind::kOpEnd, kUserCode + 24, "work"},
                 {Marker::Kind::kOpEnd, kUserCode + 32, "part"}},
                {{kUserCode, 0x100, "main"}});
    open({.from = {0}});
  }
  /// "b work 3 of environment 1".
  std::vector<std::string> spans() {
    EXPECT_TRUE(timeline_->close());
    std::ifstream in(path_);
    const json document = json::parse(in);
    EXPECT_EQ(violations(document), "");
    std::vector<std::string> texts;
    std::map<int, std::string> groups;
    for (const json& event : document["traceEvents"]) {
      const int group = event["pid"];
      if (event["ph"] == "M" && event["name"] == "process_name")
        groups[group] = event["args"]["name"];
      if (!event.contains("id")) continue;
      texts.push_back(event["ph"].get<std::string>() + event["id"].dump() + " " +
                      event["name"].get<std::string>() + " " + event["ts"].dump() + " " +
                      groups[group]);
    }
    return texts;
  }
};

TEST_F(TimelineOfOperations, ShowsThemWithWhoeverBeganThem) {
  script_.at(kMain).space(1).nop(12);
  const std::string who = " operations, address space 1";
  EXPECT_THAT(spans(), ElementsAre("b0 work 0.08" + who, "b1 part 0.16" + who, "e0 work 0.24" + who,
                                   "e1 part 0.32" + who));
}

TEST_F(TimelineOfOperations, BeginsAndEndsWhatIsOpenAtTheEdgesOfTheWindow) {
  open({.from = {3}, .to = {6}});
  script_.at(kMain).space(1).nop(12);
  const std::string who = " operations, address space 1";
  EXPECT_THAT(spans(), ElementsAre("b0 work 0.12" + who, "b1 part 0.16" + who, "e0 work 0.24" + who,
                                   "e1 part 0.28" + who));
}

TEST(TraceEvents, HaveTimesOfAnyClockToThePicosecond) {
  EXPECT_EQ(microseconds_text({1}, 25'000'000), "0.040000");
  EXPECT_EQ(microseconds_text({1}, 16'666'667), "0.060000");
  EXPECT_EQ(microseconds_text({25'000'001}, 25'000'000), "1000000.040000");
  EXPECT_EQ(microseconds_text({~uint64_t{0} - 1}, 1'000'000'000), "18446744073709551.614000");
}

TEST(Timeline, ReportsAFileThatCannotBeWritten) {
  const CodeMap code = call_test_images();
  const TimelineMachine machine{.clock_hz = 1'000'000, .lines = {}};
  const auto ledger = Ledger::create(code).value();
  EXPECT_FALSE(Timeline::create("/no/such/folder/t.json", {.from = {0}}, code, *ledger, machine));
  auto full = Timeline::create("/dev/full", {.from = {0}}, code, *ledger, machine);
  ASSERT_TRUE(full);
  InTurn behind_ledger(ledger.get(), full->get());
  Feed feed(behind_ledger);
  CallScript script([&](const Retired& step) { feed.step(step); });
  for (int round = 0; round < 1000; ++round) script.at(kMain).space(1).syscall().rfe(kMain).nop();
  EXPECT_TRUE((*full)->failed());
  EXPECT_FALSE((*full)->close());
}

}  // namespace
}  // namespace exosim
