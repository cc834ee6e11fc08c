// A DMA engine on a machine without a processor, for its tests: the bench plays the guest that
// writes descriptors and registers, and timing, which grants the bus and lets time pass.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "isa/devices/dma.h"
#include "sim/bus/device_params.hpp"
#include "sim/bus/empty_machine.hpp"

namespace exosim::testing {

/// A register that counts what is read and keeps what is written, one that cannot be read, and one
/// that cannot be written.
class Port final : public Device {
 public:
  static constexpr uint32_t kAddress = 0x20000000;
  static constexpr uint32_t kSize = 12;
  static constexpr uint32_t kFifo = kAddress;
  static constexpr uint32_t kWriteOnly = kAddress + 4;
  static constexpr uint32_t kReadOnly = kAddress + 8;

  RegisterBank& registers() override { return bank_; }
  const RegisterBank& registers() const override { return bank_; }
  std::vector<uint32_t> written;

 private:
  void keep(uint32_t value) { written.push_back(value); }

  uint32_t reads_ = 0;
  RegisterBank bank_{{.offset = 0,
                      .name = "FIFO",
                      .doc = "-",
                      .read = [this] { return ++reads_; },
                      .write = [this](uint32_t value) { keep(value); }},
                     {.offset = 4,
                      .name = "WRITE_ONLY",
                      .doc = "-",
                      .write = [this](uint32_t value) { keep(value); }},
                     {.offset = 8, .name = "READ_ONLY", .doc = "-", .read = [] { return 0u; }}};
};

/// Software's half of a descriptor.
struct Job {
  uint32_t source = 0;
  uint32_t destination = 0;
  uint32_t length = 4;
  uint32_t flags = 0;
  uint32_t owner = 0;
};

class DmaBench {
 public:
  static constexpr uint32_t kRam = 0x10000;
  static constexpr uint32_t kRing = 0x1000;
  static constexpr uint32_t kAddress = 0x10002000;
  static constexpr unsigned kPin = 4;

  /// Enabled, with a ring of so many entries at kRing.
  explicit DmaBench(uint32_t entries = 8, uint64_t burst = 64, uint64_t gap = 4) {
    const DeviceType& type = Registry<DeviceType>::all().at("dma");
    params_ = default_params(type);
    params_.numbers["burst"] = burst;
    params_.numbers["gap"] = gap;
    dma_ =
        type.create(machine.context("dma", params_, 25'000'000, InterruptLine(machine.pins, kPin)))
            .value();
    (void)machine.bus.add_device("dma", {kAddress}, type.size, *dma_);
    (void)machine.bus.add_device("port", {Port::kAddress}, Port::kSize, port);
    write(DMA_RING, kRing);
    write(DMA_ENTRIES, entries);
    write(DMA_CONTROL, DMA_CONTROL_ENABLE);
  }

  uint32_t read(uint32_t offset) { return dma_->registers().read(offset, 4).value(); }
  void write(uint32_t offset, uint32_t value) { dma_->registers().write(offset, 4, value); }
  uint32_t status() { return read(DMA_STATUS); }
  bool interrupt() const { return machine.pins.level() == 1u << kPin; }

  uint32_t word(uint32_t address) const { return machine.ram.read({address}, 4); }
  void set_word(uint32_t address, uint32_t value) { machine.ram.write({address}, 4, value); }
  /// Words from this address on: value, value + 1, ...
  void fill(uint32_t address, uint32_t words, uint32_t value) {
    for (uint32_t i = 0; i < words; ++i) set_word(address + 4 * i, value + i);
  }

  uint32_t place_of(uint32_t descriptor) {
    return read(DMA_RING) + descriptor % read(DMA_ENTRIES) * DMA_DESCRIPTOR_SIZE;
  }
  /// Writes the next descriptor; returns its number.
  uint32_t put(const Job& job) {
    const uint32_t at = place_of(put_);
    set_word(at + DMA_DESCRIPTOR_SOURCE, job.source);
    set_word(at + DMA_DESCRIPTOR_DESTINATION, job.destination);
    set_word(at + DMA_DESCRIPTOR_LENGTH, job.length);
    set_word(at + DMA_DESCRIPTOR_FLAGS, job.flags);
    set_word(at + DMA_DESCRIPTOR_OWNER, job.owner);
    set_word(at + DMA_DESCRIPTOR_RESULT, DMA_RESULT_PENDING);
    return put_++;
  }
  void ring_doorbell() { write(DMA_TAIL, put_); }
  uint32_t hand_over(const Job& job) {
    const uint32_t descriptor = put(job);
    ring_doorbell();
    return descriptor;
  }
  uint32_t result(uint32_t descriptor) {
    return word(place_of(descriptor) + DMA_DESCRIPTOR_RESULT);
  }
  uint32_t count(uint32_t descriptor) { return word(place_of(descriptor) + DMA_DESCRIPTOR_COUNT); }

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
  bool at_rest() const {
    return machine.requests.next() == kNever && machine.events.next() == kNever &&
           bus_free <= machine.clock.now();
  }
  /// Steps until nothing moves; at most so many cycles.
  void run(uint64_t most = 100'000) {
    for (uint64_t cycle = 0; cycle < most && !at_rest(); ++cycle) step();
  }
  void remove() { dma_.reset(); }

  EmptyMachine machine{kRam};
  Port port;
  Cycles bus_free;                     // not granted before
  std::vector<std::string> bursts;     // "112..116 read 4 of 0x2000", "... alone" if fixed
  std::vector<BusTransfer> transfers;  // the same

 private:
  void grant() {
    const BusRequests::Request request = machine.requests.take();
    const auto& [address, words, is_write, is_fixed] = request.transfer;
    const Cycles start = std::max(request.at, bus_free);
    bus_free = start + Cycles{words};
    bursts.push_back(fmt::format("{}..{} {} {} of {:#x}{}", start.count, bus_free.count,
                                 is_write ? "write" : "read", words, address.value,
                                 is_fixed ? " alone" : ""));
    transfers.push_back(request.transfer);
    request.master->on_granted(start, bus_free);
  }

  DeviceParams params_;
  std::unique_ptr<Device> dma_;
  uint32_t put_ = 0;
};

}  // namespace exosim::testing
