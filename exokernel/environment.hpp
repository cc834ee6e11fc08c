// Environments: what the kernel knows of an application. Its registers are not part of it.
#pragma once

#include <cstdint>

#include "exokernel/abi/env.h"
#include "exokernel/console.hpp"
#include "exokernel/processor.h"

namespace aegis {

/// Environment ids are 1 to this: each has an address space of its own for good, and the processor
/// has 64, of which 0 is nobody's.
inline constexpr unsigned kEnvironmentMax = 63;

inline constexpr unsigned kNoGuarantee = 0xffffffff;

enum class EnvironmentState : uint8_t { kUnused, kRunning, kEnded };

struct Environment {
  uint16_t id;
  EnvironmentState state;
  bool has_run;           // its first slice is a whole one, even if another donates it
  uint32_t excess;        // grace periods overrun
  uint32_t status;        // exit status, once it has ended
  uint32_t space;         // address space: the ASID in its place in EntryHi
  exo::Context* context;  // kseg0 address of the context page
  uint32_t info_pfn;      // kNoPage until it has one
  const char* name;
  unsigned guaranteed_count;
  // Room for the sentinel of the search, and for the entry that the search reads beyond it.
  TlbEntry guaranteed[EXO_GUARANTEED_MAX + 2];

  /// Index of the guaranteed mapping with this EntryHi, or kNoGuarantee.
  unsigned find_guarantee(uint32_t entry_hi) const;
  bool guarantees_page(uint32_t pfn) const;
};

/// Starts an environment that runs nothing yet. `id` must be unused, `name` must last.
Environment& environment_create(unsigned id, const char* name);
/// Any id from 1 to kEnvironmentMax; the state says whether it is in use.
Environment& environment_slot(unsigned id);
/// Null if no environment runs under this id.
Environment* find_environment(uint32_t id);
/// For current_environment.
extern Environment* running_environment;
inline Environment& current_environment() { return *running_environment; }
/// Makes it the one that the assembly paths serve.
void environment_make_current(Environment& environment);
/// To be called when guaranteed mappings have changed: the assembly paths must know their end.
void publish_guarantees();

/// Ends an environment: everything that it owns is reclaimed, every binding broken. If it is the
/// last one the machine stops. Returns otherwise, also if it was the current one.
void environment_end(Environment& environment, uint32_t status);
/// The same, with a message on the console that ends in the reason, and EXO_STATUS_DESTROYED.
template <typename... Reason>
void environment_destroy(Environment& environment, const Reason&... reason) {
  print("aegis: environment ", uint32_t{environment.id}, " (", environment.name,
        ") destroyed: ", reason..., '\n');
  environment_end(environment, EXO_STATUS_DESTROYED);
}

}  // namespace aegis
