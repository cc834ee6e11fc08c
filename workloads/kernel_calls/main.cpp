// Every kernel call, in the cases that its cost depends on: for the table in docs/exokernel.md
// (.ci/gen_kernel_calls.py). It is to run with slices that are longer than any round.
//
// A new call is one more MEASURE("name: case", exo::name(...)) in the group that it belongs to, or,
// if it gives the processor or the address space away, a passage (isa/markers.h).
#include "workloads/kernel_calls/measure.hpp"

namespace {

constexpr unsigned kRounds = 8;

constexpr uint32_t kText = 256;  // offset in EXO_CONTEXT_USER, beyond the harness's own words

void do_nothing() {
  MEASURE("null", exo::null());
  MEASURE("env_id", exo::env_id());
  const uint32_t text = EXO_CONTEXT_USER + kText;
  MEASURE("console_write: 1 byte", exo::console_write(text, 1u));
  MEASURE("console_write: 80 bytes", exo::console_write(text, 80u));
}

constexpr void (*kGroups[])() = {
    do_nothing,      calls::use_pages,        calls::use_capabilities,      calls::use_devices,
    calls::use_code, calls::use_environments, calls::end_large_environment, calls::use_quotas,
    calls::revoke,   calls::use_slices};

}  // namespace

void run_tests() {
  for (uint32_t offset = 0; offset < 80; ++offset)
    *reinterpret_cast<volatile char*>(EXO_CONTEXT_VA + EXO_CONTEXT_USER + kText + offset) = '.';
  calls::start_partner();
  // More pages than an environment is guaranteed: revoke is to find one that it may take.
  for (uint32_t count = 0; count < EXO_GUARANTEED_PAGES; ++count) calls::allocate();
  for (void (*group)() : kGroups) {
    for (unsigned round = 0; round < kRounds; ++round) {
      test_yield(EXO_YIELD_NEXT);
      group();
    }
  }
  CHECK(exo::env_destroy(calls::partner().capability).ok());
}
