// The fast engine: one cycle for each step and the stalls, computed from times. Its answers are
// those of the reference engine, cycle for cycle and cause for cause (test: engines_test.cpp).
#include <array>
#include <cstdint>
#include <memory>

#include "isa/machine/cp0.h"
#include "sim/timing/micro_tlb.hpp"
#include "sim/timing/r3000/bus_calendar.hpp"
#include "sim/timing/r3000/interlocks.hpp"
#include "sim/timing/stage_work.hpp"
#include "sim/timing/timing_model.hpp"

namespace exosim {
namespace r3000 {
namespace {

/// How many run cycles after its fetch an instruction is in the stage.
constexpr uint32_t kInAlu = 2;
constexpr uint32_t kInMemory = 3;

/// A step's work reaches the ALU two and the memory stage three run cycles after its fetch. Most
/// steps have none there: two bit masks say which of the last ones have.
class R3000Timing final : public TimingModel {
 public:
  explicit R3000Timing(const TimingContext& context)
      : config_(context.config),
        requests_(context.requests),
        bus_(context),
        micro_tlb_(config_.micro_tlb_entries) {}

  const StepCost& cost(Cycles begin, const Retired& retired) override {
    if (cost_.has_stalls()) cost_ = {};
    ++step_;
    enter(retired);
    const bool due = is_due();
    const bool on_page = is_on_page(retired);
    const bool is_plain = retired.fetch_cached & (retired.fetch_refill == 0) & !due &
                          (to_come_ == 0) & !retired.exception.taken & on_page &
                          (retired.op_class != isa::OpClass::kCop0);
    if (!is_plain) [[unlikely]]
      run(begin.count, retired);
    const Cycles end = begin + cost_.total;
    const bool is_asked = requests_.next() < end;
    const bool delivers = bus_.has_to_deliver();
    if (is_asked | delivers) [[unlikely]]
      bus_.run_until(end.count - 1);
    return cost_;
  }

  // The instruction that moves into MEM in this cycle counts: its write is on its way.
  bool write_buffer_empty(Cycles begin) override {
    const bool store_in_alu =
        (in_memory_ >> kInAlu & 1) && pending(kInAlu).memory.write.is_needed();
    return bus_.writes_ended(begin.count) && !store_in_alu;
  }

  void empty_micro_tlb() override { forget_pages(); }

 private:
  struct Pending {
    AluWork alu;
    MemoryWork memory;
    uint64_t step = 0;
  };

  // Bits move up with each run cycle; the works follow by their place in the ring.
  void enter(const Retired& retired) {
    shift();
    const bool alu = is_alu_work(retired.op_class);
    const bool memory = is_memory_work(retired.data);
    if (!(alu | memory)) return;
    Pending& work = pending(0);
    work.step = step_;
    if (alu) work.alu = alu_work(retired, config_);
    if (memory) work.memory = memory_work(retired);
    in_alu_ |= alu;
    in_memory_ |= memory;
  }

  void shift() {
    ++newest_;
    in_alu_ <<= 1;
    in_memory_ <<= 1;
  }

  bool is_due() const { return ((in_alu_ >> kInAlu | in_memory_ >> kInMemory) & 1) != 0; }

  Pending& pending(uint32_t slots_ago) { return works_[(newest_ - slots_ago) % works_.size()]; }

  // The micro-TLB is asked when the page changes: it holds the page of the last mapped fetch.
  bool is_on_page(const Retired& retired) const {
    return fetch_page(retired) == page_ || !is_mapped(retired.pc);
  }

  static uint32_t fetch_page(const Retired& retired) {
    return (retired.pc.value & ENTRYHI_VPN_MASK) | retired.asid;
  }

  // `cycle` is that in which the pipe moves; the run cycle that begins there ends with it, or with
  // its last stall.
  void run(uint64_t cycle, const Retired& retired) {
    cycle = run_cycle(cycle, fetch_work(retired, config_));
    if (changes_tlb(retired)) forget_pages();
    for (uint64_t slot = 0; retired.exception.taken && slot < config_.exception; ++slot) {
      cost_.stall(0, StallCause::kException, 1);
      shift();
      cycle = run_cycle(cycle + 1, {});
    }
  }

