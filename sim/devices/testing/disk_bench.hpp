// A disk on a machine without a processor, for its tests: the bench plays the guest that writes its
// registers, and timing, which grants the bus and lets time pass.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "isa/devices/disk.h"
#include "sim/bus/bus.hpp"
#include "sim/bus/device_params.hpp"
#include "sim/bus/empty_machine.hpp"

namespace exosim::testing {

/// Software's request.
struct DiskJob {
  uint32_t command = DISK_COMMAND_READ;
  uint32_t block = 0;
  uint32_t count = 1;
  uint32_t address = 0x2000;
  uint32_t owner = 0;
};

/// The disk has 8 cylinders of 2 tracks of 4 blocks. A word passes the heads in each cycle, so a
/// sector takes 128 and a revolution 512; a switch of heads takes a sector; a seek over d cylinders
/// takes 100 + 50 root((d - 1) / 8) + 70 (d - 1) / 8 cycles, and cylinders are skewed by a sector.
/// It begins 10 cycles after the command; then 32 words move at a time.
class DiskBench {
 public:
  static constexpr uint32_t kRam = 0x40000;
  static constexpr uint32_t kAddress = 0x10004000;
  static constexpr unsigned kPin = 2;
  static constexpr uint64_t kHertz = 1'280'000;
  static constexpr uint64_t kCycle = 781'250;  // picoseconds
  static constexpr uint32_t kBlocks = 64;

  using Numbers = std::map<std::string, uint64_t>;
  using Texts = std::map<std::string, std::string>;

  explicit DiskBench(const Numbers& numbers = {}, const Texts& texts = {})
      : params_(small(numbers, texts)), disk_(type().create(context()).value()) {
    (void)machine.bus.add_device("disk", {kAddress}, type().size, *disk_);
  }

  static const DeviceType& type() { return Registry<DeviceType>::all().at("disk"); }
  /// The parameters of the disk above, but for these.
  static DeviceParams small(const Numbers& numbers = {}, const Texts& texts = {}) {
    DeviceParams params = default_params(type());
    const Numbers all = {{"cylinders", 8},
                         {"heads", 2},
                         {"sectors", 4},
                         {"revolutions", 150'000},
                         {"track_skew", 1},
                         {"seek_track", 100 * kCycle},
                         {"seek_average", 150 * kCycle},
                         {"seek_full", 220 * kCycle},
                         {"overhead", 10 * kCycle},
                         {"burst", 32}};
    for (const auto& [name, value] : all) params.numbers[name] = value;
    for (const auto& [name, value] : numbers) params.numbers[name] = value;
    for (const auto& [name, value] : texts) params.texts[name] = value;
    return params;
  }

  uint32_t read(uint32_t offset) { return disk_->registers().read(offset, 4).value(); }
  void write(uint32_t offset, uint32_t value) { disk_->registers().write(offset, 4, value); }
  uint32_t status() { return read(DISK_STATUS); }
  bool is_busy() { return (status() & DISK_STATUS_BUSY) != 0; }
  bool interrupt() const { return machine.pins.level() == 1u << kPin; }

  void command(const DiskJob& job) {
    write(DISK_BLOCK, job.block);
    write(DISK_COUNT, job.count);
    write(DISK_ADDRESS, job.address);
    write(DISK_OWNER, job.owner);
    write(DISK_COMMAND, job.command);
  }
  /// Carries the request out and acknowledges it; returns what STATUS was.
  uint32_t carry_out(const DiskJob& job) {
    command(job);
    run();
    const uint32_t result = status();
    write(DISK_STATUS, result);
    return result;
  }

  uint32_t word(uint32_t address) const { return machine.ram.read({address}, 4); }
  /// Words from this address on: value, value + 1, ...
  void fill(uint32_t address, uint32_t words, uint32_t value) {
    for (uint32_t i = 0; i < words; ++i) machine.ram.write({address + 4 * i}, 4, value + i);
  }
  /// Puts blocks onto the disk whose words are value, value + 1, ... Memory from 0x30000 is lost.
  void store(uint32_t block, uint32_t count, uint32_t value) {
    fill(0x30000, count * 128, value);
    carry_out({DISK_COMMAND_WRITE, block, count, 0x30000, 0});
    forget();
  }
  /// The first word of a block. Memory from 0x30000 is lost.
  uint32_t first_word(uint32_t block) {
    carry_out({DISK_COMMAND_READ, block, 1, 0x30000, 0});
    forget();
    return word(0x30000);
  }
  void forget() {
    bursts.clear();
    transfers.clear();
  }

  /// One step of so many cycles: the bus is granted for bursts that begin within it, a cycle for
  /// each word; then the events.
  void step(uint64_t cycles = 1) {
    const Cycles end = machine.clock.now() + Cycles{cycles};
    while (std::max(machine.requests.next(), bus_free) < end) grant();
    machine.pass(cycles);
  }
  void step_until(uint64_t cycle) {
    while (machine.clock.now() < Cycles{cycle}) step();
  }
  uint64_t now() const { return machine.clock.now().count; }
  bool at_rest() const {
    return machine.requests.next() == kNever && machine.events.next() == kNever;
  }
  /// Steps until nothing moves, and returns the cycle.
  uint64_t run(uint64_t most = 1'000'000) {
    for (uint64_t cycle = 0; cycle < most && !at_rest(); ++cycle) step();
    return now();
  }
  Result<std::monostate> save() const { return disk_->save(); }
  void remove() { disk_.reset(); }

  EmptyMachine machine{kRam};
  Cycles bus_free;                     // not granted before
  std::vector<std::string> bursts;     // "112..116 read 4 of 0x2000"
  std::vector<BusTransfer> transfers;  // the same

 private:
  DeviceContext context() {
    return machine.context("disk", params_, kHertz, InterruptLine(machine.pins, kPin));
  }
  void grant() {
    const BusRequests::Request request = machine.requests.take();
    const auto& [address, words, is_write, is_fixed] = request.transfer;
    const Cycles start = std::max(request.at, bus_free);
    bus_free = start + Cycles{words};
    bursts.push_back(fmt::format("{}..{} {} {} of {:#x}", start.count, bus_free.count,
                                 is_write ? "write" : "read", words, address.value));
    transfers.push_back(request.transfer);
    request.master->on_granted(start, bus_free);
  }

  DeviceParams params_;
  std::unique_ptr<Device> disk_;
};

}  // namespace exosim::testing
