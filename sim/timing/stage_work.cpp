// From the record of a step to the work of the stages.
#include "sim/timing/stage_work.hpp"

#include "isa/dependences.hpp"
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"

namespace exosim {
namespace {

PhysAddr block_of(PhysAddr address, uint32_t words) { return {address.value & ~(4 * words - 1)}; }

/// A result's cycles and the unit that makes it.
struct FloatCost {
  FloatUnit unit;
  uint64_t cycles;
};

FloatCost float_cost(isa::OpClass op_class, const FloatTimes& times) {
  switch (op_class) {
    case isa::OpClass::kFloatAdd:
      return {FloatUnit::kAdd, times.add};
    case isa::OpClass::kFloatMultiplySingle:
      return {FloatUnit::kMultiply, times.multiply_single};
    case isa::OpClass::kFloatMultiplyDouble:
      return {FloatUnit::kMultiply, times.multiply_double};
    case isa::OpClass::kFloatDivideSingle:
      return {FloatUnit::kDivide, times.divide_single};
    case isa::OpClass::kFloatDivideDouble:
      return {FloatUnit::kDivide, times.divide_double};
    case isa::OpClass::kFloatMove:
      return {FloatUnit::kAdd, times.move};
    case isa::OpClass::kFloatCompare:
      return {FloatUnit::kAdd, times.compare};
    case isa::OpClass::kFloatToSingle:
      return {FloatUnit::kAdd, times.to_single};
    case isa::OpClass::kFloatToDouble:
      return {FloatUnit::kAdd, times.to_double};
    case isa::OpClass::kFloatFromWord:
      return {FloatUnit::kAdd, times.from_word};
    case isa::OpClass::kFloatToWord:
      return {FloatUnit::kAdd, times.to_word};
    default:
      return {FloatUnit::kNone, 0};  // transfers, loads, stores
  }
}

AluWork float_work(const Retired& retired, const FloatTimes& times) {
  const isa::Dependences touched = isa::dependences(retired.word);
  const FloatCost cost = float_cost(retired.op_class, times);
  const bool moves_control = retired.op_class == isa::OpClass::kFloatTransfer &&
                             (touched.reads_cop1_control | touched.writes_cop1_control) != 0;
  return {.unit = cost.unit,
          .float_cycles = cost.cycles,
          .float_needs = touched.reads_float | touched.writes_float,
          .float_results = cost.unit == FloatUnit::kNone ? 0 : touched.writes_float,
          .needs_idle_fpu = moves_control};
}

/// The words arrive in the order of their addresses.
BusRead block_read(const Retired& retired, const TimingConfig& config) {
  const uint32_t words = retired.fetch_refill;
  const PhysAddr block = block_of(retired.fetched_from, words);
  const uint32_t behind = words - 1 - (retired.fetched_from.value - block.value) / 4;
  return {block, words, StallCause::kInstructionCache, config.streaming ? behind : 0};
}

}  // namespace

// A fetch that nothing answers leaves no address behind: any absent one takes as long.
FetchWork fetch_work(const Retired& retired, const TimingConfig& config) {
  constexpr PhysAddr kNowhere{~uint32_t{3}};
  FetchWork work;
  if (!retired.fetched) {
    if (retired.exception.code == EXC_IBE) work.read = {kNowhere, 1, StallCause::kUncached};
    return work;
  }
  work.is_mapped = is_mapped(retired.pc);
  work.page = (retired.pc.value & ENTRYHI_VPN_MASK) | retired.asid;
  work.word = retired.fetched_from;
  if (retired.fetch_refill != 0)
    work.read = block_read(retired, config);
  else if (!retired.fetch_cached)
    work.read = {retired.fetched_from, 1, StallCause::kUncached};
  else
    work.hits = true;
  return work;
}

// An instruction that does not complete starts no operation.
AluWork alu_work(const Retired& retired, const TimingConfig& config) {
  if (retired.exception.taken || !is_alu_work(retired.op_class)) return {};
  switch (retired.op_class) {
    case isa::OpClass::kMultiply:
      return {.hi_lo_cycles = config.multiply};
    case isa::OpClass::kDivide:
      return {.hi_lo_cycles = config.divide};
    case isa::OpClass::kMoveFromHiLo:
      return {.needs_hi_lo = true};
    default:
      return float_work(retired, config.floating);
  }
}

MemoryWork memory_work(const Retired& retired) {
  const DataAccess& data = retired.data;
  if (!is_memory_work(data) || data.isolated) return {};
  const PhysAddr word{data.phys.value & ~uint32_t{3}};
  if (data.kind == DataAccess::Kind::kStore) {
    const unsigned bytes = ((1u << data.width) - 1) << (data.phys.value & 3);
    const uint32_t value = data.value << (8 * (data.phys.value & 3));
    return {.write = {word, static_cast<uint8_t>(bytes), value}, .merges = data.hits};
  }
  const StallCause cause = data.cached ? StallCause::kDataCache : StallCause::kUncached;
  if (data.refill != 0) return {.read = {block_of(word, data.refill), data.refill, cause}};
  return {.read = {word, 1, cause}};
}

bool changes_tlb(const Retired& retired) {
  constexpr uint32_t kCop0Function = 0x42000000;
  const uint32_t bits = retired.word.bits;
  return retired.op_class == isa::OpClass::kCop0 && !retired.exception.taken &&
         (bits == (kCop0Function | 2) || bits == (kCop0Function | 6));
}

StageWork stage_work(const Retired& retired, const TimingConfig& config) {
  return {.fetch = fetch_work(retired, config),
          .alu = alu_work(retired, config),
          .memory = memory_work(retired),
          .changes_tlb = changes_tlb(retired)};
}

}  // namespace exosim
