// Loads and stores that need a translation, or that reach a device or nothing.
#include "isa/machine/exceptions.h"
#include "sim/cpu/interpreter_inline.hpp"

namespace exosim {

bool Interpreter::read_data_slowly(VirtAddr address, unsigned width, uint32_t& raw) {
  const Translation at = translate(state_, address, AccessKind::kLoad);
  if (!at.ok) return raise(at.trap), false;
  views_.remember(page_key(address), at);
  const PhysAddr phys{at.phys.value & ~(width - 1)};
  const BusAccess access = bus_.read(phys, width);
  raw = access.value;
  retired_.data = {.kind = DataAccess::Kind::kLoad,
                   .width = static_cast<uint8_t>(width),
                   .cached = at.cached,
                   .target = access.target,
                   .bus_error = !access.ok,
                   .virt = address,
                   .phys = phys,
                   .value = raw};
  if (!access.ok) raise({.code = EXC_DBE});
  return access.ok;
}

// A store that nothing takes is not precise: the write is buffered and the instruction completes
// (test: Exceptions.StoreToAbsentAddressCompletes).
void Interpreter::write_data_slowly(VirtAddr address, BusStore store) {
  const Translation at = translate(state_, address, AccessKind::kStore);
  if (!at.ok) return raise(at.trap);
  views_.remember(page_key(address), at);
  const PhysAddr phys{(at.phys.value & ~uint32_t{3}) | (store.address & 3)};
  const BusAccess access = bus_.write(phys, store.width, store.bus_value());
  retired_.data = {.kind = DataAccess::Kind::kStore,
                   .width = static_cast<uint8_t>(store.width),
                   .cached = at.cached,
                   .target = access.target,
                   .bus_error = !access.ok,
                   .virt = address,
                   .phys = phys,
                   .value = store.bus_value()};
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
