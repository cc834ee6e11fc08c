// Every cycle in one cell.
#include "sim/observe/ledger/ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sim/observe/testing/steps.hpp"

namespace exosim {
namespace {

using testing::add_program;
using testing::Feed;
using ::testing::HasSubstr;
using testing::kKernelCode;
using testing::kUserCode;
using testing::stalled;
using testing::step_at;
using testing::with_exception;
using Kind = Marker::Kind;

constexpr uint32_t kAppPhys = 0x10000;
constexpr uint32_t kWord = 0x800;  // of the kernel: who runs, times 32

Retired kernel(uint32_t offset) { return step_at(kKernelCode + offset, offset); }
Retired user(uint32_t offset, uint8_t asid = 1) {
  return step_at(kUserCode + offset, kAppPhys + offset, asid);
}
Retired store(uint32_t phys, uint32_t value) {
  Retired retired = kernel(0x20);
  retired.data = {.kind = DataAccess::Kind::kStore, .width = 4, .phys = {phys}, .value = value};
  return retired;
}

Marker at(uint32_t address, Kind kind, const std::string& name) {
  return {.kind = kind, .address = address, .name = name};
}

/// A kernel that says who runs and has one operation, and a program that has two.
class LedgerTest : public ::testing::Test {
 protected:
  LedgerTest() {
    add_program(
        code_, "aegis.elf", kKernelCode, 0,
        {at(kKernelCode + kWord, Kind::kOwner, "environment/32"),
         at(kKernelCode + 4, Kind::kOpBegin, "call"), at(kKernelCode + 12, Kind::kOpEnd, "call")});
    add_program(
        code_, "app.elf", kUserCode, kAppPhys,
        {at(kUserCode + 4, Kind::kOpBegin, "fault"), at(kUserCode + 8, Kind::kOpEnd, "fault"),
         at(kUserCode + 0x100, Kind::kDomainFunction, "management")},
        {{kUserCode + 0x100, 0x40, "pipe_read"}});
    ledger_ = Ledger::create(code_).value();
  }

  /// Cycles of the operation ("" for none) and owner in this domain.
  uint64_t cycles(const std::string& operation, const std::string& owner, Domain domain) const {
    uint64_t cycles = 0;
    for (const LedgerEntry& entry : ledger_->entries())
      if (entry.operation == operation && entry.owner == owner) cycles += entry.table[domain].sum();
    return cycles;
  }

  CodeMap code_;
  std::unique_ptr<Ledger> ledger_;
};

TEST_F(LedgerTest, CyclesGoToTheInnermostOperationAndToWhoRuns) {
  Feed feed(*ledger_);
  feed.step(kernel(0), 2)
      .step(store(kWord, 3 * 32), 3)  // still the kernel's
      .step(user(0), 5)
      .step(user(4), 7)     // fault begins
      .step(kernel(4), 11)  // call begins, within it
      .step(kernel(12), 13)
      .step(store(kWord, 4 * 32), 17)
      .step(user(0), 19)  // another environment: not in that operation
      .step(store(kWord, 3 * 32), 23)
      .step(user(0), 29)
      .step(user(8), 31);
  EXPECT_EQ(cycles("", "kernel", Domain::kMultiplexing), 2u + 3);
  EXPECT_EQ(cycles("", "environment 3", Domain::kApplication), 5u + 31);
  EXPECT_EQ(cycles("fault", "environment 3", Domain::kApplication), 7u + 29);
  EXPECT_EQ(cycles("call", "environment 3", Domain::kMultiplexing), 11u);
  EXPECT_EQ(cycles("fault", "environment 3", Domain::kMultiplexing), 13u + 17);
  EXPECT_EQ(cycles("", "environment 4", Domain::kApplication), 19u);
  EXPECT_EQ(cycles("", "environment 4", Domain::kMultiplexing), 23u);
  EXPECT_EQ(ledger_->totals().sum(), feed.now());
}

TEST_F(LedgerTest, OperationHasAllCyclesOfItsTimeByDomain) {
  Feed(*ledger_)
      .step(user(4), 3)
      .step(with_exception(user(0x10), EXC_TLBL, true), 5)
      .step(kernel(4), 7)
      .step(kernel(12), 11)
      .step(user(0x100), 13)
      .step(user(8), 17);
  const auto rows = ledger_->operations().rows();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].name, "fault");
  EXPECT_EQ(rows[1].table.domains(), (DomainTotals{5, 7 + 11, 13, 3, 0}));
  EXPECT_EQ(rows[1].table.sum(), rows[1].cycles.total);
}

TEST_F(LedgerTest, StallBelongsToTheDomainThatCausedItInTheTimeOfWhoWaits) {
  Feed(*ledger_)
      .step(store(kWord, 32))
      .step(user(0x100))
      .step(user(4), stalled(1, StallCause::kDataCache, 15))
      .step(user(8));
  EXPECT_EQ(cycles("fault", "environment 1", Domain::kManagement), 15u);
  EXPECT_EQ(cycles("fault", "environment 1", Domain::kApplication), 1u);
  EXPECT_EQ(cycles("", "environment 1", Domain::kManagement), 1u);
}

TEST_F(LedgerTest, StallsOfAllAgesFindTheirInstruction) {
  StepCost cost = stalled(0, StallCause::kInstructionCache, 10);
  cost.stall(3, StallCause::kDataCache, 300);
  cost.stall(2, StallCause::kFloat, 2);
  cost.stall(1, StallCause::kWriteBuffer, 40);
  Feed feed(*ledger_);
  feed.step(kernel(0), stalled(3, StallCause::kDataCache, 5000))  // before the first step
      .step(kernel(0))
      .step(user(0x100))
      .step(with_exception(user(0x104), EXC_SYS))
      .step(user(0), cost);
  EXPECT_EQ(ledger_->totals().domains(), (DomainTotals{1 + 40, 5000 + 2 + 300, 1 + 2, 1 + 10, 0}));
  EXPECT_EQ(ledger_->totals().sum(), feed.now());
}

