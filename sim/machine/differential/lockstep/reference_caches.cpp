// The reference processor's caches at work. Where docs/conformance.md leaves it open: the words of
// a block come in rising order and those before a bus error stay; a parity error counts where the
// word would have hit; what is stored while PZ is set has no parity, merged or not.
#include "sim/machine/differential/lockstep/reference_processor.hpp"

namespace exosim::lockstep {

bool ReferenceProcessor::hits(ReferenceCache& cache, uint32_t phys) {
  const ReferenceCache::Found found = cache.find(phys);
  if (found == ReferenceCache::Found::kWrongParity) state_.status |= kParityError;
  return found == ReferenceCache::Found::kHit;
}

bool ReferenceProcessor::refill(ReferenceCache& cache, uint32_t phys) {
  const uint32_t first = phys / 4 / cache.refill() * cache.refill();
  for (uint32_t i = 0; i < cache.refill(); ++i) {
    uint32_t word = 0;
    if (!memory_.read((first + i) * 4, 4, word)) return false;
    cache.put((first + i) * 4, word, false);
  }
  return true;
}

bool ReferenceProcessor::fetch(const Place& place, uint32_t& word) {
  ReferenceCache& cache = fetch_side();
  if (!place.cached || !cache.present()) return memory_.read(place.phys, 4, word);
  if (!hits(cache, place.phys)) {
    if (!refill(cache, place.phys)) return false;
    step_.fetch_refill = cache.refill();
  }
  step_.fetch_cached = true;
  word = cache.get(place.phys, 4);
  return true;
}

bool ReferenceProcessor::read_place(const Place& place, uint32_t phys, uint32_t width,
                                    uint32_t& value) {
  ReferenceCache& cache = data_side();
  step_.isolated = place.cached && status(kIsolated);
  step_.cached = step_.isolated || (place.cached && cache.present());
  if (!step_.cached) return memory_.read(phys, width, value);
  const bool hit = hits(cache, phys);
  if (step_.isolated) {
    state_.status = hit ? state_.status & ~kCacheMiss : state_.status | kCacheMiss;
  } else if (!hit) {
    if (!refill(cache, phys)) return false;
    step_.load_refill = cache.refill();
  }
  value = cache.get(phys, width);
  return true;
}

/// A word is simply put there. Less invalidates an isolated word, whosever it is; else it matters
/// only if it hits.
void ReferenceProcessor::store_in_cache(uint32_t phys, uint32_t width, uint32_t value,
                                        bool isolated) {
  ReferenceCache& cache = data_side();
  const bool parity_zero = status(kParityZero);
  if (width == 4) return cache.put(phys, value, parity_zero);
  if (isolated || (hits(cache, phys) && partial_store_invalidates_)) {
    cache.slot(phys).valid = false;
  } else if (hits(cache, phys)) {
    const uint32_t shift = 8 * (phys & 3);
    const auto mask = static_cast<uint32_t>(((uint64_t{1} << 8 * width) - 1) << shift);
    cache.put(phys, (cache.slot(phys).word & ~mask) | value << shift, parity_zero);
  }
}

}  // namespace exosim::lockstep
