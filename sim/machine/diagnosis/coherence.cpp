// Compares what a cache gave with what memory has.
#include "sim/machine/diagnosis/coherence.hpp"

#include <fmt/format.h>

#include "sim/machine/diagnosis/back_trace.hpp"

namespace exosim {

namespace {

std::string describe(const StorePlace& store, const CodeMap& code) {
  const auto place = code.find(store.code);
  return place ? describe_instruction(*place) : fmt::format("{:#010x}", store.pc.value);
}

}  // namespace

std::string StaleWord::text(const CodeMap& code) const {
  const std::string writer =
      written_at ? "the store at " + describe(*written_at, code) : "no store that is known";
  return fmt::format(
      "{} of a stale word at {:#010x} (physical {:#010x}): the cache has {:#010x}, memory "
      "{:#010x}, from {}",
      is_code ? "fetch" : "load", virt.value, phys.value, cached, in_memory, writer);
}

CoherenceChecker::CoherenceChecker(const Cpu& cpu, const Ram& ram)
    : cpu_(cpu), ram_(ram), stores_(ram.size() / 4) {}

std::optional<StaleWord> CoherenceChecker::look(const Retired& retired) {
  std::optional<StaleWord> found;
  if (retired.fetched && retired.fetch_cached)
    found = check(true, retired.pc, retired.fetched_from, retired.word.bits);
  const DataAccess& data = retired.data;
  if (data.kind == DataAccess::Kind::kLoad && data.cached && !data.isolated && !data.bus_error) {
    if (!found) found = check_load(data);
  }
  if (data.kind == DataAccess::Kind::kStore && !data.isolated)
    note_store({retired.pc, retired.fetched_from}, data);
  return found;
}

std::optional<StaleWord> CoherenceChecker::check_load(const DataAccess& load) {
  const PhysAddr word{load.phys.value & ~uint32_t{3}};
  return check(false, load.virt, word, cpu_.data_side().word(word));
}

std::optional<StaleWord> CoherenceChecker::check(bool is_code, VirtAddr virt, PhysAddr phys,
                                                 uint32_t cached) {
  if (!ram_.contains(phys, 4)) return std::nullopt;
  const uint32_t in_memory = ram_.read(phys, 4);
  const std::pair word{is_in_instruction_cache(is_code), phys};
  if (in_memory == cached) {
    if (!reported_.empty()) reported_.erase(word);
    return std::nullopt;
  }
  if (!reported_.insert(word).second) return std::nullopt;
  StaleWord stale{is_code, virt, phys, cached, in_memory, std::nullopt};
  const LastStore& store = stores_[phys.value / 4];
  const bool is_there = (in_memory & store.mask) == store.bits;
  if (is_there && ((in_memory ^ cached) & store.mask) != 0) stale.written_at = store.place;
  return stale;
}

// Status.SwC exchanges the caches.
bool CoherenceChecker::is_in_instruction_cache(bool is_code) const {
  return is_code == (&cpu_.data_side() == &cpu_.data_cache());
}

void CoherenceChecker::note_store(StorePlace place, const DataAccess& store) {
  if (!ram_.contains(store.phys, 1)) return;
  const uint32_t shift = 8 * (store.phys.value % 4);
  const uint32_t mask = (~0u >> (32 - 8 * store.width)) << shift;
  stores_[store.phys.value / 4] = {place, mask, store.value << shift};
}

}  // namespace exosim
