// See counters.hpp.
#include "sim/observe/counters.hpp"

#include <algorithm>
#include <numeric>

#include "isa/machine/exceptions.h"

namespace exosim {
namespace {

constexpr std::string_view kInstructions = "instructions";
constexpr std::string_view kEvents = "events";
constexpr std::string_view kWords = "words";

constexpr std::array<CounterRow, kCounters> kTable = {{
    {"alu", kInstructions, "arithmetic, logic, comparisons, lui"},
    {"shift", kInstructions, "shifts, nop among them"},
    {"multiply_divide", kInstructions, "multiply, divide, moves from and to HI and LO"},
    {"loads", kInstructions, "loads that completed, of the FPU too"},
    {"stores", kInstructions, "stores that completed, of the FPU too"},
    {"branches", kInstructions, "branches on a condition, of coprocessors too, taken or not"},
    {"jumps", kInstructions, "j, jal, jr, jalr"},
    {"traps", kInstructions, "syscall and break"},
    {"cop0", kInstructions, "of CP0: moves, TLB, rfe"},
    {"float", kInstructions, "of the FPU, but for its loads, stores and branches"},
    {"other", kInstructions, "of other coprocessors"},
    {"user_instructions", kInstructions, "of all these, in user mode"},
    {"branches_taken", kInstructions, "of the branches, those taken"},
    {"instruction_cache_accesses", kEvents, "fetches through the instruction cache"},
    {"instruction_cache_misses", kEvents, "of these, those that read memory"},
    {"instruction_cache_refill", kWords, "read from memory by these"},
    {"uncached_fetches", kEvents, "fetches past the cache"},
    {"data_cache_loads", kEvents, "loads through the data cache"},
    {"data_cache_misses", kEvents, "of these, those that read memory"},
    {"data_cache_refill", kWords, "read from memory by these"},
    {"uncached_loads", kEvents, "loads past the cache, of devices too"},
    {"data_cache_stores", kEvents, "stores through the data cache, which writes them through"},
    {"partial_stores", kEvents, "of these, those of less than a word"},
    {"uncached_stores", kEvents, "stores past the cache, to devices too"},
    {"tlb_misses", kEvents, "exceptions TLBL and TLBS: no entry, or an invalid one"},
    {"tlb_refills", kEvents, "of these, those through the UTLB vector"},
    {"tlb_modified", kEvents, "exceptions Mod: stores to pages that are not writable"},
    {"exceptions", kEvents, "all exceptions, interrupts among them"},
    {"interrupts", kEvents, "of these, interrupts"},
    {"write_buffer_stalls", kEvents, "steps in which the pipeline waited for the write buffer"},
    {"owner_changes", kEvents, "steps that run for another owner than the one before"},
}};

Counter class_of(isa::OpClass op_class) {
  using enum isa::OpClass;
  switch (op_class) {
    case kAlu:
      return Counter::kAlu;
    case kShift:
      return Counter::kShift;
    case kMultiply:
    case kDivide:
    case kMoveFromHiLo:
    case kMoveToHiLo:
      return Counter::kMultiplyDivide;
    case kLoad:
    case kFloatLoad:
      return Counter::kLoads;
    case kStore:
    case kFloatStore:
      return Counter::kStores;
    case kBranch:
    case kFloatBranch:
      return Counter::kBranches;
    case kJump:
      return Counter::kJumps;
    case kTrap:
      return Counter::kTraps;
    case kCop0:
      return Counter::kCop0;
    case kCoprocessor:
    case kReserved:
      return Counter::kOther;
    default:
      return Counter::kFloat;
  }
}

}  // namespace

const std::array<CounterRow, kCounters>& counter_table() { return kTable; }

CounterTotals& CounterTotals::operator+=(const CounterTotals& other) {
  for (size_t index = 0; index < kCounters; ++index) counts[index] += other.counts[index];
  return *this;
}

CounterTotals CounterTotals::since(const CounterTotals& earlier) const {
  CounterTotals added = *this;
  for (size_t index = 0; index < kCounters; ++index) added.counts[index] -= earlier.counts[index];
  return added;
}

uint64_t CounterTotals::instructions() const {
  return std::accumulate(counts.begin(), counts.begin() + kInstructionClasses, uint64_t{0});
}

void Counters::on_retired(Cycles /*begin*/, const StepCost& cost, const Retired& retired) {
  count_fetch(retired);
  if (retired.counts_as_instruction()) count_instruction(retired);
  count_data(retired.data);
  if (retired.exception.taken) count_exception(retired.exception);
  if (cost.has_stalls()) {
    bool waits = false;
    cost.for_each([&](size_t, const StallCounts& stalls) {
      waits |= stalls[static_cast<size_t>(StallCause::kWriteBuffer)] != 0;
    });
    totals_[Counter::kWriteBufferStalls] += waits;
  }
  totals_[Counter::kOwnerChanges] += ledger_.step_owner() != owner_;
  owner_ = ledger_.step_owner();
}

void Counters::count_instruction(const Retired& retired) {
  const Counter counter = class_of(retired.op_class);
  ++totals_[counter];
  totals_[Counter::kUser] += retired.user_mode;
  if (counter == Counter::kBranches) totals_[Counter::kTaken] += retired.branch_taken;
}

void Counters::count_fetch(const Retired& retired) {
  if (!retired.fetched) return;
  if (!retired.fetch_cached) {
    ++totals_[Counter::kUncachedFetches];
    return;
  }
  ++totals_[Counter::kCachedFetches];
  totals_[Counter::kFetchMisses] += retired.fetch_refill != 0;
  totals_[Counter::kFetchWords] += retired.fetch_refill;
}

void Counters::count_data(const DataAccess& data) {
  if (data.kind == DataAccess::Kind::kLoad) {
    ++totals_[data.cached ? Counter::kCachedLoads : Counter::kUncachedLoads];
    totals_[Counter::kLoadMisses] += data.refill != 0;
    totals_[Counter::kLoadWords] += data.refill;
  } else if (data.kind == DataAccess::Kind::kStore) {
    ++totals_[data.cached ? Counter::kCachedStores : Counter::kUncachedStores];
    totals_[Counter::kPartialStores] += data.cached && data.width < 4;
  }
}

void Counters::count_exception(const ExceptionTaken& exception) {
  ++totals_[Counter::kExceptions];
  totals_[Counter::kInterrupts] += exception.code == EXC_INT;
  totals_[Counter::kTlbModified] += exception.code == EXC_MOD;
  totals_[Counter::kTlbMisses] += exception.code == EXC_TLBL || exception.code == EXC_TLBS;
  totals_[Counter::kTlbRefills] += exception.refill;
}

}  // namespace exosim
