// Random requests, wrong ones among them, and random cancels, beside a model of two arrays that
// knows neither bursts nor rotation: no byte differs, on the disk or in memory. And what requests
// take that nobody disturbs, beside a model that looks at each cycle where the medium is.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <vector>

#include "sim/devices/disk_mechanics.hpp"
#include "sim/devices/testing/disk_bench.hpp"

namespace exosim {
namespace {

using testing::DiskBench;
using testing::DiskJob;

constexpr uint32_t kBlocks = DiskBench::kBlocks;
constexpr uint32_t kMemoryBlocks = 32;  // that requests may name; memory has more
constexpr uint32_t kOwners = 3;

DiskJob any_job() {
  DiskJob job{.command = *rc::gen::inRange(1u, 3u),
              .block = *rc::gen::inRange(0u, kBlocks),
              .count = *rc::gen::inRange(1u, 9u),
              .address = 512 * *rc::gen::inRange(0u, kMemoryBlocks - 8),
              .owner = *rc::gen::inRange(0u, kOwners)};
  job.count = std::min(job.count, kBlocks - job.block);
  return job;
}

bool is_wrong(const DiskJob& job) {
  return job.command > 2 || job.count == 0 || job.block + job.count > kBlocks ||
         job.address % 512 != 0 || job.address >= DiskBench::kRam;
}

DiskJob any_wrong_job() {
  DiskJob job = any_job();
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      job.command += 2;
      break;
    case 1:
      job.count = 0;
      break;
    case 2:
      job.block += kBlocks;
      break;
    case 3:
      job.address += 4;
      break;
    default:
      job.address += DiskBench::kRam;
  }
  return job;
}

class Run {
 public:
  Run() : bench_({{"burst", *rc::gen::inRange<uint64_t>(1, 129)}}) {
    bench_.fill(0, kMemoryBlocks * 128, 1'000'000);
    for (uint32_t i = 0; i < kMemoryBlocks * 128; ++i) memory_[i] = 1'000'000 + i;
  }

  void act() {
    switch (*rc::gen::inRange(0, 8)) {
      case 0:
        return refused(any_wrong_job());
      case 1:
      case 2:
        return cancelled(any_job());
      case 3:
        bench_.step(*rc::gen::inRange<uint64_t>(1, 700));
        return;
      default:
        return carried_out(any_job());
    }
  }

  void compare() {
    for (uint32_t i = 0; i < kMemoryBlocks * 128; ++i) RC_ASSERT(bench_.word(4 * i) == memory_[i]);
    constexpr uint32_t kElsewhere = 0x20000;
    bench_.carry_out({DISK_COMMAND_READ, 0, kBlocks, kElsewhere, 0});
    for (uint32_t i = 0; i < kBlocks * 128; ++i)
      RC_ASSERT(bench_.word(kElsewhere + 4 * i) == disk_[i]);
  }

 private:
  void refused(const DiskJob& job) {
    RC_ASSERT(is_wrong(job));
    RC_ASSERT(bench_.carry_out(job) == uint32_t{DISK_STATUS_ERROR});
  }

  void carried_out(const DiskJob& job) {
    delay_the_bus();
    RC_ASSERT(bench_.carry_out(job) == uint32_t{DISK_STATUS_DONE});
    RC_ASSERT(bench_.read(DISK_MOVED) == job.count);
    move(job, job.count * 128);
  }

  void cancelled(const DiskJob& job) {
    bench_.forget();
    bench_.command(job);
    bench_.step(*rc::gen::inRange<uint64_t>(1, 2000));
    delay_the_bus();
    const auto owner = *rc::gen::inRange(0u, kOwners);
    bench_.write(DISK_CANCEL, owner);
    bench_.run();
    const uint32_t status = bench_.status();
    bench_.write(DISK_STATUS, status);
    const uint32_t moved = bench_.read(DISK_MOVED);
    if (owner != job.owner) RC_ASSERT(status == uint32_t{DISK_STATUS_DONE});
    if (status == uint32_t{DISK_STATUS_DONE}) RC_ASSERT(moved == job.count);
    if (moved < job.count) RC_ASSERT(status == uint32_t{DISK_STATUS_CANCELLED});
    move(job, job.command == DISK_COMMAND_READ ? words_read() : moved * 128);
    RC_ASSERT(words_read() / 128 == moved || job.command == DISK_COMMAND_WRITE);
  }

