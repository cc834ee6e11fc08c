// The stack after scripts of steps: functions from the outermost to the innermost.
#include "sim/observe/profile/call_stack.hpp"

#include <gtest/gtest.h>

#include <string>

#include "sim/observe/profile/testing/call_script.hpp"

namespace exosim {
namespace {

using namespace testing;

constexpr uint32_t kSp = 0x7fff0000;

class CallStackTest : public ::testing::Test {
 protected:
  /// "main f g".
  std::string active() const {
    std::string names;
    for (const FunctionId function : stack_.functions())
      names += (names.empty() ? "" : " ") + sites_.function(function).name;
    return names;
  }
  /// The same of the chain of calls to which the last step belongs.
  std::string chain() const {
    std::string names;
    for (NodeId node = stack_.node(); node != CallTree::kRoot; node = tree_[node].parent)
      names = sites_.function(tree_[node].function).name + (names.empty() ? "" : " ") + names;
    return names;
  }
  /// A program that the kernel has started is in main.
  CallScript& in_main(uint8_t asid = 1) {
    return script_.at(kSyscall).nop().rfe(kMain).space(asid).nop().sp(kSp);
  }
  /// The same, and main has called f, which has a frame of 32 bytes.
  CallScript& in_f(uint8_t asid = 1) { return in_main(asid).jal(kF).sp(kSp - 32); }
  /// From the vector into the kernel's C++ and back to its assembly.
  CallScript& work() { return script_.nop().j(kSyscall).jal(kWork).nop().ret(kSyscall + 8); }

