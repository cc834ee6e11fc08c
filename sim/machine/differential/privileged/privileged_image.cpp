// The runtime and the steps in one piece, the user code in another.
#include "sim/machine/differential/privileged/privileged_image.hpp"

#include <cassert>
#include <span>
#include <string>

#include "isa/assembler.hpp"
#include "isa/machine/memory_map.h"
#include "sim/machine/differential/privileged/privileged_runtime.hpp"
#include "sim/machine/differential/privileged/privileged_steps.hpp"

namespace exosim::differential {
namespace {

/// Executable; that the kernel writes its own state there needs no leave in kseg0.
MemoryPiece assemble_piece(const std::string& source, uint32_t address) {
  const auto words = isa::assemble_program(source, address);
  assert(words);
  const auto bytes = std::as_bytes(std::span(*words));
  return {.address = address, .bytes = {bytes.begin(), bytes.end()}, .writable = false};
}

}  // namespace

PrivilegedImage make_privileged_image(uint64_t seed, size_t steps) {
  PrivilegedSteps random(seed);
  const std::string kernel = privileged_runtime() + random.steps(steps);
  PrivilegedImage image{.pieces = {}, .entry = kRuntimeEntry};
  image.pieces.push_back(assemble_piece(kernel, kRuntimeBase));
  image.pieces.push_back(assemble_piece(random.user_code(), KSEG0_BASE | kUserCode));
  assert(image.pieces[0].bytes.size() <= kFrames);
  return image;
}

}  // namespace exosim::differential
