// Operations, to the cycle.
#include "sim/observe/ledger/operations.hpp"

#include <gtest/gtest.h>

#include "sim/observe/ledger/ledger.hpp"
#include "sim/observe/testing/steps.hpp"

namespace exosim {
namespace {

using testing::add_program;
using testing::Feed;
using testing::kKernelCode;
using testing::kUserCode;
using testing::not_fetched;
using testing::stalled;
using testing::step_at;
using testing::with_exception;

Marker begins(uint32_t address, const std::string& name) {
  return {.kind = Marker::Kind::kOpBegin, .address = address, .name = name};
}
Marker ends(uint32_t address, const std::string& name) {
  return {.kind = Marker::Kind::kOpEnd, .address = address, .name = name};
}

constexpr uint32_t kAppPhys = 0x10000;

Retired kernel(uint32_t offset) { return step_at(kKernelCode + offset, offset); }
Retired user(uint32_t offset, uint8_t asid) {
  return step_at(kUserCode + offset, kAppPhys + offset, asid);
}

/// A kernel and one application that may run in several environments.
class OperationsTest : public ::testing::Test {
 protected:
  OperationsTest() {
    add_program(code_, "aegis.elf", kKernelCode, 0,
                {begins(kKernelCode + 4, "call"), ends(kKernelCode + 12, "call")});
    add_program(code_, "app.elf", kUserCode, kAppPhys,
                {begins(kUserCode + 4, "fault"), ends(kUserCode + 8, "fault")});
  }

  CodeMap code_;
};

TEST_F(OperationsTest, LastsFromTheFirstInstructionAfterBeginToTheLastBeforeEnd) {
  const auto ledger = Ledger::create(code_).value();
  Feed(*ledger).step(kernel(0), 3).step(kernel(4), 5).step(kernel(8), 7).step(kernel(12), 11);
  const auto rows = ledger->operations().rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].name, "call");
  EXPECT_EQ(rows[0].image, "aegis.elf");
  EXPECT_EQ(rows[0].count, 1u);
  EXPECT_EQ(rows[0].cycles.median, 12u);
  EXPECT_EQ(rows[0].instructions.median, 2u);
  EXPECT_EQ(rows[0].unfinished, 0u);
  EXPECT_EQ(rows[0].unmatched, 0u);
}

TEST_F(OperationsTest, RestartedInstructionFiresOnce) {
  const auto ledger = Ledger::create(code_).value();
  const Retired fault = with_exception(kernel(4), EXC_TLBL, true);
  Feed(*ledger)
      .step(fault, 100)
      .step(not_fetched(kKernelCode + 4, EXC_INT), 50)
      .step(kernel(4), 2)
      .step(kernel(8), 2)
      .step(with_exception(kernel(12), EXC_TLBL, true), 30)
      .step(kernel(12));
  const auto rows = ledger->operations().rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].count, 1u);
  EXPECT_EQ(rows[0].cycles.max, 34u);  // the end's own fault is before the end
  EXPECT_EQ(rows[0].instructions.max, 2u);
  EXPECT_EQ(rows[0].unfinished + rows[0].unmatched, 0u);
}

TEST_F(OperationsTest, SystemCallCompletesByItsException) {
  const auto ledger = Ledger::create(code_).value();
  Retired call = with_exception(kernel(4), EXC_SYS);
  call.op_class = isa::OpClass::kTrap;
  Feed(*ledger).step(call, 4).step(kernel(12));
  ASSERT_EQ(ledger->operations().rows().size(), 1u);
  EXPECT_EQ(ledger->operations().rows()[0].cycles.max, 4u);
  EXPECT_EQ(ledger->operations().rows()[0].instructions.max, 1u);
}

TEST_F(OperationsTest, EnvironmentsDoNotMix) {
  const auto ledger = Ledger::create(code_).value();
  Feed(*ledger).step(user(4, 1), 10).step(user(4, 2), 20).step(user(8, 1), 30).step(user(8, 2), 40);
  const auto rows = ledger->operations().rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].name, "fault");
  EXPECT_EQ(rows[0].count, 2u);
  EXPECT_EQ(rows[0].cycles.min, 30u);
  EXPECT_EQ(rows[0].cycles.max, 50u);
}

