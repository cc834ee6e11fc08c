// What is written for known steps; callgrind_annotate itself reads a whole run's in
// .ci/check_profiles.py.
#include "sim/observe/profile/callgrind.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "sim/observe/profile/inclusive.hpp"
#include "sim/observe/profile/testing/call_script.hpp"
#include "sim/observe/profile/testing/profile_run.hpp"

namespace exosim {
namespace {

using namespace testing;
using ::testing::HasSubstr;

/// Line 10 and the following, one for each word; inlined code of a header in the middle of f.
class Lines final : public LineTable {
 public:
  std::optional<SourceLine> find(uint32_t virt) override {
    const bool is_inlined = virt == kF + 4;
    return SourceLine{is_inlined ? "inlined.h" : "app.c", 10 + (virt - kUserCode) / 4};
  }
};

class CallgrindTest : public ::testing::Test {
 protected:
  CallgrindTest() {
    for (const auto& image : code_.images())
      if (image->name == "app.elf") image->lines = std::make_shared<Lines>();
  }

  std::string written() const {
    const auto path = std::filesystem::path(EXOSIM_BINARY_DIR) /
                      (::testing::UnitTest::GetInstance()->current_test_info()->name() +
                       std::string(".callgrind"));
    auto file = TextFile::create(path);
    EXPECT_TRUE(file);
    write_callgrind(profile_, *file);
    EXPECT_TRUE(file->close());
    std::ifstream in(path);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    std::filesystem::remove(path);
    return text;
  }
  FunctionId function(const std::string& name) const {
    for (FunctionId id = 0; id < profile_.sites().functions(); ++id)
      if (profile_.sites().function(id).name == name) return id;
    ADD_FAILURE() << name;
    return 0;
  }
  /// Cycles of a function and of all that it called.
  uint64_t inclusive(const std::string& name) const {
    const FunctionId id = function(name);
    uint64_t cycles = 0;
    const CodeSites& sites = profile_.sites();
    for (SiteId site = 0; site < sites.sites(); ++site)
      if (sites.function_of(site) == id) cycles += profile_.of_site(site).causes.sum();
    for (const auto& [edge, cost] : call_edges(profile_))
      if (edge.caller == id) cycles += cost.inclusive.causes.sum();
    return cycles;
  }

