/* Transfer records: what the assembly paths need of an environment, one record for each id, and the
 * donation of slices that goes with protected control transfers (transfer.cpp).
 *
 * An environment is named here by its *scaled id*, id << EXO_TRANSFER_SHIFT: the offset of its record
 * in the table. Scaled id 0 is the kernel's own record. */
#ifndef EXOKERNEL_TRANSFER_H
#define EXOKERNEL_TRANSFER_H

#define TRANSFER_RECORD_ENTRIES 0 /* what a transfer reads ... */
#define TRANSFER_RECORD_SPACE 4
#define TRANSFER_RECORD_STATUS 8
#define TRANSFER_RECORD_RUNNER 12 /* ... is one line of the cache */
#define TRANSFER_RECORD_GUARANTEED 16
#define TRANSFER_RECORD_GUARANTEED_END 20
#define TRANSFER_RECORD_CONTEXT 28
#define TRANSFER_RECORD_SIZE 32

#define TRANSFER_RECORDS 512

#ifndef __ASSEMBLER__
#include <cstddef>
#include <cstdint>

#include "exokernel/abi/env.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/processor.h"

namespace aegis {

struct Environment;

struct alignas(TRANSFER_RECORD_SIZE) TransferRecord {
  exo::Context* entries;     // the context page for who enters it; no_context if C++ must do that
  uint32_t space;            // EntryHi: the address space
  uint32_t status;           // Status for user mode, as the previous mode
  uint32_t runner;           // scaled id of who runs in this environment's slices
  TlbEntry* guaranteed;      // the guaranteed mappings: {EntryHi, EntryLo} ...
  TlbEntry* guaranteed_end;  // ... and their end, where the search puts its sentinel
  Environment* environment;
  exo::Context* context;  // kseg0 address of the context page, while it may run
};

static_assert(offsetof(TransferRecord, entries) == TRANSFER_RECORD_ENTRIES);
static_assert(offsetof(TransferRecord, space) == TRANSFER_RECORD_SPACE);
static_assert(offsetof(TransferRecord, status) == TRANSFER_RECORD_STATUS);
static_assert(offsetof(TransferRecord, runner) == TRANSFER_RECORD_RUNNER);
static_assert(offsetof(TransferRecord, guaranteed) == TRANSFER_RECORD_GUARANTEED);
static_assert(offsetof(TransferRecord, guaranteed_end) == TRANSFER_RECORD_GUARANTEED_END);
static_assert(offsetof(TransferRecord, context) == TRANSFER_RECORD_CONTEXT);
static_assert(sizeof(TransferRecord) == TRANSFER_RECORD_SIZE);
static_assert(TRANSFER_RECORD_SIZE == 1 << EXO_TRANSFER_SHIFT);

/// For processor.told, once the environment that was told is gone. It has no record.
inline constexpr uint32_t kNobody = TRANSFER_RECORDS << EXO_TRANSFER_SHIFT;

extern "C" TransferRecord transfer_records[TRANSFER_RECORDS];

constexpr uint32_t scaled_id(uint32_t id) { return id << EXO_TRANSFER_SHIFT; }

/// By scaled id.
inline TransferRecord& transfer_record(uint32_t scaled) {
  return transfer_records[scaled >> EXO_TRANSFER_SHIFT];
}

/// Makes all records those of nobody, and the kernel the one who runs.
void transfers_start();
/// A new environment: its slices are its own.
void transfer_record_make(Environment& environment);
/// Address space, state, context or guaranteed mappings of an environment have changed: its record
/// follows.
void transfer_record_update(Environment& environment);
/// The environment has ended: who gave slices to it has them back.
void transfer_record_end(const Environment& environment);

/// Who would run in the next slice of the environment with this id.
Environment& transfer_runner(uint32_t owner);
/// A slice of this environment begins: returns who runs in it.
Environment& transfer_slice_begin(Environment& owner);

}  // namespace aegis
#endif

#endif
