// See guest_view.hpp.
#include "sim/machine/diagnosis/guest_view.hpp"

#include "isa/machine/cp0.h"

namespace exosim {

void GuestView::look_as(bool user_mode, unsigned asid) {
  Cp0& cp0 = state_.cp0;
  cp0.status = (cp0.status & ~uint32_t{STATUS_KUC}) | (user_mode ? STATUS_KUC : 0);
  cp0.entry_hi = (cp0.entry_hi & ~uint32_t{ENTRYHI_ASID_MASK}) |
                 ((uint32_t{asid} << ENTRYHI_ASID_SHIFT) & ENTRYHI_ASID_MASK);
}

std::optional<PhysAddr> GuestView::physical(VirtAddr address) {
  const Translation at = translate(state_, address, AccessKind::kLoad);
  if (!at.ok) return std::nullopt;
  return at.phys;
}

std::optional<uint32_t> GuestView::word(VirtAddr address) {
  return read(address, AccessKind::kLoad);
}

std::optional<uint32_t> GuestView::instruction(VirtAddr address) {
  return read(address, AccessKind::kFetch);
}

std::optional<uint32_t> GuestView::read(VirtAddr address, AccessKind kind) {
  if (address.value % 4 != 0) return std::nullopt;
  const Translation at = translate(state_, address, kind);
  if (!at.ok) return std::nullopt;
  const bool swapped = (state_.cp0.status & STATUS_SWC) != 0;
  const bool from_data = (kind != AccessKind::kFetch) != swapped;
  const Cache& cache = from_data ? cpu_.data_cache() : cpu_.instruction_cache();
  if (at.cached && cache.is_present() && cache.holds(at.phys)) return cache.word(at.phys);
  return bus_.peek(at.phys, 4);
}

}  // namespace exosim
