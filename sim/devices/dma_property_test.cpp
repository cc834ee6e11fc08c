// Random rings of good and bad descriptors with random cancels, beside a model that knows neither
// bursts nor time: every byte moved is the model's, no other byte changes, and each descriptor gets
// one final result.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <vector>

#include "sim/devices/testing/dma_bench.hpp"

namespace exosim {
namespace {

using testing::DmaBench;
using testing::Job;

constexpr uint32_t kSources = 0x8000;  // up to kTargets, which reach to the end of RAM
constexpr uint32_t kTargets = 0xc000;
constexpr uint32_t kAbsent = 0x30000000;
constexpr uint32_t kOwners = 3;

uint32_t error_of(uint32_t cause) { return DMA_RESULT_ERROR | cause << DMA_RESULT_CAUSE_SHIFT; }

/// What a descriptor comes to if nobody cancels it.
struct Outcome {
  uint32_t result;
  uint32_t count;
};

Outcome expected(const Job& job) {
  if (job.flags > 7) return {error_of(DMA_CAUSE_FLAGS), 0};
  if (job.length == 0 || job.length % 4 != 0) return {error_of(DMA_CAUSE_LENGTH), 0};
  if (job.source % 4 != 0 || job.destination % 4 != 0) return {error_of(DMA_CAUSE_ALIGNMENT), 0};
  if (job.source == kAbsent) return {error_of(DMA_CAUSE_SOURCE), 0};
  if (job.destination == kAbsent) return {error_of(DMA_CAUSE_DESTINATION), 0};
  if ((job.flags & DMA_FLAG_DESTINATION_FIXED) == 0 &&
      job.length > DmaBench::kRam - job.destination)
    return {error_of(DMA_CAUSE_DESTINATION), DmaBench::kRam - job.destination};
  return {DMA_RESULT_DONE, job.length};
}

Job any_job() {
  Job job{.source = kSources + 4 * *rc::gen::inRange(0u, 0xe00u),
          .destination = kTargets + 4 * *rc::gen::inRange(0u, 0x1000u),
          .length = 4 * *rc::gen::inRange(1u, 40u),
          .flags = *rc::gen::inRange(0u, 8u),
          .owner = *rc::gen::inRange(0u, kOwners)};
  switch (*rc::gen::inRange(0, 24)) {
    case 0:
      job.flags += 8;
      break;
    case 1:
      job.length -= 2;
      break;
    case 2:
      job.length = 0;
      break;
    case 3:
      job.source += 2;
      break;
    case 4:
      job.destination += 1;
      break;
    case 5:
      job.source = kAbsent;
      break;
    case 6:
      job.destination = kAbsent;
      break;
    default:
      break;
  }
  return job;
}

/// One run: the engine, and beside it memory as the model has it.
class Run {
 public:
  Run()
      : bench_(1u << *rc::gen::inRange(0, 4), *rc::gen::inRange<uint64_t>(1, 20),
               *rc::gen::inRange<uint64_t>(1, 10)) {
    bench_.fill(kSources, (kTargets - kSources) / 4, 0x01000000);
    const auto bytes = bench_.machine.ram.bytes();
    memory_.assign(bytes.begin(), bytes.end());
  }

  void act() {
    switch (*rc::gen::inRange(0, 8)) {
      case 0:
        return cancel(*rc::gen::inRange(0u, kOwners));
      case 1:
        return bench_.write(DMA_CONTROL, *rc::gen::inRange(0u, 4u));
      case 2:
        return bench_.step(*rc::gen::inRange<uint64_t>(1, 300));
      case 3:
        return bench_.step();
      default:
        return hand_over(any_job());
    }
  }
  void finish() {
    bench_.write(DMA_CONTROL, DMA_CONTROL_ENABLE);
    bench_.run();
    look_at_what_has_passed();
    RC_ASSERT(bench_.at_rest());
    RC_ASSERT(seen_ == jobs_.size());
    RC_ASSERT(results_written() == std::ptrdiff_t(jobs_.size()));
    const auto bytes = bench_.machine.ram.bytes();
    RC_ASSERT(std::equal(bytes.begin(), bytes.end(), memory_.begin()));
  }

