// The profile of operations: what is counted for which, and the file against its schema.
#include "sim/observe/profile/operation_profile.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "sim/base/testing/json_schema.hpp"
#include "sim/observe/profile/testing/call_script.hpp"
#include "sim/observe/profile/testing/profile_run.hpp"

namespace exosim {
namespace {

using namespace testing;
using nlohmann::json;
using Kind = Marker::Kind;

/// What the schema has against the document; empty if nothing.
std::string violations(const json& document) {
  std::ifstream in(EXOSIM_SOURCE_DIR "/docs/profile.schema.json");
  return testing::JsonSchema(json::parse(in)).violations(document);
}

/// The programs of the call tests, with operations in app.elf: "outer" from main+8 to main+0x40,
/// "inner" from f+4 to f+0x10.
CodeMap images_with_operations() {
  const CodeMap plain = call_test_images();
  CodeMap code;
  for (const auto& image : plain.images()) {
    ImageInfo info = *image;
    if (info.name == "app.elf")
      info.markers = {{.kind = Kind::kOpBegin, .address = kMain + 8, .name = "outer"},
                      {.kind = Kind::kOpEnd, .address = kMain + 0x40, .name = "outer"},
                      {.kind = Kind::kOpBegin, .address = kF + 4, .name = "inner"},
                      {.kind = Kind::kOpEnd, .address = kF + 0x10, .name = "inner"}};
    const ImageInfo& added = code.add_image(std::move(info));
    for (const auto& [phys, range] : plain.ranges())
      if (range.image == image.get())
        code.add_range({.phys = phys, .size = range.size, .virt = range.virt, .image = &added});
  }
  return code;
}

class OperationProfileTest : public ::testing::Test {
 protected:
  class All final : public Observer {
   public:
    All(ProfileRun& run, OperationCosts& costs) : run_(run), costs_(costs) {}
    void on_retired(Cycles begin, const StepCost& cost, const Retired& retired) override {
      run_.on_retired(begin, cost, retired);
      costs_.on_retired(begin, cost, retired);
    }

   private:
    ProfileRun& run_;
    OperationCosts& costs_;
  };

  json written() {
    json document = json::parse(operation_profile_json(costs_, run_.ledger().operations()));
    EXPECT_EQ(violations(document), "");
    return document;
  }
  /// "main 5, f 3": cycles by function; empty if the operation is not there.
  std::string cycles(const std::string& name) {
    const json document = written();
    std::string text;
    for (const json& operation : document["operations"]) {
      if (operation["name"].is_null() ? !name.empty() : operation["name"] != name) continue;
      for (const json& cost : operation["functions"]) {
        uint64_t sum = 0;
        for (const auto& [cause, count] : cost["causes"].items()) sum += count.get<uint64_t>();
        const json& function = document["functions"][cost["function"].get<size_t>()];
        text += (text.empty() ? "" : ", ") + function["name"].get<std::string>() + " " +
                std::to_string(sum);
      }
    }
    return text;
  }

  CodeMap code_ = images_with_operations();
  ProfileRun run_{code_};
  OperationCosts costs_{run_.ledger(), run_.profile()};
  All all_{run_, costs_};
  Feed feed_{all_};
  CallScript script_{[this](const Retired& step) { feed_.step(step); }};
};

TEST_F(OperationProfileTest, CountsWhatRanBetweenBeginAndEnd) {
  script_.at(kMain).space(1).nop(2).jal(kF).nop(5).ret(kMain + 0x40).nop(2);
  EXPECT_EQ(cycles("outer"), "main 2, f 7");
  EXPECT_EQ(cycles("inner"), "f 3");
  EXPECT_EQ(cycles(""), "main 4");
}

TEST_F(OperationProfileTest, LeavesOutWhatIsNotCompleted) {
  script_.at(kMain).space(1).nop(2).jal(kF).nop(5).ret(kMain + 0x20).nop(2);
  EXPECT_EQ(cycles("outer"), "");
  EXPECT_EQ(cycles("inner"), "f 3");
  EXPECT_EQ(cycles(""), "main 2");
}

TEST_F(OperationProfileTest, AddsUpAllSamples) {
  for (int round = 0; round < 3; ++round) script_.at(kF).space(1).nop(6);
  EXPECT_EQ(cycles("inner"), "f 9");
  EXPECT_EQ(written()["operations"][0]["count"], 3);
  EXPECT_EQ(cycles(""), "f 9");
}

TEST_F(OperationProfileTest, HasTheKernelsWorkAndOtherEnvironmentsInElapsedTime) {
  script_.at(kF).space(1).nop(2).syscall().nop().jal(kWork).nop(2);
  script_.rfe(kMain).space(3).nop(1).syscall().nop().rfe(kF + 0xc).space(1).nop(3);
  EXPECT_EQ(cycles("inner"), "general 6, work 4, main 2, f 3");
}

TEST_F(OperationProfileTest, ChargesAStallToItsLineInTheTimeInWhichItFalls) {
  script_.at(kF).space(1).nop(1);
  feed_.step(step_at(kF + 4, kAppPhys + 0x104, 1), stalled(1, StallCause::kDataCache, 30));
  script_.at(kF + 8).nop(3);
  const json document = written();
  const json& cost = document["operations"][0]["functions"][0];
  EXPECT_EQ(cost["causes"], json::parse(R"({"execute": 3, "data_cache": 30})"));
  EXPECT_EQ(cost["domains"], json::parse(R"({"application": 33})"));
  EXPECT_EQ(cost["lines"][0]["executions"], 3);
}

TEST_F(OperationProfileTest, CountsCalls) {
  script_.at(kMain).space(1).nop(2);
  for (int call = 0; call < 2; ++call) script_.jal(kG).nop().ret(kMain + 0x10).nop();
  script_.at(kMain + 0x40).nop();
  const json document = written();
  EXPECT_EQ(document["operations"][0]["functions"][0]["calls"], 0);  // main: before it began
  EXPECT_EQ(document["operations"][0]["functions"][1]["calls"], 2);
}

TEST_F(OperationProfileTest, BeginsColdWhereTheCachesWereEmptied) {
  script_.at(kF).space(1).nop(1);
  for (int attempt = 0; attempt < 2; ++attempt) {
    run_.ledger().on_cold_start({feed_.now()}, {kAppPhys + 0x104}, 1);
    script_.unfetched(EXC_TLBL, true).nop().rfe(kF + 4);
  }
  script_.nop(4);
  EXPECT_EQ(cycles("inner"), "utlb 3, f 4");
}

}  // namespace
}  // namespace exosim
