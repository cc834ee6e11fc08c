// The reference processor's segments, TLB, loads and stores.
#include "sim/machine/differential/lockstep/reference_processor.hpp"

namespace exosim::lockstep {

using enum Code;

namespace {

/// lb, lh, lwl, lw, and in the same order lbu, lhu, lwr and sb, sh, swl, sw; swr is like swl.
uint32_t width_of(uint32_t op) {
  constexpr std::array<uint32_t, 4> kWidths{1, 2, 4, 4};
  return kWidths[op & 3];
}

bool takes_any_alignment(uint32_t op) {
  return op == 0x22 || op == 0x26 || op == 0x2a || op == 0x2e;
}

/// The low `bytes` of a word, 1 to 4.
uint32_t low_bytes(uint32_t value, uint32_t bytes) {
  return static_cast<uint32_t>(value & ((uint64_t{1} << 8 * bytes) - 1));
}

/// From here on `byte` is the address's place in its word as the running byte order counts; these
/// are the formulas of 1.3, little-endian and big-endian.
uint32_t load_left(uint32_t reg, uint32_t word, uint32_t byte, bool big) {
  const uint32_t kept = big ? byte : 3 - byte;
  return low_bytes(reg, kept) | static_cast<uint32_t>(uint64_t{word} << 8 * kept);
}

uint32_t load_right(uint32_t reg, uint32_t word, uint32_t byte, bool big) {
  const uint32_t got = big ? byte + 1 : 4 - byte;
  return (reg & ~low_bytes(~0u, got)) | word >> 8 * (4 - got);
}

}  // namespace

int ReferenceProcessor::find(uint32_t page, uint32_t asid) {
  if (state_.status & kTlbShutDown) return -1;
  int found = -1;
  for (unsigned i = 0; i < kTlbEntries; ++i) {
    const bool global = (state_.tlb_lo[i] & 0x100) != 0;
    if ((state_.tlb_hi[i] & 0xfffff000) != page) continue;
    if (!global && (state_.tlb_hi[i] & 0xfc0) != asid) continue;
    if (found >= 0) {
      state_.status |= kTlbShutDown;
      return -1;
    }
    found = static_cast<int>(i);
  }
  return found;
}

ReferenceProcessor::Place ReferenceProcessor::translate(uint32_t address, Access kind) {
  if (address >= 0x80000000 && state_.status & kUserMode) {
    raise(kind == Access::kStore ? kAdes : kAdel, address);
    return {};
  }
  if (address < 0x80000000 || address >= 0xc0000000) return look_up(address, kind);
  return {.ok = true, .phys = address & 0x1fffffff, .cached = address < 0xa0000000};
}

ReferenceProcessor::Place ReferenceProcessor::look_up(uint32_t address, Access kind) {
  const Code code = kind == Access::kStore ? kTlbs : kTlbl;
  const int entry = find(address & 0xfffff000, state_.entry_hi & 0xfc0);
  if (entry < 0) {
    raise(code, address, address < 0x80000000);
    return {};
  }
  const uint32_t lo = state_.tlb_lo[static_cast<unsigned>(entry)];
  if (!(lo & 0x200)) {
    raise(code, address);
    return {};
  }
  if (kind == Access::kStore && !(lo & 0x400)) {
    raise(kMod, address);
    return {};
  }
  return {.ok = true, .phys = (lo & 0xfffff000) | (address & 0xfff), .cached = (lo & 0x800) == 0};
}

/// Reads what the cache or the bus has there; a bus error is raised.
uint32_t ReferenceProcessor::note_load(uint32_t address, const Place& place, uint32_t width) {
  uint32_t value = 0;
  uint32_t phys = place.phys & ~(width - 1);
  // The other byte order has the same words, and in them the bytes and halves from the other end.
  if (big_endian()) phys = (phys & ~3u) | (4 - width - (phys & 3));
  const bool ok = read_place(place, phys, width, value);
  step_.access = Access::kLoad;
  step_.width = width;
  step_.address = address;
  step_.phys = phys;
  step_.value = value;
  step_.bus_error = !ok;
  if (!ok) raise(kDbe);
  return value;
}

void ReferenceProcessor::load(const Fields& f) {
  const uint32_t address = state_.gpr[f.rs] + f.immediate;
  const uint32_t width = width_of(f.op);
  if (!takes_any_alignment(f.op) && address % width != 0) return raise(kAdel, address);
  const Place place = translate(address, Access::kLoad);
  if (!place.ok) return;
  uint32_t value = note_load(address, place, width);
  if (step_.bus_error) return;
  if (f.op == 0x20) value = static_cast<uint32_t>(static_cast<int8_t>(value));
  if (f.op == 0x21) value = static_cast<uint32_t>(static_cast<int16_t>(value));
  // What is in flight to the register, not what the register shows; $0 is 0.
  const uint32_t old = f.rt == 0 ? 0 : after_[f.rt];
  if (f.op == 0x22) value = load_left(old, value, address & 3, big_endian());
  if (f.op == 0x26) value = load_right(old, value, address & 3, big_endian());
  step_.value = value;
  write_late(f.rt, value);
}

/// A store that nothing takes completes: the write is buffered.
void ReferenceProcessor::note_store(uint32_t address, const Place& place, uint32_t byte,
                                    uint32_t width, uint32_t value) {
  const uint32_t phys = (place.phys & ~3u) + byte;
  value = low_bytes(value, width);
  step_.isolated = place.cached && status(kIsolated);
  step_.cached = step_.isolated || (place.cached && data_side().present());
  if (step_.cached && data_side().present()) store_in_cache(phys, width, value, step_.isolated);
  step_.bus_error = !step_.isolated && !memory_.write(phys, width, value);
  step_.access = Access::kStore;
  step_.width = width;
  step_.address = address;
  step_.phys = phys;
  step_.value = value;
}

void ReferenceProcessor::store(const Fields& f) {
  const uint32_t address = state_.gpr[f.rs] + f.immediate;
  const uint32_t width = width_of(f.op);
  if (!takes_any_alignment(f.op) && address % width != 0) return raise(kAdes, address);
  const Place place = translate(address, Access::kStore);
  if (!place.ok) return;
  if (takes_any_alignment(f.op)) return store_part(f, address, place);
  const uint32_t byte = address & 3;
  note_store(address, place, big_endian() ? 4 - width - byte : byte, width, state_.gpr[f.rt]);
}

/// swl: the upper bytes of the register, to the word's low end; swr: the lower ones, to its high.
void ReferenceProcessor::store_part(const Fields& f, uint32_t address, const Place& place) {
  const uint32_t value = state_.gpr[f.rt];
  const uint32_t byte = address & 3;
  const bool left = f.op == 0x2a;
  const uint32_t width = left == big_endian() ? 4 - byte : byte + 1;
  if (left) return note_store(address, place, 0, width, value >> 8 * (4 - width));
  note_store(address, place, 4 - width, width, value);
}

/// Of coprocessors that are not there: what is loaded is lost, what is stored is 0.
void ReferenceProcessor::coprocessor_load_or_store(const Fields& f) {
  if (!usable(f.op & 3)) return;
  const bool is_store = f.op >= 0x38;
  const uint32_t address = state_.gpr[f.rs] + f.immediate;
  if (address % 4 != 0) return raise(is_store ? kAdes : kAdel, address);
  const Place place = translate(address, is_store ? Access::kStore : Access::kLoad);
  if (!place.ok) return;
  if (is_store) return note_store(address, place, 0, 4, 0);
  note_load(address, place, 4);
}

}  // namespace exosim::lockstep
