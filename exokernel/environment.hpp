// Environments: what the kernel knows of an application. Its registers are not part of it.
#pragma once

#include <cstdint>

#include "exokernel/abi/env.h"
#include "exokernel/abi/exposed.hpp"
#include "exokernel/abi/resources.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/capability.hpp"
#include "exokernel/console.hpp"
#include "exokernel/processor.h"
#include "exokernel/revocation.hpp"
#include "exokernel/transfer.h"

namespace aegis {

/// Environment ids are 1 to this, or less (environment_max).
inline constexpr unsigned kEnvironmentMax = 511;

inline constexpr unsigned kNoGuarantee = 0xffffffff;

using exo::EnvironmentState;

/// What an environment waits for.
struct Sleep {
  uint32_t events;  // EXO_EVENT_...; 0: it does not sleep
  uint64_t until;   // for EXO_EVENT_TIME: the timer's counter
};

struct Environment {
  uint16_t id;
  bool sees_pixels;  // it has bound some: the frame buffer is told when it runs
  bool has_run;      // its first slice is a whole one, even if another donates it
  bool was_runner;   // a slice of another environment has ended with this one as its runner
  uint32_t space;    // address space: the ASID in its place in EntryHi; 0 while it has none
  uint32_t spaces[EXO_SPACES_MAX];  // all of its address spaces; `space` is that of space_number
  unsigned guaranteed_count;
  uint32_t space_number;
  exo::Context* context;  // kseg0 address of the context page
  uint32_t info_pfn;      // kNoPage until it has one
  const char* name;
  Proof proof;
  uint16_t creator;  // who is charged for it; itself, if its creator has ended; 0: started at boot
  uint8_t untold;    // resources of which units have been taken that it has not been told of: bits
  uint32_t repossessed[EXO_RESOURCE_COUNT];  // how many
  Revocation revocation;
  Sleep sleep;
  uint16_t next_ending;                         // environment id; 0 at the end of the queue
  uint8_t awaited_transfers, awaited_requests;  // queued for a device, and told of when over
  uint32_t posted;                              // EXO_EVENT_... that no sleep has reported yet
  uint32_t owed;        // ticks of its slices that it loses because others were overrun
  uint32_t first_code;  // that it has downloaded, by its page; kNoPage if there is none
  // Room for the sentinel of the search, and for the entry that the search reads beyond it.
  TlbEntry guaranteed[EXO_GUARANTEED_MAX + 2];

  /// Index of the guaranteed mapping of this virtual page, or kNoGuarantee.
  unsigned find_guarantee(uint32_t virt) const;
  bool guarantees_page(uint32_t pfn) const;
};

/// What everyone may read of environments.
extern exo::EnvironmentRecord environment_records[kEnvironmentMax + 1];

inline exo::EnvironmentRecord& environment_record(uint32_t id) { return environment_records[id]; }
/// Any id from 1 to kEnvironmentMax; the state says whether it is in use.
Environment& environment_slot(unsigned id);
/// True for the id of an environment that has been created and has not ended.
bool is_environment(uint32_t id);
/// True for the id of one that has also been started: it may have slices and be entered.
bool is_running(uint32_t id);
/// Null if there is no environment with this id.
Environment* find_environment(uint32_t id);

/// True if it is not free: also while what the environment had is reclaimed.
bool has_environment(uint32_t id);

/// There are to be `most` environments at once: 1 to kEnvironmentMax.
void environments_start(uint32_t most);
/// The highest id that an environment gets.
uint32_t environment_max();
/// Creates an environment that runs nothing yet and owns nothing. Null if there is no id left.
/// `name` must last. `owner` may mint capabilities for it; kOwnerNone: the environment itself.
Environment* environment_create(const char* name, uint16_t owner);
/// Lets a created environment have slices.
void environment_start(Environment& environment);
/// An environment that has nothing any more: its id can be given to another.
void environment_free(Environment& environment);
inline Environment& current_environment() {
  return *transfer_record(processor.current).environment;
}
/// Something has happened that the environment may wait for. It is kept until a sleep reports it.
inline void environment_post(Environment& environment, uint32_t event) {
  environment.posted |= event;
}
/// Makes it the one that the assembly paths serve.
void environment_make_current(Environment& environment);
/// The current address space of an environment has changed, to `space`: its guaranteed mappings
/// follow.
void environment_set_space(Environment& environment, uint32_t space);

}  // namespace aegis