  CodeMap code_ = call_test_images();
  CodeSites sites_{code_};
  CallTree tree_;
  CallStack stack_{sites_, tree_};
  CallScript script_{[this](const Retired& step) {
    stack_.see(step);
    const bool is_whole = stack_.functions().size() < CallTree::kMaxDepth && !has_forgotten_;
    EXPECT_EQ(is_whole ? chain() : "", is_whole ? active() : "");
  }};
  bool has_forgotten_ = false;
};

TEST_F(CallStackTest, GrowsWithCallsAndShrinksWithReturns) {
  script_.at(kSyscall).nop();
  EXPECT_EQ(active(), "syscall");
  script_.jal(kWork);
  EXPECT_EQ(active(), "syscall");  // until the first instruction of what is called
  script_.nop();
  EXPECT_EQ(active(), "syscall work");
  script_.jalr(kThread).nop();
  EXPECT_EQ(active(), "syscall work thread");
  script_.ret(kWork + 12).nop();
  EXPECT_EQ(active(), "syscall work");
  script_.ret(kSyscall + 12).nop();
  EXPECT_EQ(active(), "syscall");
}

TEST_F(CallStackTest, ChargesTheDelaySlotToWhereTheJumpStands) {
  in_main().jal(kF);
  EXPECT_EQ(active(), "main");
  EXPECT_EQ(sites_.site(stack_.site()).address, kMain + 12);
}

TEST_F(CallStackTest, CallsThroughAnyLinkRegister) {
  in_main().jalr(kF, 8).nop();
  EXPECT_EQ(active(), "main f");
  script_.jr(8, kMain + 16).nop();  // no jr ra: a jump into the middle of what was left
  EXPECT_EQ(active(), "main");
}

TEST_F(CallStackTest, TakesAJumpForACallIfRaIsTheAddressBehindIt) {
  in_main().set(REG_RA, kMain + 0x14).nop();
  ASSERT_EQ(script_.pc(), kMain + 0x10);
  script_.at(kMain + 0x0c).jr(REG_T9, kF).nop();
  EXPECT_EQ(active(), "main f");
  script_.ret(kMain + 0x14).nop();
  EXPECT_EQ(active(), "main");
}

TEST_F(CallStackTest, KnowsThatABranchAndLinkWithinAFunctionIsNoCall) {
  in_main().branch_and_link(kMain + 0x40).nop();
  EXPECT_EQ(active(), "main");
  script_.ret(kMain + 0x10).nop();
  EXPECT_EQ(active(), "main");
  script_.branch_and_link(kF).nop();
  EXPECT_EQ(active(), "main f");
}

TEST_F(CallStackTest, ReplacesAFunctionThatJumpsToAnother) {
  in_f().j(kG).nop();
  EXPECT_EQ(active(), "main g");
  script_.ret_with_sp(kMain + 16, kSp).nop();
  EXPECT_EQ(active(), "main");
  script_.jal(kF).jr(REG_T9, kG).nop();
  EXPECT_EQ(active(), "main g");
}

TEST_F(CallStackTest, ReplacesAFunctionThatRunsIntoTheNext) {
  in_main().jal(kF).at(kF + 0xfc).nop(2);
  EXPECT_EQ(active(), "main g");
  script_.branch(kHandler).nop();
  EXPECT_EQ(active(), "main handler");
}

TEST_F(CallStackTest, HasLabelsAsPartsOfTheFunctionAround) {
  in_main().jal(kHandler).at(kHandler + 0x3c).nop(2);
  EXPECT_EQ(active(), "main handler");
}

TEST_F(CallStackTest, CountsALoopToTheOwnBeginningAsNothing) {
  in_main().jal(kF).nop().j(kF).nop().branch(kF).nop();
  EXPECT_EQ(active(), "main f");
  EXPECT_EQ(tree_[stack_.node()].calls, 1u);
}

TEST_F(CallStackTest, TellsLevelsOfARecursionApartByTheStackPointer) {
  in_f().jal(kF).sp(kSp - 64).jal(kF).sp(kSp - 96);
  EXPECT_EQ(active(), "main f f f");
  // Both of the inner levels return to one address; a longjmp leaves two levels at once.
  script_.ret_with_sp(kF + 12, kSp - 32).nop();
  EXPECT_EQ(active(), "main f");
}

TEST_F(CallStackTest, UnwindsFramesThatAReturnPassesBy) {
  in_f().jal(kG).sp(kSp - 64).jal(kHandler).sp(kSp - 96);
  EXPECT_EQ(active(), "main f g handler");
  script_.ret_with_sp(kMain + 16, kSp).nop();
  EXPECT_EQ(active(), "main");
}

TEST_F(CallStackTest, UnwindsToWhereALongjmpGoes) {
  in_f().jal(kG).sp(kSp - 64);
  script_.ret_with_sp(kMain + 0x40, kSp).nop();  // behind the call of a setjmp long before
  EXPECT_EQ(active(), "main");
}

TEST_F(CallStackTest, StaysInARecursionThatJumpsOutOfLineAndBack) {
  in_f().jal(kF).sp(kSp - 64);
  script_.j(kG).nop().j(kF + 0x40).nop();  // its unlikely part stands elsewhere
  EXPECT_EQ(active(), "main f f");
}

TEST_F(CallStackTest, PutsTheKernelOnTopOfWhatAnExceptionInterrupts) {
  in_f().fault(EXC_BP);
  EXPECT_EQ(active(), "main f");  // the step itself is the program's
  script_.nop();
  EXPECT_EQ(active(), "main f general");
  work();
  EXPECT_EQ(active(), "main f syscall work");
  script_.nop();
  EXPECT_EQ(active(), "main f syscall");
  script_.rfe(kF + 8).nop();
  EXPECT_EQ(active(), "main f");
}

TEST_F(CallStackTest, GoesOnBehindASyscall) {
  in_f().syscall();
  work().rfe(kF + 8).nop();
  EXPECT_EQ(active(), "main f");
  script_.ret_with_sp(kMain + 16, kSp).nop();
  EXPECT_EQ(active(), "main");
}

TEST_F(CallStackTest, ReturnsToTheBranchIfItsDelaySlotFaults) {
  in_f().fault_in_slot(kG).nop();
  EXPECT_EQ(active(), "main f utlb");
  script_.rfe(kF + 4).nop(0).j(kG).nop();
  EXPECT_EQ(active(), "main g");
}

TEST_F(CallStackTest, FinishesACallWhoseFirstFetchFaults) {
  in_main().jal(kF).unfetched(EXC_TLBL, true);
  EXPECT_EQ(active(), "main");
  script_.nop();
  EXPECT_EQ(active(), "main utlb");
  script_.rfe(kF).nop();
  EXPECT_EQ(active(), "main f");
  script_.ret(kMain + 16).unfetched(EXC_INT).nop();
  EXPECT_EQ(active(), "main f general");
  script_.rfe(kMain + 16).nop();
  EXPECT_EQ(active(), "main");
}

TEST_F(CallStackTest, NestsExceptionsOfTheKernel) {
  in_f().syscall().nop(3).jal(kWork).fault(EXC_TLBL, true).nop();
  EXPECT_EQ(active(), "main f general work utlb");
  script_.unfetched(EXC_INT).nop();
  EXPECT_EQ(active(), "main f general work utlb general");
  script_.rfe(kUtlb + 4).nop();
  EXPECT_EQ(active(), "main f general work utlb");
  script_.rfe(kWork).nop();
  EXPECT_EQ(active(), "main f general work");
}

TEST_F(CallStackTest, PutsAHandlerOfTheProgramOnTopOfWhatWasInterrupted) {
  in_f().fault(EXC_BP).nop().rfe(kHandler).nop();
  EXPECT_EQ(active(), "main f handler");
  script_.sp(0x500000).jal(kG).nop();
  EXPECT_EQ(active(), "main f handler g");
  script_.ret(kHandler + 16).nop();
  // It resumes the program itself: behind the breakpoint, through another function.
  script_.j(kEntry).nop();
  EXPECT_EQ(active(), "main f entry");
  script_.jr_with_sp(REG_K1, kF + 8, kSp - 32).nop();
  EXPECT_EQ(active(), "main f");
  script_.ret_with_sp(kMain + 16, kSp).nop();
  EXPECT_EQ(active(), "main");
}

TEST_F(CallStackTest, NestsExceptionsOfHandlers) {
  in_f().fault(EXC_BP).nop().rfe(kHandler).nop().sp(0x500000);
  script_.fault(EXC_TLBL, true).nop().rfe(kHandler).nop().sp(0x4ff000);
  EXPECT_EQ(active(), "main f handler handler");
  script_.jr_with_sp(REG_K1, kHandler + 8, 0x500000).nop();
  EXPECT_EQ(active(), "main f handler");
  script_.jr_with_sp(REG_K1, kF + 4, kSp - 32).nop();
  EXPECT_EQ(active(), "main f");
}

TEST_F(CallStackTest, LetsAHandlerGoElsewhereInAFunctionThatWasLeft) {
  in_f().fault(EXC_ADEL).nop().rfe(kHandler).nop();
  script_.jr(REG_K1, kF + 0x80).nop();  // the target of the branch that it has emulated
  EXPECT_EQ(active(), "main f");
  script_.fault(EXC_ADEL).nop().rfe(kHandler).nop();
  script_.jr_with_sp(REG_K1, kMain + 0x80, kSp).nop();  // a recovery of main's own
  EXPECT_EQ(active(), "main");
}

TEST_F(CallStackTest, FollowsAKernelThatResumesWhatItsHandlerHasInterrupted) {
  in_f().fault(EXC_TLBL).nop().rfe(kHandler).nop().syscall().nop();
  EXPECT_EQ(active(), "main f handler general");
  script_.rfe(kF + 4).nop();  // as a signal's return does
  EXPECT_EQ(active(), "main f");
}

TEST_F(CallStackTest, KeepsAStackForEachAddressSpace) {
  in_f(1).syscall().nop();
  script_.rfe(kStart).space(3).nop().jal(kG).nop();
  EXPECT_EQ(active(), "start g");
  script_.syscall().nop();
  EXPECT_EQ(active(), "start g general");
  script_.rfe(kF + 8).space(1).nop();
  EXPECT_EQ(active(), "main f");
  script_.syscall().nop().rfe(kG + 8).space(3).nop();
  EXPECT_EQ(active(), "start g");
}

TEST_F(CallStackTest, EntersAServerAgainAndAgainOnTheSameStack) {
  in_f(1).syscall().nop().rfe(kUserCode).space(2).nop();
  EXPECT_EQ(active(), "server");
  for (int call = 0; call < 3; ++call) {
    script_.jal(kUserCode + 0x100).syscall().nop();
    EXPECT_EQ(active(), "server serve general");
    script_.rfe(kEntry).space(1).nop();  // the client's entry, in place of a return
    EXPECT_EQ(active(), "main f entry");
    script_.ret(kF + 12).nop();
    EXPECT_EQ(active(), "main f");
    script_.at(kF + 4).syscall().nop().rfe(kUserCode).space(2).nop();
    EXPECT_EQ(active(), "server");
  }
}

TEST_F(CallStackTest, ReturnsFromTheFunctionThatHadGivenTheProcessorAway) {
  in_f().syscall().nop();  // f yields; its slice begins elsewhere
  script_.rfe(kStart).nop();
  EXPECT_EQ(active(), "main f start");
  script_.sp(kSp - 32).branch(kF + 0x20).nop();
  EXPECT_EQ(active(), "main f");
  script_.ret_with_sp(kMain + 16, kSp).nop();
  EXPECT_EQ(active(), "main");
}

TEST_F(CallStackTest, FollowsAnEndOfSliceToTheNextSlice) {
  in_f().unfetched(EXC_INT).nop().rfe(kHandler).nop().syscall().nop();
  EXPECT_EQ(active(), "main f handler general");
  script_.rfe(kStart).nop();
  EXPECT_EQ(active(), "main f handler start");
  // Interrupted before it has resumed f: once more.
  script_.unfetched(EXC_INT).nop().rfe(kHandler).nop().syscall().nop().rfe(kStart).nop();
  EXPECT_EQ(active(), "main f handler start");
  script_.jr_with_sp(REG_K1, kF + 4, kSp - 32).nop();
  EXPECT_EQ(active(), "main f");
}

TEST_F(CallStackTest, LetsTheKernelTakeAnInterruptedSequenceToItsBeginning) {
  in_f().fault(EXC_BP).nop().rfe(kHandler).nop().j(kEntry).nop(2);
  script_.unfetched(EXC_INT).nop().rfe(kEntry).nop();
  EXPECT_EQ(active(), "main f entry");
}

TEST_F(CallStackTest, BeginsAnewWithAnotherProgramInTheSameAddressSpace) {
  script_.at(kSyscall).nop().rfe(kStart).space(1).nop().jal(kF).syscall().nop();
  EXPECT_EQ(active(), "start f general");
  script_.rfe(kStart).nop();  // it has ended; the next one of its kind begins
  EXPECT_EQ(active(), "start");
  script_.jal(kF).syscall().nop();
  EXPECT_EQ(active(), "start f general");
}

TEST_F(CallStackTest, AnotherHolderOfAnAddressSpaceTakesNoStackOver) {
  stack_.note_owner(1, 7);
  stack_.note_owner(2, 8);
  in_f().syscall().nop().rfe(kF + 12);
  stack_.note_owner(1, 7);
  script_.nop();
  EXPECT_EQ(active(), "main f");
  script_.syscall().nop().rfe(kEntry);
  stack_.note_owner(1, 8);
  script_.nop();
  EXPECT_EQ(active(), "entry");
  stack_.note_owner(1, 8);
  script_.jal(kG).nop();
  EXPECT_EQ(active(), "entry g");
}

TEST_F(CallStackTest, SwitchesThreadsOfTheKernelByTheirStackPointers) {
  const auto sleep = [&](uint32_t sp) { script_.sp(sp).jal(kSwtch).nop(); };
  // Two processes sleep at the same place in the kernel, on stacks of their own.
  in_f(1).syscall().nop().jal(kWork);
  sleep(0x80100000);
  EXPECT_EQ(active(), "main f general work swtch");
  script_.ret_with_sp(kThread, 0x80200000).nop();  // a new one: nobody has called it
  EXPECT_EQ(active(), "thread");
  script_.rfe(kStart).space(3).nop().syscall().nop().jal(kWork);
  sleep(0x80300000);
  EXPECT_EQ(active(), "start general work swtch");
  script_.ret_with_sp(kWork + 12, 0x80100000).nop();
  EXPECT_EQ(active(), "main f general work");
  sleep(0x80100000);
  script_.ret_with_sp(kWork + 12, 0x80300000).nop();
  EXPECT_EQ(active(), "start general work");
}

TEST_F(CallStackTest, SwitchesThreadsOfAProgram) {
  in_f().jal(kSwtch - kKernelCode + kUserCode).nop();  // "handler" switches
  EXPECT_EQ(active(), "main f handler");
  script_.ret_with_sp(kEntry, 0x600000).jal(kHandler).nop();
  EXPECT_EQ(active(), "entry handler");
  script_.ret_with_sp(kF + 12, kSp - 32).nop();
  EXPECT_EQ(active(), "main f");
  script_.jal(kHandler).ret_with_sp(kEntry + 8, 0x600000).nop();
  EXPECT_EQ(active(), "entry");
}

TEST_F(CallStackTest, HasUnknownCodeAsOneFunctionPerMode) {
  in_main().jal(0x00900000).nop();
  EXPECT_EQ(active(), "main (unknown user code)");
  script_.jal(kF).nop();
  EXPECT_EQ(active(), "main (unknown user code) f");
  script_.ret(0x00900000 + 12).nop();
  EXPECT_EQ(active(), "main (unknown user code)");
  script_.ret(kMain + 16).nop();
  EXPECT_EQ(active(), "main");
}

TEST_F(CallStackTest, ForgetsTheOldestOfTooManyFrames) {
  in_main();
  for (uint32_t level = 0; level < 10000; ++level) script_.jal(kF).sp(kSp - 32 * level);
  EXPECT_LE(stack_.functions().size(), 2048u);
  for (uint32_t level = 10000; level-- > 9000;) script_.ret_with_sp(kF + 12, kSp - 32 * level + 32);
  script_.nop();
  EXPECT_LE(stack_.functions().size(), 1048u);
}

TEST_F(CallStackTest, FollowsAProgramThatChangesItsOwnMode) {
  in_f().at(kWork).nop();
  EXPECT_EQ(active(), "main f work");
  script_.at(kF + 8).nop();
  EXPECT_EQ(active(), "main f");
}

}  // namespace
}  // namespace exosim