TEST_F(OperationsTest, KernelOperationsGoOnAcrossAddressSpaces) {
  const auto ledger = Ledger::create(code_).value();
  Retired begin = kernel(4);
  Retired end = kernel(12);
  begin.asid = 1;
  end.asid = 2;
  Feed(*ledger).step(begin, 6).step(end);
  ASSERT_EQ(ledger->operations().rows().size(), 1u);
  EXPECT_EQ(ledger->operations().rows()[0].cycles.max, 6u);
}

TEST_F(OperationsTest, PassagesGoOnAcrossAddressSpaces) {
  CodeMap code;
  add_program(code, "app.elf", kUserCode, kAppPhys,
              {{Marker::Kind::kPassageBegin, kUserCode + 4, "yield"},
               {Marker::Kind::kPassageEnd, kUserCode + 8, "yield"}});
  const auto ledger = Ledger::create(code).value();
  Feed(*ledger).step(user(8, 2), 1).step(user(4, 1), 10).step(user(0, 3), 20).step(user(8, 2));
  const auto rows = ledger->operations().rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].count, 1u);
  EXPECT_EQ(rows[0].cycles.max, 30u);
  EXPECT_EQ(rows[0].unmatched, 1u);
}

TEST_F(OperationsTest, RecursionNests) {
  const auto ledger = Ledger::create(code_).value();
  Feed(*ledger).step(kernel(4), 10).step(kernel(4), 10).step(kernel(12), 10).step(kernel(12), 10);
  const auto rows = ledger->operations().rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].count, 2u);
  EXPECT_EQ(rows[0].cycles, (Summary{.min = 10, .median = 10, .p99 = 30, .max = 30, .total = 40}));
}

TEST_F(OperationsTest, CountsWhatHasNoPartner) {
  const auto ledger = Ledger::create(code_).value();
  Feed(*ledger).step(kernel(12)).step(user(4, 1)).step(user(8, 2)).step(user(4, 3));
  const auto rows = ledger->operations().rows();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].name, "call");
  EXPECT_EQ(rows[0].unmatched, 1u);
  EXPECT_EQ(rows[1].name, "fault");
  EXPECT_EQ(rows[1].count, 0u);
  EXPECT_EQ(rows[1].unfinished, 2u);
  EXPECT_EQ(rows[1].unmatched, 1u);
}

TEST_F(OperationsTest, OfEndlessBeginsTheOldestAreForgotten) {
  const auto ledger = Ledger::create(code_).value();
  Feed feed(*ledger);
  for (int times = 0; times < 5000; ++times) feed.step(kernel(4));
  EXPECT_EQ(ledger->operations().rows()[0].unfinished, 5000u);
  feed.step(kernel(12));
  EXPECT_EQ(ledger->operations().rows()[0].count, 1u);
  EXPECT_EQ(ledger->operations().rows()[0].cycles.max, 1u);
  for (int times = 0; times < 4999; ++times) feed.step(kernel(12));
  const auto rows = ledger->operations().rows();
  EXPECT_EQ(rows[0].count, 4096u);
  EXPECT_EQ(rows[0].unfinished, 904u);
  EXPECT_EQ(rows[0].unmatched, 904u);
}

TEST_F(OperationsTest, TwoCopiesOfAnImageShareARow) {
  add_program(code_, "app.elf", kUserCode, 0x20000,
              {begins(kUserCode + 4, "fault"), ends(kUserCode + 8, "fault")});
  const auto ledger = Ledger::create(code_).value();
  Feed(*ledger)
      .step(user(4, 1), 5)
      .step(user(8, 1), 5)
      .step(step_at(kUserCode + 4, 0x20004, 2), 7)
      .step(step_at(kUserCode + 8, 0x20008, 2), 7);
  ASSERT_EQ(ledger->operations().rows().size(), 1u);
  EXPECT_EQ(ledger->operations().rows()[0].count, 2u);
  EXPECT_EQ(ledger->operations().rows()[0].cycles.total, 12u);
}

uint64_t cycles_by(const OperationRow& row, StallCause cause) {
  return row.table.causes().cycles[1 + static_cast<size_t>(cause)];
}