TEST_F(LedgerTest, OnlyAWholeWordThatIsStoredNamesTheOwner) {
  Retired half = store(kWord, 2 * 32);
  half.data.width = 2;
  Retired load = store(kWord, 2 * 32);
  load.data.kind = DataAccess::Kind::kLoad;
  Feed(*ledger_)
      .step(half)
      .step(load)
      .step(store(kWord + 4, 2 * 32))
      .step(with_exception(store(kWord, 2 * 32), EXC_TLBS))
      .step(user(0));
  EXPECT_EQ(ledger_->entries().size(), 1u);
  EXPECT_EQ(ledger_->entries()[0].owner, "kernel");
}

TEST_F(LedgerTest, CellsAddUpToTheClock) {
  const bool ok = rc::check([&] {
    const auto ledger = Ledger::create(code_).value();
    Feed feed(*ledger);
    const auto steps = *rc::gen::container<std::vector<uint32_t>>(rc::gen::arbitrary<uint32_t>());
    for (const uint32_t bits : steps) {
      const uint32_t offset = bits % 0x200 / 4 * 4;
      Retired retired = (bits >> 12) % 2 == 0 ? user(offset) : kernel(offset);
      if ((bits >> 13) % 4 == 0) retired = with_exception(retired, EXC_SYS);
      if ((bits >> 13) % 4 == 1) retired = store(kWord, bits >> 24);
      const auto cause = static_cast<StallCause>((bits >> 22) % kStallCauses);
      feed.step(retired, stalled((bits >> 26) % 4, cause, (bits >> 16) % 16));
    }
    CycleTable cells;
    for (const LedgerEntry& entry : ledger->entries()) cells += entry.table;
    RC_ASSERT(cells == ledger->totals());
    RC_ASSERT(cells.sum() == feed.now());
    for (const OperationRow& row : ledger->operations().rows())
      RC_ASSERT(row.table.sum() == row.cycles.total);
  });
  EXPECT_TRUE(ok);
}

TEST_F(LedgerTest, EndlesslyManyOwnersAreCountedTogether) {
  Feed feed(*ledger_);
  for (uint32_t owner = 1; owner < 70'000; ++owner) feed.step(store(kWord, owner * 32));
  const auto entries = ledger_->entries();
  EXPECT_EQ(entries.size(), 65'537u);
  EXPECT_EQ(entries.back().owner, "others");
  EXPECT_EQ(entries.back().table.sum(), 69'999u - 65'536);
}

TEST_F(LedgerTest, KeepsSamplesOnRequest) {
  const auto ledger = Ledger::create(code_, Operations::Samples::kKeep).value();
  Feed feed(*ledger);
  feed.step(user(4), 3).step(user(8));
  ledger->on_cold_start({feed.now()}, {kAppPhys + 4}, 1);
  feed.step(user(4), 9).step(user(8));
  EXPECT_EQ(ledger->operations().rows()[0].samples,
            (std::vector<OperationSample>{{3, false}, {9, true}}));
  Feed(*ledger_).step(user(4), 3).step(user(8));
  EXPECT_TRUE(ledger_->operations().rows()[0].samples.empty());
}

TEST(Ledger, WithoutADeclarationTheAddressSpaceOwns) {
  CodeMap code;
  add_program(code, "other.elf", kKernelCode, 0, {});
  add_program(code, "app.elf", kUserCode, kAppPhys, {});
  const auto ledger = Ledger::create(code).value();
  Retired filling = kernel(8);
  filling.asid = 9;  // it looks after another space for a moment
  Feed(*ledger).step(kernel(0), 2).step(user(0, 0), 3).step(filling, 5).step(user(4, 4), 7);
  const auto entries = ledger->entries();
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].owner, "kernel");
  EXPECT_EQ(entries[0].table.sum(), 2u);
  EXPECT_EQ(entries[1].owner, "address space 0");
  EXPECT_EQ(entries[1].table.sum(), 8u);
  EXPECT_EQ(entries[2].owner, "address space 4");
  EXPECT_EQ(entries[2].table.sum(), 7u);
}

std::string refusal(std::vector<Marker> markers) {
  CodeMap code;
  add_program(code, "k.elf", kKernelCode, 0, std::move(markers));
  const auto ledger = Ledger::create(code);
  return ledger ? "" : ledger.error().text();
}

TEST(Ledger, RefusesOwnersThatMakeNoSense) {
  for (const char* name : {"environment", "environment/", "environment/0", "/32", "a/3x", "a/-1"})
    EXPECT_THAT(refusal({at(kKernelCode, Kind::kOwner, name)}),
                HasSubstr("at 0x80000000: expected NAME/DIVISOR, as in \"environment/32\""))
        << name;
  EXPECT_THAT(
      refusal({at(kKernelCode, Kind::kOwner, "a/1"), at(kKernelCode + 4, Kind::kOwner, "b/1")}),
      HasSubstr("owner marker \"b/1\" at 0x80000004: another one is declared already"));
  EXPECT_THAT(refusal({at(0xc0000000, Kind::kOwner, "a/1")}), HasSubstr("is not in loaded memory"));
  EXPECT_EQ(refusal({at(kKernelCode, Kind::kOwner, "a/b/1")}), "");
}

}  // namespace
}  // namespace exosim
