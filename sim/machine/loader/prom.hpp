// The contents of the boot PROM: device directory, boot information, argument strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/result.hpp"
#include "sim/machine/loader/place.hpp"

namespace exosim {

struct Prom {
  std::vector<std::byte> bytes;  // PROM_SIZE
  uint32_t argc;
  uint32_t argv;  // kseg1 address of argc pointers and a null
};

/// Lays the PROM out as isa/machine/boot.h and memory_map.h say; the argument vector and its
/// strings follow the last module record that there could be. `addresses` are the modules' physical
/// addresses. Refuses what does not fit.
Result<Prom> build_prom(const BootRequest& request, const std::vector<uint32_t>& addresses);

}  // namespace exosim
