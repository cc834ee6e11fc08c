// Random scripts: every kind of work for every stage, often close together, on random machines.
#pragma once

#include <array>
#include <cstdint>

#include "isa/encoder.hpp"
#include "isa/insn_info.hpp"
#include "sim/base/random.hpp"
#include "sim/timing/testing/script.hpp"
#include "sim/timing/testing/steps.hpp"

namespace exosim::testing {

/// Memory of a script's machine: RAM, one device, nothing.
inline constexpr uint32_t kScriptRam = 1u << 20;
inline constexpr uint32_t kScriptDevice = 0x10000000;
inline constexpr uint32_t kScriptNowhere = 0x18000000;

class RandomScript {
 public:
  explicit RandomScript(uint64_t seed) : random_(seed) {}

  Script make(size_t steps) {
    Script script{.config = config(), .steps = {}};
    quiet_ = random_.below(8);
    for (size_t i = 0; i < steps; ++i) script.steps.push_back({retired(), asks(), one_in(60)});
    return script;
  }

 private:
  static constexpr uint32_t kMasters = 3;

  bool one_in(uint32_t n) { return random_.below(n) == 0; }
  uint64_t from(uint32_t low, uint32_t high) { return low + random_.below(high - low + 1); }

  TimingConfig config() {
    TimingConfig config;
    config.ram_bytes = kScriptRam;
    config.multiply = from(1, 14);
    config.divide = from(1, 40);
    config.exception = from(0, 4);
    config.partial_store = from(0, 2);
    config.micro_tlb_entries = from(0, 3);
    config.micro_tlb_miss = from(1, 3);
    config.streaming = one_in(2);
    config.floating.add = from(1, 4);
    config.floating.multiply_double = from(1, 8);
    config.floating.divide_double = from(1, 20);
    config.memory = {.read = {.first = from(1, 14), .next = from(1, 3)},
                     .write_same_page = from(1, 3),
                     .write_other_page = from(1, 8),
                     .write_partial = from(1, 14),
                     .write_next = from(1, 2),
                     .page_bytes = 4096,
                     .refresh_interval_ps = one_in(2) ? from(1, 40) * 1'000'000 : 0,
                     .refresh_cycles = from(1, 10)};
    config.write_buffer_depth = from(1, 6);
    config.write_buffer_gathers = one_in(2);
    config.bus_timeout_ps = from(1, 4) * 1'000'000;
    config.regions = {{{kScriptDevice}, 4096, from(1, 12), from(1, 12)}};
    return config;
  }

  PhysAddr address() {
    if (one_in(8)) return {kScriptDevice + 4 * random_.below(8)};
    if (one_in(30)) return {kScriptNowhere + 4 * random_.below(8)};
    // A few words of a few DRAM pages, so that they meet.
    return {4096 * random_.below(3) + 4 * random_.below(12)};
  }

  Retired data_access() {
    const PhysAddr at = address();
    if (one_in(2)) {
      const uint8_t width = one_in(3) ? static_cast<uint8_t>(from(1, 3)) : 4;
      const uint32_t offset = width == 4 ? 0 : width == 2 ? 2 * random_.below(2) : random_.below(2);
      Retired made = store(at.value + offset, width, !one_in(4));
      made.data.isolated = one_in(20);
      if (one_in(3)) made.data.hits = false;
      made.data.value = random_.word() >> (32 - 8 * width);
      return made;
    }
    if (at.value >= kScriptDevice || one_in(4)) {
      Retired made = uncached_load(at.value);
      made.data.bus_error = at.value >= kScriptNowhere;
      return made.data.bus_error ? faulted(made, EXC_DBE) : made;
    }
    static constexpr std::array<uint8_t, 4> kRefills = {0, 1, 4, 32};
    return load(at.value, kRefills[random_.below(4)]);
  }

  Retired arithmetic() {
    static constexpr std::array<uint32_t, 6> kFunctions = {0x10, 0x11, 0x12, 0x18, 0x1a, 0x21};
    return executed({kFunctions[random_.below(6)]});
  }

  // Few registers, so that operations wait for one another.
  Retired floating() {
    for (;;) {
      const isa::InsnInfo& row = isa::kInsnInfo[random_.below(isa::kInsnInfo.size())];
      if (row.op_class < isa::OpClass::kFloatAdd || row.op_class > isa::OpClass::kFloatBranch)
        continue;
      const uint32_t registers = random_.word() & 0x001618c0 & ~row.encoding.mask;
      Retired made = executed({row.encoding.match | registers});
      if (row.op_class == isa::OpClass::kFloatLoad) made.data = load(address().value).data;
      if (row.op_class == isa::OpClass::kFloatStore) made.data = store(address().value).data;
      return made;
    }
  }

  Retired work() {
    if (random_.below(8) < quiet_) return nop();
    switch (random_.below(10)) {
      case 0:
      case 1:
        return arithmetic();
      case 2:
      case 3:
        return floating();
      case 4:
        return executed({one_in(2) ? 0x42000006u : 0x40026000u});  // tlbwr, mfc0
      default:
        return data_access();
    }
  }

  uint8_t refill() {
    static constexpr std::array<uint8_t, 5> kRefills = {1, 4, 8, 16, 32};
    return kRefills[random_.below(5)];
  }

  void place(Retired& retired) {
    static constexpr std::array<uint32_t, 6> kPages = {0x80001000, 0x80002000, 0x00400000,
                                                       0x00401000, 0x00402000, 0xc0000000};
    if (one_in(10)) page_ = kPages[random_.below(6)];
    if (one_in(40)) asid_ = static_cast<uint8_t>(random_.below(2));
    word_ = one_in(4) ? random_.below(1024) : (word_ + 1) % 1024;
    retired.pc = {page_ + 4 * word_};
    retired.asid = asid_;
    // One of the pages is not in RAM, as the PROM is not.
    const bool is_ram = page_ != 0xc0000000;
    retired.fetched_from = {is_ram ? retired.pc.value & 0xffff : kScriptDevice + 4 * word_};
    if (one_in(25)) retired.fetch_cached = false;
    if (one_in(12) && retired.fetch_cached) retired = missed(retired, refill());
  }

  Retired retired() {
    if (one_in(60)) return not_fetched(one_in(3) ? EXC_IBE : EXC_INT);
    Retired made = work();
    place(made);
    if (!made.exception.taken && made.data.kind == DataAccess::Kind::kNone && one_in(40))
      made = faulted(made, EXC_SYS);
    return made;
  }

  Ask ask(size_t master) {
    return {.master = master,
            .delay = from(0, 30),
            .transfer = {address(), static_cast<uint32_t>(from(1, 20)), one_in(2), one_in(5)},
            .repeats = static_cast<unsigned>(from(0, 4)),
            .gap = from(0, 6)};
  }

  // One master or, as often, several that compete: whoever asks before has not yet had its turn.
  std::vector<Ask> asks() {
    if (!one_in(30)) return {};
    if (one_in(2)) return {ask(random_.below(kMasters))};
    std::vector<Ask> several;
    for (size_t master = one_in(2) ? 0 : 1; master < kMasters; ++master)
      several.push_back(ask(master));
    return several;
  }

  Random random_;
  uint32_t quiet_ = 0;
  uint32_t page_ = kCodePage;
  uint32_t word_ = 0;  // of the page
  uint8_t asid_ = 0;
};

}  // namespace exosim::testing