 private:
  struct Entry {
    Job job;
    bool may_be_cancelled = false;
    bool must_be_cancelled = false;
  };

  void hand_over(const Job& job) {
    look_at_what_has_passed();
    if (jobs_.size() - seen_ == bench_.read(DMA_ENTRIES)) return;  // full
    const uint32_t at = bench_.place_of(bench_.hand_over(job));
    for (uint32_t offset = 0; offset < DMA_DESCRIPTOR_SIZE; offset += 4)
      set_word(at + offset, bench_.word(at + offset));
    jobs_.push_back({job});
  }

  // The first one that is pending may have come to its end already.
  void cancel(uint32_t owner) {
    bench_.write(DMA_CANCEL, owner);
    if ((bench_.status() & DMA_STATUS_REFUSED) != 0)
      return bench_.write(DMA_STATUS, DMA_STATUS_REFUSED);
    bool is_first = true;
    for (auto i = static_cast<uint32_t>(seen_); i < jobs_.size(); ++i) {
      if (bench_.result(i) != DMA_RESULT_PENDING) continue;
      if (jobs_[i].job.owner == owner)
        (is_first ? jobs_[i].may_be_cancelled : jobs_[i].must_be_cancelled) = true;
      is_first = false;
    }
  }

  std::ptrdiff_t results_written() const {
    return std::ranges::count_if(bench_.transfers, [](const BusTransfer& transfer) {
      return transfer.is_write && transfer.address.value < kSources;
    });
  }

  void look_at_what_has_passed() {
    for (const uint32_t head = bench_.read(DMA_HEAD); seen_ < head; ++seen_) {
      const auto number = static_cast<uint32_t>(seen_);
      const Outcome outcome{bench_.result(number), bench_.count(number)};
      check(jobs_[number], outcome);
      const uint32_t at = bench_.place_of(number);
      set_word(at + DMA_DESCRIPTOR_RESULT, outcome.result);
      set_word(at + DMA_DESCRIPTOR_COUNT, outcome.count);
      move(jobs_[number].job, outcome.count);
    }
  }

  static void check(const Entry& entry, const Outcome& outcome) {
    if (outcome.result == DMA_RESULT_CANCELLED) {
      RC_ASSERT(entry.may_be_cancelled || entry.must_be_cancelled);
      RC_ASSERT(outcome.count % 4 == 0u);
      RC_ASSERT(outcome.count <= expected(entry.job).count);
      return;
    }
    RC_ASSERT(!entry.must_be_cancelled);
    RC_ASSERT(outcome.result == expected(entry.job).result);
    RC_ASSERT(outcome.count == expected(entry.job).count);
  }

  void move(const Job& job, uint32_t count) {
    const bool from_fixed = (job.flags & DMA_FLAG_SOURCE_FIXED) != 0;
    const bool to_fixed = (job.flags & DMA_FLAG_DESTINATION_FIXED) != 0;
    for (uint32_t i = 0; i < count; i += 4)
      set_word(job.destination + (to_fixed ? 0 : i), word(job.source + (from_fixed ? 0 : i)));
  }

  uint32_t word(uint32_t address) const {
    uint32_t value;
    std::memcpy(&value, &memory_[address], 4);
    return value;
  }
  void set_word(uint32_t address, uint32_t value) { std::memcpy(&memory_[address], &value, 4); }

  DmaBench bench_;
  std::vector<std::byte> memory_;
  std::vector<Entry> jobs_;
  size_t seen_ = 0;  // that HEAD has passed
};

RC_GTEST_PROP(DmaProperty, MovesWhatAModelMovesAndNothingElse, ()) {
  Run run;
  const int steps = *rc::gen::inRange(1, 80);
  for (int i = 0; i < steps; ++i) run.act();
  run.finish();
}

}  // namespace
}  // namespace exosim