  uint64_t run_cycle(uint64_t cycle, const FetchWork& work) {
    const uint64_t missing_page = look_up(work);
    if (to_come_ != 0 && !(missing_page == 0 && is_next_of_block(work) && can_stream(cycle)))
      cycle = complete_block(cycle);
    cycle = settle(cycle);
    return to_come_ != 0 ? take_streamed(cycle) : fetch(cycle + missing_page, work);
  }

  bool is_next_of_block(const FetchWork& work) const {
    return work.hits && work.word.value == block_.address.value + 4 * (block_.words - to_come_);
  }

  // The pipe goes on with a block that arrives if nothing but the fetch wants to do anything.
  bool can_stream(uint64_t cycle) {
    const bool accesses = (in_memory_ >> kInMemory & 1) && pending(kInMemory).memory.is_needed();
    const bool waits =
        (in_alu_ >> kInAlu & 1) && interlocks_.ready(cycle, pending(kInAlu).alu) != cycle;
    return !accesses && !waits;
  }

  // Otherwise it stands still until the block is there.
  uint64_t complete_block(uint64_t cycle) {
    to_come_ = 1;
    return take_streamed(cycle);
  }

  uint64_t settle(uint64_t cycle) {
    if (in_memory_ >> kInMemory & 1) cycle = access(cycle, pending(kInMemory));
    if (in_alu_ >> kInAlu & 1) cycle = issue(cycle, pending(kInAlu));
    return cycle;
  }

  uint64_t access(uint64_t cycle, const Pending& work) {
    const StallSink stalls{cost_, step_ - work.step};
    const MemoryWork& memory = work.memory;
    if (memory.read.is_needed()) return bus_.read(cycle, memory.read, stalls);
    if (!memory.write.is_needed()) return cycle;
    const uint64_t merging = memory.merges ? config_.partial_store : 0;
    stalls.add(StallCause::kPartialStore, merging);
    return bus_.write(cycle + merging, memory.write, stalls);
  }

  uint64_t issue(uint64_t cycle, const Pending& work) {
    const uint64_t issued = interlocks_.issue(cycle, work.alu);
    const StallSink stalls{cost_, step_ - work.step};
    stalls.add(work.alu.needs_hi_lo ? StallCause::kMultiplyDivide : StallCause::kFloat,
               issued - cycle);
    return issued;
  }

  // The cycles that its page takes.
  uint64_t look_up(const FetchWork& work) {
    if (!work.is_mapped) return 0;
    page_ = work.page;
    const uint64_t missing = micro_tlb_.look_up(work.page) ? 0 : config_.micro_tlb_miss;
    StallSink{cost_, 0}.add(StallCause::kMicroTlb, missing);
    return missing;
  }

  uint64_t fetch(uint64_t cycle, const FetchWork& work) {
    if (!work.read.is_needed()) return cycle;
    block_ = work.read;
    to_come_ = work.read.streamed;
    return bus_.read(cycle, work.read, {cost_, 0});
  }

  uint64_t take_streamed(uint64_t cycle) {
    const uint64_t arrival = bus_.arrival(block_, --to_come_);
    const StallSink stalls{cost_, 0};
    stalls.add(StallCause::kInstructionCache, arrival - cycle);
    return arrival;
  }

  void forget_pages() {
    micro_tlb_.forget_all();
    page_ = kNoPage;
  }

  static constexpr uint32_t kNoPage = 64;  // an address space that there is not

  const TimingConfig& config_;
  BusRequests& requests_;
  BusCalendar bus_;
  Interlocks interlocks_;
  MicroTlb micro_tlb_;
  std::array<Pending, 4> works_;
  uint32_t newest_ = 0;     // index of the newest run cycle's work
  uint32_t in_alu_ = 0;     // bit n: the work of n run cycles ago has something for the ALU
  uint32_t in_memory_ = 0;  // for the memory stage
  uint32_t page_ = kNoPage;
  BusRead block_;         // the instructions that were read last
  uint32_t to_come_ = 0;  // of its words, those that arrive while the pipe runs
  uint64_t step_ = 0;
  StepCost cost_;
};

const Registry<TimingEngine>::Registration kR3000{
    "r3000",
    {.summary = "stalls of the caches, the write buffer, the bus and the units; fast",
     .create = [](const TimingContext& context) -> std::unique_ptr<TimingModel> {
       return std::make_unique<R3000Timing>(context);
     }}};

}  // namespace
}  // namespace r3000
}  // namespace exosim