  CodeMap code_ = call_test_images();
  ProfileRun run_{code_};
  const Profile& profile_ = run_.profile();
  Feed feed_{run_};
  CallScript script_{[this](const Retired& step) { feed_.step(step); }};
};

TEST_F(CallgrindTest, HasTheHeaderInTheOrderThatReadersWant) {
  script_.at(kWork).nop();
  EXPECT_THAT(written(), HasSubstr("positions: instr line\n"));
  EXPECT_THAT(written(), HasSubstr("events: Cycles Instructions Execute InstructionCache MicroTlb "
                                   "DataCache Uncached PartialStore WriteBuffer BusContention "
                                   "MultiplyDivide Float Exception\nsummary: 1 1 1 "));
}

TEST_F(CallgrindTest, WritesInstructionsWithTheirLinesAndCalls) {
  script_.at(kSyscall).rfe(kMain).space(1).jal(kF).nop().nop().ret(kMain + 8);
  EXPECT_THAT(written(), HasSubstr("ob=(2) app.elf\n"
                                   "fl=(2) app.c\n"
                                   "fn=(2) main\n"
                                   "0x400000 10 1 1 1 0 0 0 0 0 0 0 0 0 0\n"
                                   "cob=(2)\ncfi=(2)\ncfn=(3) f\ncalls=1 0x400100 74\n"
                                   "0x400000 10 4 4 4 0 0 0 0 0 0 0 0 0 0\n"
                                   "0x400004 11 1 1 1 0 0 0 0 0 0 0 0 0 0\n"));
  EXPECT_THAT(written(), HasSubstr("fn=(3)\n"
                                   "0x400100 74 1 1 1 0 0 0 0 0 0 0 0 0 0\n"
                                   "fi=(3) inlined.h\n"
                                   "0x400104 75 1 1 1 0 0 0 0 0 0 0 0 0 0\n"
                                   "fe=(2)\n"
                                   "0x400108 76 1 1 1 0 0 0 0 0 0 0 0 0 0\n"));
}

TEST_F(CallgrindTest, ChargesAStallToTheCallsThatItsInstructionStandsIn) {
  script_.at(kMain).space(1).jal(kF).nop(3);
  // The load of the last instruction of f is waited for when main goes on.
  CallScript(script_).ret(kMain + 8);
  feed_.step(step_at(kMain + 8, kAppPhys + 8, 1), stalled(1, StallCause::kDataCache, 100));
  EXPECT_EQ(inclusive("f"), 105u);
  EXPECT_EQ(inclusive("main"), 108u);
  EXPECT_EQ(profile_.total().causes.sum(), 108u);
}

TEST_F(CallgrindTest, HasTheTimeBetweenStepsAsAFunctionOfItsOwn) {
  script_.at(kMain).space(1).nop();
  feed_.pass(41);
  script_.nop();
  EXPECT_THAT(written(), HasSubstr("fn=(2) (between steps)\n0x0 0 41 0 41 0 0"));
  EXPECT_THAT(written(), HasSubstr("\ntotals: 43 2 43 0"));
}

TEST_F(CallgrindTest, CountsEachStepOfARecursionOnce) {
  script_.at(kMain).space(1).sp(0x1000).jal(kF).sp(0xf00).jal(kG).sp(0xe00);
  script_.jal(kF).sp(0xd00).jal(kG).sp(0xc00);  // main f g f g
  script_.ret_with_sp(kF + 12, 0xd00).ret_with_sp(kG + 12, 0xe00).ret_with_sp(kF + 12, 0xf00);
  script_.ret_with_sp(kMain + 12, 0x1000).nop();
  const uint64_t all = feed_.now();
  EXPECT_EQ(inclusive("main"), all);
  EXPECT_EQ(inclusive("f"), all - 4);
  EXPECT_EQ(inclusive("g"), all - 4 - 3 - 2);
}

/// Anything that could come from a processor, and most that could not.
rc::Gen<Retired> arbitrary_step() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange<uint32_t>(0, 24), rc::gen::inRange(0, 8),
                     rc::gen::inRange(0, 12), rc::gen::inRange<uint32_t>(0, 4)),
      [](const std::tuple<uint32_t, int, int, uint32_t>& choice) {
        const auto [place, what, mode, space] = choice;
        const bool user = mode < 6;
        const uint32_t offset = place % 12 * 0x80 + place / 12 * 4;
        const uint32_t pc = (user ? kUserCode : kKernelCode) + offset;
        Retired step = step_at(pc, (user ? kAppPhys : 0) + offset, static_cast<uint8_t>(space));
        constexpr std::array<uint32_t, 4> kJumps = {0x03e00008, 0x03400008, 0x0320f809, 0x08100000};
        if (what < 4) {
          step.op_class = isa::OpClass::kJump;
          step.word = {kJumps[static_cast<size_t>(what)]};
          step.branch_taken = true;
          if (what == 2) {
            step.dest = REG_RA;
            step.dest_value = pc + 8;
          }
        } else if (what == 4) {
          step.dest = REG_SP;
          step.dest_value = 0x1000 - space * 0x40;
        } else if (what == 5) {
          step = with_exception(step, mode % 2 == 0 ? EXC_SYS : EXC_TLBL);
        } else if (what == 6) {
          step = not_fetched(pc, EXC_INT, false, step.asid);
        }
        return step;
      });
}

/// Cycles while each function was active, found out step by step.
class ActiveTimes {
 public:
  explicit ActiveTimes(const CodeMap& code) : sites_(code), stack_(sites_, tree_) {}

  void step(const Retired& retired) {
    stack_.see(retired);
    std::set<FunctionId> active;
    for (NodeId node = stack_.node(); node != CallTree::kRoot; node = tree_[node].parent)
      active.insert(tree_[node].function);
    for (const FunctionId function : active) ++cycles_[function];
  }
  const std::map<FunctionId, uint64_t>& cycles() const { return cycles_; }

 private:
  CodeSites sites_;
  CallTree tree_;
  CallStack stack_;
  std::map<FunctionId, uint64_t> cycles_;
};

RC_GTEST_PROP(Callgrind, InclusiveCostIsTheTimeThatAFunctionWasActive, ()) {
  const CodeMap code = call_test_images();
  ProfileRun run(code);
  const Profile& profile = run.profile();
  ActiveTimes times(code);
  Feed feed(run);
  const auto steps = *rc::gen::container<std::vector<Retired>>(200, arbitrary_step());
  for (size_t index = 0; index < steps.size(); ++index) {
    Retired step = steps[index];
    if (index + 1 < steps.size() && !step.exception.taken) step.next_pc = steps[index + 1].pc;
    feed.step(step);
    times.step(step);
  }
  RC_ASSERT(profile.total().causes.sum() == feed.now());
  std::map<FunctionId, uint64_t> inclusive;
  const CodeSites& sites = profile.sites();
  for (SiteId site = 0; site < sites.sites(); ++site)
    inclusive[sites.function_of(site)] += profile.of_site(site).causes.sum();
  for (const auto& [edge, cost] : call_edges(profile))
    inclusive[edge.caller] += cost.inclusive.causes.sum();
  for (const auto& [function, cycles] : times.cycles()) RC_ASSERT(inclusive[function] == cycles);
}

}  // namespace
}  // namespace exosim
