// Loads and stores that need a translation, miss the cache, or reach a device or nothing.
#include "isa/machine/cp0.h"
#include "isa/machine/exceptions.h"
#include "sim/cpu/interpreter_inline.hpp"

namespace exosim {

bool Interpreter::read_data_slowly(VirtAddr address, unsigned width, uint32_t& raw) {
  const Translation at = translate(state_, address, AccessKind::kLoad);
  if (!at.ok) return raise(at.trap), false;
  views_.remember(page_key(address), at, presence_);
  const PhysAddr phys{lane(at.phys.value & ~(width - 1), width)};
  const bool isolated = at.cached && (cache_control_ & STATUS_ISC);
  const bool cached = at.cached && data_side_->is_present();
  retired_.data = {.kind = DataAccess::Kind::kLoad,
                   .width = static_cast<uint8_t>(width),
                   .cached = cached || isolated,
                   .isolated = isolated,
                   .virt = address,
                   .phys = phys};
  const BusAccess access = isolated ? read_isolated(phys, width)
                           : cached ? read_cached(phys, width)
                                    : bus_.read(phys, width);
  raw = access.value;
  retired_.data.target = access.target;
  retired_.data.bus_error = !access.ok;
  retired_.data.value = raw;
  if (!access.ok) raise({.code = EXC_DBE});
  return access.ok;
}

BusAccess Interpreter::read_cached(PhysAddr phys, unsigned width) {
  const PhysAddr word{phys.value & ~uint32_t{3}};
  if (!data_side_->holds(word)) {
    const BusAccess filled = refill(*data_side_, word);
    if (!filled.ok) return filled;
    retired_.data.refill = static_cast<uint8_t>(data_side_->refill_words());
  }
  return {BusTarget::kRam, true, data_side_->read(phys, width)};
}

// The block of words around the one that is missing. One that nothing answers ends it: the words
// before it stay.
BusAccess Interpreter::refill(Cache& cache, PhysAddr phys) {
  note_parity(cache, phys);
  const uint32_t bytes = 4 * cache.refill_words();
  const uint32_t block = phys.value & ~(bytes - 1);
  BusAccess access;
  for (uint32_t address = block; address < block + bytes; address += 4) {
    access = bus_.read({address}, 4);
    if (!access.ok) return access;
    cache.fill({address}, access.value);
  }
  return access;
}

// A store that nothing takes is not precise: the write is buffered and the instruction completes
// (test: Exceptions.StoreToAbsentAddressCompletes).
void Interpreter::write_data_slowly(VirtAddr address, BusStore store) {
  const Translation at = translate(state_, address, AccessKind::kStore);
  if (!at.ok) return raise(at.trap);
  views_.remember(page_key(address), at, presence_);
  const PhysAddr phys{(at.phys.value & ~uint32_t{3}) | (store.address & 3)};
  const bool isolated = at.cached && (cache_control_ & STATUS_ISC);
  const bool cached = at.cached && data_side_->is_present();
  bool hits = false;
  if (isolated)
    write_isolated(phys, store);
  else if (cached)
    hits = write_cached(phys, store);
  const BusAccess access = isolated ? BusAccess{BusTarget::kRam, true, 0}
                                    : bus_.store(phys, store.width, store.bus_value());
  retired_.data = {.kind = DataAccess::Kind::kStore,
                   .width = static_cast<uint8_t>(store.width),
                   .cached = cached || isolated,
                   .isolated = isolated,
                   .hits = hits,
                   .target = access.target,
                   .bus_error = !access.ok,
                   .virt = address,
                   .phys = phys,
                   .value = store.bus_value()};
}

// A merged word is written back whole (conformance 1.8), so PZ acts on it as on a stored one.
// Returns whether it was less than a word, and held.
bool Interpreter::write_cached(PhysAddr phys, BusStore store) {
  bool hits = false;
  if (store.width == 4)
    data_side_->fill(phys, store.value);
  else
    hits = write_part(phys, store);
  if ((cache_control_ & STATUS_PZ) && data_side_->holds(phys))
    data_side_->fill_without_parity(phys, data_side_->word(phys));
  return hits;
}

void Interpreter::note_parity(const Cache& cache, PhysAddr phys) {
  if (cache.has_parity_error(phys)) state_.cp0.status |= STATUS_PE;
}

// An isolated cache answers with what it has, and says in CM whether that was the word asked for
// (conformance 1.8; tests: cache_isolated_*).
BusAccess Interpreter::read_isolated(PhysAddr phys, unsigned width) {
  Cp0& cp0 = state_.cp0;
  const PhysAddr word{phys.value & ~uint32_t{3}};
  note_parity(*data_side_, word);
  const bool hit = data_side_->is_present() && data_side_->holds(word);
  cp0.status = hit ? cp0.status & ~uint32_t{STATUS_CM} : cp0.status | STATUS_CM;
  return {BusTarget::kRam, true, data_side_->read(phys, width)};
}

void Interpreter::write_isolated(PhysAddr phys, BusStore store) {
  if (!data_side_->is_present()) return;
  if (store.width == 4)
    write_cached(phys, store);
  else
    data_side_->invalidate(phys);
}

void Interpreter::select_caches() {
  const bool swapped = (cache_control_ & STATUS_SWC) != 0;
  fetch_side_ = swapped ? &data_cache_ : &instruction_cache_;
  data_side_ = swapped ? &instruction_cache_ : &data_cache_;
  const CachePresence presence{fetch_side_->is_present(), data_side_->is_present()};
  if (presence == presence_) return;
  presence_ = presence;
  views_.forget_all();
  fetch_view_ = {};
}

void Interpreter::load_coprocessor(unsigned z, unsigned, Value address) {
  if (!require_coprocessor(z)) return;
  if (is_misaligned(isa::Access::kWord, address))
    return raise({.code = EXC_ADEL, .bad_address = {address}});
  uint32_t nowhere = 0;
  read_data({address}, 4, nowhere);
}

void Interpreter::store_coprocessor(unsigned z, unsigned, Value address) {
  if (!require_coprocessor(z)) return;
  if (is_misaligned(isa::Access::kWord, address))
    return raise({.code = EXC_ADES, .bad_address = {address}});
  write_data({address}, {address, 4, 0});
}

}  // namespace exosim
