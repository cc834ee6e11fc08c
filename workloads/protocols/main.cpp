// What nobody has published of an exokernel: what its protocols cost, step by step. For the tables
// in docs/exokernel.md (.ci/gen_protocols.py). It is to run with slices that are longer than any
// round.
#include "workloads/protocols/protocols.hpp"

namespace protocols {

const volatile exo::EnvironmentRecord* records;

namespace {

constexpr unsigned kRounds = 8;
constexpr uint32_t kTables = 0x30000000;

constexpr void (*kParts[])() = {revoke_visibly, revoke_imperatively, revoke_by_force,
                                break_bindings, check_capabilities,  adjudicate,
                                live_and_die};

}  // namespace
}  // namespace protocols

void run_tests() {
  using namespace protocols;
  records = test::bind_table<exo::EnvironmentRecord>(exo::Exposed::kEnvironments, kTables);
  arrive_at_slices();
  start_victim();
  start_poor();
  for (void (*part)() : kParts)
    for (unsigned round = 0; round < kRounds; ++round) part();
  end_victim();
  end_poor();
  for (unsigned round = 0; round < kRounds; ++round) overrun_slices();
}
