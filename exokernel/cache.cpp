// The caches: their sizes, and forgetting what memory has no longer.
#include "exokernel/cache.hpp"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/call_frame.h"
#include "exokernel/capability.hpp"
#include "exokernel/page.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

namespace aegis {

extern "C" {
uint32_t cache_find_size(uint32_t isolate);
void cache_invalidate(uintptr_t begin, uintptr_t end, uint32_t isolate);
}

namespace {

/// Which cache loads and stores reach: bits of Status.
constexpr uint32_t kIsolateData = STATUS_ISC;
constexpr uint32_t kIsolateInstructions = STATUS_ISC | STATUS_SWC;

uint32_t instruction_bytes;
uint32_t data_bytes;

/// A cache of `size` bytes has at most that many of the range.
void forget(uintptr_t address, uint32_t bytes, uint32_t size, uint32_t isolate) {
  const uint32_t rounded = (bytes + CACHE_STEP - 1) & ~uint32_t{CACHE_STEP - 1};
  const uint32_t span = rounded < size ? rounded : size;
  if (span != 0) cache_invalidate(address, address + span, isolate);
}

}  // namespace

void caches_start() {
  data_bytes = cache_find_size(kIsolateData);
  instruction_bytes = cache_find_size(kIsolateInstructions);
}

uint32_t instruction_cache_bytes() { return instruction_bytes; }

uint32_t data_cache_bytes() { return data_bytes; }

[[gnu::noinline]] void instruction_cache_forget(uintptr_t address, uint32_t bytes) {
  EXO_DOMAIN("protection");
  forget(address, bytes, instruction_bytes, kIsolateInstructions);
}

[[gnu::noinline]] void data_cache_forget(uintptr_t address, uint32_t bytes) {
  EXO_DOMAIN("protection");
  forget(address, bytes, data_bytes, kIsolateData);
}

extern "C" void sys_cache_flush(CallFrame& call) {
  EXO_DOMAIN("multiplexing");
  const exo::Capability page{{call.a[0], call.a[1], call.a[2]}};
  const uint32_t which = call.a[3];
  constexpr uint32_t kBoth = EXO_CACHE_INSTRUCTION | EXO_CACHE_DATA;
  if (which == 0 || (which & ~kBoth) != 0) return call.fail(EXO_ERROR_BAD_ARGUMENT);
  if (const uint32_t error = check_capability(page, EXO_KIND_PAGE, EXO_RIGHT_READ))
    return call.fail(error);
  const uintptr_t address = page_address(page.index());
  if ((which & EXO_CACHE_INSTRUCTION) != 0) instruction_cache_forget(address, PAGE_SIZE);
  if ((which & EXO_CACHE_DATA) != 0) data_cache_forget(address, PAGE_SIZE);
  call.succeed(0);
}

}  // namespace aegis