TEST_F(OperationsTest, HasTheStallsOfItsWindowWhoeverCausedThem) {
  const auto ledger = Ledger::create(code_).value();
  Feed(*ledger)
      .step(kernel(0), stalled(0, StallCause::kDataCache, 100))
      .step(kernel(4), stalled(1, StallCause::kDataCache, 5))  // caused before BEGIN
      .step(not_fetched(kKernelCode + 8, EXC_INT), stalled(0, StallCause::kException, 3))
      .step(kernel(8), stalled(3, StallCause::kWriteBuffer, 2))
      .step(kernel(12), stalled(1, StallCause::kDataCache, 50));  // after END
  const auto rows = ledger->operations().rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].cycles.total, 13u);
  EXPECT_EQ(rows[0].table.sum(), 13u);
  EXPECT_EQ(rows[0].table.causes().cycles[kExecute], 3u);
  EXPECT_EQ(cycles_by(rows[0], StallCause::kDataCache), 5u);
  EXPECT_EQ(cycles_by(rows[0], StallCause::kException), 3u);
  EXPECT_EQ(cycles_by(rows[0], StallCause::kWriteBuffer), 2u);
}

TEST_F(OperationsTest, ClockByCauseHasAllStepsAndStallsOfAllAges) {
  const auto ledger = Ledger::create(code_).value();
  StepCost cost = stalled(0, StallCause::kFloat, 7);
  cost.stall(3, StallCause::kDataCache, 5);
  cost.stall(1, StallCause::kDataCache, 2);
  Feed feed(*ledger);
  feed.step(kernel(0)).step(not_fetched(kUserCode, EXC_TLBL, true), cost).step(user(0x100, 1));
  const auto cycles = ledger->totals().causes().cycles;
  EXPECT_EQ(cycles[kExecute], 3u);
  EXPECT_EQ(cycles[1 + static_cast<size_t>(StallCause::kDataCache)], 7u);
  EXPECT_EQ(cycles[1 + static_cast<size_t>(StallCause::kFloat)], 7u);
  EXPECT_EQ(ledger->totals().sum(), feed.now());
}

TEST_F(OperationsTest, BeginsColdWhereTheMachineEmptied) {
  const auto ledger = Ledger::create(code_).value();
  Feed feed(*ledger);
  const auto empty = [&] { ledger->on_cold_start({feed.now()}, {kAppPhys + 4}, 1); };
  feed.step(user(4, 1), 2).step(user(8, 1));  // warm
  empty();
  feed.step(not_fetched(kUserCode + 4, EXC_INT, false, 1), 500);
  empty();
  feed.step(not_fetched(kUserCode + 4, EXC_TLBL, true, 1), 10)
      .step(kernel(0), stalled(0, StallCause::kDataCache, 15))
      .step(user(4, 2))  // another space, warm
      .step(user(4, 1), 3)
      .step(user(8, 1));
  const auto rows = ledger->operations().rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].count, 2u);
  EXPECT_EQ(rows[0].cold, 1u);
  EXPECT_EQ(rows[0].cycles.min, 2u);
  EXPECT_EQ(rows[0].cycles.max, 30u);
  EXPECT_EQ(rows[0].instructions.max, 3u);
  EXPECT_EQ(rows[0].table.sum(), rows[0].cycles.total);
  EXPECT_EQ(rows[0].unfinished, 1u);
}

TEST_F(OperationsTest, CausesOfRecursionAreCountedAtEachLevel) {
  const auto ledger = Ledger::create(code_).value();
  Feed(*ledger)
      .step(kernel(4))
      .step(kernel(4), stalled(2, StallCause::kUncached, 9))
      .step(kernel(12))
      .step(kernel(12));
  const auto rows = ledger->operations().rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].table.sum(), rows[0].cycles.total);
  EXPECT_EQ(cycles_by(rows[0], StallCause::kUncached), 18u);
}

TEST(Operations, MarkersAtOneAddressFireInSectionOrder) {
  CodeMap code;
  add_program(code, "k.elf", kKernelCode, 0,
              {begins(kKernelCode, "loop"), ends(kKernelCode + 8, "loop"),
               begins(kKernelCode + 8, "loop"), ends(kKernelCode + 16, "loop"),
               begins(kKernelCode + 16, "empty"), ends(kKernelCode + 16, "empty")});
  const auto ledger = Ledger::create(code).value();
  Feed(*ledger).step(kernel(0), 2).step(kernel(8), 3).step(kernel(16), 4);
  const auto rows = ledger->operations().rows();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].name, "empty");
  EXPECT_EQ(rows[0].count, 1u);
  EXPECT_EQ(rows[0].cycles.max, 0u);
  EXPECT_EQ(rows[1].name, "loop");
  EXPECT_EQ(rows[1].count, 2u);
  EXPECT_EQ(rows[1].cycles.total, 5u);
}

}  // namespace
}  // namespace exosim
