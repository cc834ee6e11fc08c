// Choosing. The numbers are those that reach every case often enough: the tests count.
#include "sim/machine/differential/lockstep/stimulus.hpp"

#include "sim/machine/differential/lockstep/reference_memory.hpp"
#include "sim/machine/differential/lockstep/reference_processor.hpp"

namespace exosim::lockstep {
namespace {

constexpr std::array kPages{0x00400000u, 0x00401000u, 0x00500000u, 0x7ffff000u, 0x00000000u,
                            0xc0000000u, 0xc0400000u, 0xfffff000u, 0x10000000u, 0x40400000u,
                            0x0ffff000u, 0x80000000u, 0x80001000u};
// Status is written as often as all others together, EntryHi too.
constexpr std::array kCop0Registers{0u, 1u, 2u, 4u, 8u, 10u, 10u, 10u, 12u, 12u, 13u, 14u, 15u, 3u};
constexpr std::array kFunctions{0x00u, 0x02u, 0x03u, 0x04u, 0x06u, 0x07u, 0x10u, 0x11u,
                                0x12u, 0x13u, 0x18u, 0x19u, 0x1au, 0x1bu, 0x20u, 0x21u,
                                0x22u, 0x23u, 0x24u, 0x25u, 0x26u, 0x27u, 0x2au, 0x2bu};
constexpr std::array kMemoryOps{0x20u, 0x21u, 0x22u, 0x23u, 0x24u, 0x25u, 0x26u,
                                0x22u, 0x26u, 0x28u, 0x29u, 0x2au, 0x2bu, 0x2eu,
                                0x2au, 0x2eu, 0x30u, 0x31u, 0x38u, 0x3bu};
constexpr std::array kLoads{0x20u, 0x21u, 0x22u, 0x23u, 0x23u, 0x23u, 0x24u, 0x25u, 0x26u};
constexpr std::array kStores{0x28u, 0x29u, 0x2au, 0x2bu, 0x2bu, 0x2bu, 0x2eu};
constexpr std::array kCacheLoads{0x20u, 0x21u, 0x22u, 0x23u, 0x23u, 0x23u,
                                 0x23u, 0x24u, 0x25u, 0x26u, 0x30u};
constexpr std::array kCacheStores{0x28u, 0x29u, 0x2au, 0x2bu, 0x2bu, 0x2bu, 0x2bu, 0x2eu, 0x38u};
constexpr std::array kEdges{0x00000000u, 0x00000001u, 0x7fffffffu, 0x80000000u, 0xffffffffu};
constexpr std::array kTlbFunctions{0x01u, 0x02u, 0x02u, 0x02u, 0x06u, 0x06u, 0x08u, 0x10u, 0x10u};

/// The code of kCaches, which some of its data meets in the caches.
constexpr uint32_t kCacheCode = 0x5200;
constexpr uint32_t kCacheCodeWords = 128;
constexpr uint32_t kMeetingOffset = 0x1d0;
constexpr uint32_t kCacheBits = kIsolated | kSwapped | kParityZero | kParityError | kReversed;

uint32_t register_word(uint32_t op, uint32_t rs, uint32_t rt, uint32_t rd, uint32_t funct) {
  return op << 26 | rs << 21 | rt << 16 | rd << 11 | funct;
}

uint32_t immediate_form(uint32_t op, uint32_t rs, uint32_t rt, uint32_t immediate) {
  return op << 26 | rs << 21 | rt << 16 | (immediate & 0xffff);
}

uint32_t move_to_cop0(uint32_t rt, uint32_t number) {
  return register_word(0x10, 0x04, rt, number, 0);
}

uint32_t cop0_operation(uint32_t funct) { return register_word(0x10, 0x10, 0, 0, funct); }

}  // namespace

uint32_t Stimulus::reg() { return one_in(12) ? 31 : below(9); }
uint32_t Stimulus::data_reg() { return one_in(10) ? below(2) * 31 : 6 + below(3); }

uint32_t Stimulus::word() {
  if (theme_ == Theme::kEverything) return any_word();
  return theme_ == Theme::kTranslations ? translation_word() : cache_word();
}

uint32_t Stimulus::any_word() {
  const uint32_t choice = below(100);
  if (choice < 22) return special_word();
  if (choice < 32) return immediate_word();
  if (choice < 55) return memory_word();
  if (choice < 73) return branch_word();
  if (choice < 93) return cop0_word();
  if (choice < 95) return one_in(2) ? 0x0c : 0x0d;  // syscall, break
  if (choice < 97)
    return register_word(0x10 + below(4), one_in(2) ? 8 : below(32), below(32), 0, below(64));
  return random_.word();
}

uint32_t Stimulus::special_word() {
  return register_word(0, reg(), reg(), reg(), below(32) << 6 | pick(kFunctions));
}

uint32_t Stimulus::immediate_word() {
  return immediate_form(8 + below(8), reg(), reg(), one_in(2) ? below(0x10000) : below(16) - 8);
}

uint32_t Stimulus::memory_word() {
  return immediate_form(pick(kMemoryOps), reg(), reg(), one_in(3) ? 0 : below(32) - 16);
}

uint32_t Stimulus::branch_word() {
  const uint32_t choice = below(18);
  if (choice == 0) return (2 + below(2)) << 26 | below(kRamSize / 4);
  if (choice < 6) return register_word(0, reg(), 0, one_in(2) ? reg() : 31, 8 + below(2));
  const uint32_t op = one_in(2) ? 1 : 4 + below(4);
  return immediate_form(op, reg(), one_in(2) ? below(32) : reg(), below(24) - 8);
}

uint32_t Stimulus::cop0_word() {
  const uint32_t choice = below(20);
  if (choice < 5) return register_word(0x10, 0, reg(), pick(kCop0Registers), 0);
  if (choice < 13) return move_to_cop0(reg(), pick(kCop0Registers));
  return cop0_operation(pick(kTlbFunctions));
}

// Registers have roles here, which give_roles() fills: 1 to 3 point into pages, 4 and 10 to 15 are
// EntryHi, 5 EntryLo, 9 Index, 20 to 23 Status; 6 to 8, 31 and 0 are for data.
uint32_t Stimulus::translation_word() {
  const uint32_t choice = below(100);
  const uint32_t base = 1 + below(3);
  const uint32_t near = below(8) * 4 - 16;
  if (choice < 35) return immediate_form(pick(kLoads), base, data_reg(), near);
  if (choice < 55) return immediate_form(pick(kStores), base, data_reg(), near);
  if (choice < 65) return register_word(0, data_reg(), data_reg(), data_reg(), 0x21);
  if (choice < 72) return immediate_form(4 + below(2), data_reg(), data_reg(), 1 + below(8));
  if (choice < 76) return register_word(0, base, 0, one_in(2) ? 31 : 0, 8 + below(2));
  if (choice < 80) return cop0_operation(pick(kTlbFunctions));
  if (choice < 84) return move_to_cop0(4, 10);
  if (choice < 86) return move_to_cop0(5, 2);
  if (choice < 88) return move_to_cop0(9, 0);
  if (choice < 91) return move_to_cop0(10 + below(6), 10);
  if (choice < 93) return cop0_operation(0x10);
  if (choice < 94) return move_to_cop0(20 + below(4), 12);
  return immediate_form(8 + below(8), data_reg(), data_reg(), below(0x10000));
}

// 1 to 4 point to words that meet, 5 into the code; 20 to 23 are Status.
uint32_t Stimulus::cache_word() {
  const uint32_t choice = below(100);
  const uint32_t base = choice % 16 == 0 ? 5 : 1 + below(4);
  const uint32_t near = one_in(4) ? below(12) : below(12) * 4 - 16;
  if (choice < 37) return immediate_form(pick(kCacheLoads), base, data_reg(), near);
  if (choice < 62) return immediate_form(pick(kCacheStores), base, data_reg(), near);
  if (choice < 70) return immediate_form(4 + below(2), data_reg(), data_reg(), below(12) - 6);
  if (choice < 72) return (2 << 26) | (kCacheCode / 4 + below(kCacheCodeWords));
  if (choice < 78) return move_to_cop0(20 + below(4), 12);
  if (choice < 83) return register_word(0x10, 0, data_reg(), 12, 0);
  if (choice < 85) return cop0_operation(0x10);
  return immediate_form(8 + below(8), data_reg(), data_reg(), below(0x10000));
}

uint32_t Stimulus::page() { return pick(kPages); }

uint32_t Stimulus::frame() {
  switch (below(10)) {
    case 0:
      return kDeviceBase;
    case 1:
      return 0x1f000000;  // absent
    case 2:
      return kRomBase;
    default:
      return below(32) << 12;
  }
}

uint32_t Stimulus::offset() {
  switch (below(8)) {
    case 0:
      return 0xff8 + below(8);
    case 1:
      return 0xffc;
    case 2:
      return below(4096);
    default:
      return below(1024) * 4;
  }
}

uint32_t Stimulus::address() {
  switch (below(8)) {
    case 0:
      return 0x80000000 + below(kRamSize + 0x400);
    case 1:
      return 0xa0000000 + (below(32) << 12) + offset();
    case 2:
      return 0xa0000000 + kDeviceBase;
    case 3:
      return 0xa0000000 + kRomBase + below(0x1000);
    default:
      return page() + offset();
  }
}

uint32_t Stimulus::value() {
  switch (below(8)) {
    case 0:
      return address();
    case 1:
      return page() | below(3) << 6;
    case 2:
      return frame() | below(16) << 8;
    case 3:
      return below(64) << 8;
    case 4:
      return random_.word() & 0xf0400000;
    case 5:
      return below(64) | below(256) << 8;
    case 6:
      return pick(kEdges);
    default:
      return random_.word();
  }
}

uint32_t Stimulus::status() {
  uint32_t result = below(64) | below(2) << 28;
  if (one_in(3)) result |= 0xff00;
  if (one_in(4)) result |= kBootVectors;
  if (one_in(2)) result |= random_.word() & 0xe0000000;
  return result;
}

void Stimulus::map_pages(ReferenceState& state) {
  state.status &= ~kTlbShutDown;
  for (uint32_t i = 0; i < kTlbEntries; ++i) {
    state.tlb_hi[i] = 0x81000000 + (i << 12);  // matches nothing
    state.tlb_lo[i] = 0;
  }
  for (size_t i = 0; i < mapped_.size(); ++i) {
    const uint32_t entry = mapped_[i] = below(kTlbEntries);
    state.tlb_hi[entry] = kPages[i] | below(3) << 6;
    state.tlb_lo[entry] = frame() | below(16) << 8 | (one_in(3) ? 0 : 0x200);
  }
  for (uint32_t& one : pages_) one = page();
  if (theme_ == Theme::kCaches) map_meeting_pages(state);
}

/// The code of kCaches and the frames of its data once more, for user mode too.
void Stimulus::map_meeting_pages(ReferenceState& state) {
  constexpr std::array<uint32_t, 4> kFrames{kCacheCode & ~0xfffu, 0, 0x1000, 0x2000};
  for (uint32_t i = 0; i < kFrames.size(); ++i) {
    state.tlb_hi[mapped_[i]] = kPages[i];
    state.tlb_lo[mapped_[i]] = kFrames[i] | 0x700 | (one_in(4) ? 0x800 : 0);
  }
}

void Stimulus::scatter(ReferenceState& state) {
  for (uint32_t i = 1; i < 32; ++i) state.gpr[i] = value();
  if (theme_ == Theme::kTranslations) give_roles(state);
  if (theme_ == Theme::kCaches) give_cache_roles(state);
  const uint32_t shut_down = one_in(8) ? state.status & kTlbShutDown : 0;
  state.status = status() | shut_down;
  state.pc = theme_ == Theme::kCaches ? cached_start(state) : start(state);
  if (!one_in(8)) state.pc &= ~3u;
  state.next_pc = state.pc + 4;
  state.in_slot = false;
  state.branch = 0;
}

uint32_t Stimulus::start(ReferenceState& state) {
  const uint32_t choice = below(6);
  if (choice == 0) return address();
  if (choice < 4) return 0x80000000 + below(kRamSize / 4) * 4;
  // A page in its address space, if the entry is still there.
  state.entry_hi = state.tlb_hi[pick(mapped_)];
  return (state.entry_hi & 0xfffff000) + offset();
}

void Stimulus::give_roles(ReferenceState& state) {
  for (uint32_t i = 1; i < 4; ++i) state.gpr[i] = pick(pages_) + 0x100 + below(64) * 4;
  state.gpr[4] = pages_[0] | below(2) << 6;
  state.gpr[5] = below(20) << 12 | 0x200 | below(2) << 10 | (one_in(3) ? 0x100 : 0);
  state.gpr[9] = below(12) << 8;
  for (uint32_t i = 10; i < 16; ++i) state.gpr[i] = pick(pages_) | below(2) << 6;
  for (uint32_t i = 20; i < 24; ++i) state.gpr[i] = below(16) << 2 | below(2) * 3;
}

void Stimulus::give_cache_roles(ReferenceState& state) {
  for (uint32_t i = 1; i < 5; ++i) state.gpr[i] = meeting_word();
  state.gpr[5] = 0x80000000 + kCacheCode + below(kCacheCodeWords) * 4;
  for (uint32_t i = 20; i < 24; ++i) state.gpr[i] = cache_status();
}

/// The cache bits come and go; user mode is rare, for it is only to be left by exceptions.
uint32_t Stimulus::cache_status() {
  const uint32_t bits = one_in(3) ? 0 : random_.word() & kCacheBits;
  return bits | (one_in(6) ? kUserMode : 0) | (one_in(2) ? 0x10000000 : 0);
}

uint32_t Stimulus::meeting_line() { return kMeetingOffset + below(4) * 16; }

uint32_t Stimulus::meeting_word() {
  const uint32_t line = meeting_line();
  switch (below(8)) {
    case 0:
      return page() + line;
    case 1:
    case 2:
      return kPages[1 + below(3)] + line;
    case 3:
      return 0xa0000000 + (below(4) << 12) + line;
    case 4:
      return 0x80000000 + (one_in(2) ? kDeviceBase : kRomBase) + line;
    default:
      return 0x80000000 + (below(4) << 12) + line;
  }
}

uint32_t Stimulus::cached_start(ReferenceState& state) {
  state.status |= random_.word() & kCacheBits;
  if (state.prid != kR3000A) state.status &= ~kReversed;
  const uint32_t at = kCacheCode + below(kCacheCodeWords) * 4;
  const uint32_t choice = below(8);
  if (choice == 0) return start(state);
  if (choice < 4) {
    // What user mode may use, so that it is not left at once.
    for (uint32_t i = 1; i < 6; ++i) state.gpr[i] = kPages[1 + below(3)] + meeting_line();
    return kPages[0] + at % 0x1000;
  }
  state.status &= ~kUserMode;
  return (choice == 4 ? 0xa0000000 : 0x80000000) + at;
}

uint32_t Stimulus::stale_word() {
  const uint32_t line = (below(4) << 12) + kMeetingOffset + below(16) * 4;
  return one_in(3) ? kCacheCode + below(kCacheCodeWords) * 4 : line;
}

}  // namespace exosim::lockstep