  uint32_t words_read() const {
    uint32_t words = 0;
    for (const BusTransfer& transfer : bench_.transfers) words += transfer.words;
    return words;
  }

  /// Somebody else has it for a while.
  void delay_the_bus() {
    if (*rc::gen::inRange(0, 3) == 0)
      bench_.bus_free = bench_.machine.clock.now() + Cycles{*rc::gen::inRange<uint64_t>(0, 1500)};
  }

  void move(const DiskJob& job, uint32_t words) {
    uint32_t* const on_disk = &disk_[job.block * 128];
    uint32_t* const in_memory = &memory_[job.address / 4];
    if (job.command == DISK_COMMAND_READ)
      std::copy_n(on_disk, words, in_memory);
    else
      std::copy_n(in_memory, words, on_disk);
  }

  DiskBench bench_;
  std::array<uint32_t, kBlocks * 128> disk_{};
  std::array<uint32_t, kMemoryBlocks * 128> memory_{};
};

RC_GTEST_PROP(DiskProperty, MovesWhatAModelMovesAndNothingElse, ()) {
  Run run;
  const int steps = *rc::gen::inRange(1, 30);
  for (int i = 0; i < steps; ++i) run.act();
  run.compare();
}

/// When the disk is through with its requests if nobody else wants the bus; a cycle for each word.
class CycleModel {
 public:
  CycleModel(const DeviceParams& params)
      : geometry_(DiskGeometry::of(params)),
        mechanics_(geometry_, DiskBench::kHertz),
        burst_(params.number("burst")) {}

  uint64_t end_of(const DiskJob& job, uint64_t now) {
    uint64_t ready = now + 10;
    uint64_t fetched = job.command == DISK_COMMAND_WRITE ? ready + 1 + 128 : 0;
    for (uint32_t block = job.block; block < job.block + job.count; ++block) {
      const DiskPlace place = mechanics_.place_of(block);
      ready += mechanics_.move(place_, place).count;
      place_ = place;
      uint64_t begin = std::max(ready, fetched);
      while (begin % (128 * geometry_.sectors) != 128 * place.position) ++begin;
      ready = begin + 128;
      fetched = ready;
    }
    // A shorter last burst waits for the one before it.
    return job.command == DISK_COMMAND_WRITE ? ready : ready + burst_;
  }

 private:
  DiskGeometry geometry_;
  DiskMechanics mechanics_;
  uint64_t burst_;
  DiskPlace place_;
};

RC_GTEST_PROP(DiskProperty, TakesAsLongAsAModelThatLooksAtEachCycle, ()) {
  const auto sectors = *rc::gen::element<uint64_t>(1, 2, 3, 4, 5, 6, 8, 10, 12);
  const DiskBench::Numbers numbers = {{"sectors", sectors},
                                      {"revolutions", 600'000 / sectors},
                                      {"heads", *rc::gen::inRange<uint64_t>(1, 5)},
                                      {"cylinders", *rc::gen::inRange<uint64_t>(64, 100)},
                                      {"track_skew", *rc::gen::inRange<uint64_t>(0, 3)},
                                      {"burst", *rc::gen::inRange<uint64_t>(1, 129)}};
  DiskBench bench(numbers);
  CycleModel model(DiskBench::small(numbers));
  for (int i = *rc::gen::inRange(1, 10); i > 0; --i) {
    bench.step(*rc::gen::inRange<uint64_t>(1, 900));
    const DiskJob job = any_job();
    const uint64_t expected = model.end_of(job, bench.now());
    RC_ASSERT(bench.carry_out(job) == uint32_t{DISK_STATUS_DONE});
    RC_ASSERT(bench.now() == expected);
  }
}

}  // namespace
}  // namespace exosim
