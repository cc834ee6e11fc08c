// Transfer records, and who runs in whose slices.
#include "exokernel/transfer.h"

#include "exokernel/abi/errors.h"
#include "exokernel/abi/syscalls.h"
#include "exokernel/cp0.hpp"
#include "exokernel/environment.hpp"
#include "exokernel/interrupt_line.hpp"
#include "exokernel/saved_registers.h"
#include "exokernel/tlb.hpp"
#include "isa/machine/cp0.h"
#include "isa/markers.h"

extern "C" {
extern exo::Context kernel_context;
alignas(PAGE_SIZE) aegis::TransferRecord transfer_records[TRANSFER_RECORDS];
}

namespace aegis {
namespace {

static_assert(kEnvironmentMax < TRANSFER_RECORDS);

/// The context of those who do not run, and of those who cannot be entered without C++: it has no
/// entries. As much of it is there as is read.
uint32_t no_context[EXO_CONTEXT_USER / sizeof(uint32_t)];

exo::Context* nowhere() { return reinterpret_cast<exo::Context*>(no_context); }

exo::Context* context_of(const Environment& environment) {
  return is_running(environment.id) ? environment.context : nowhere();
}

/// Entering takes more than the transfer path does: an address space must be found, or the frame
/// buffer be told.
bool needs_more(const Environment& environment) {
  return environment.space == 0 || environment.sees_pixels;
}

uint32_t entry_of(const Environment& environment, bool is_asynchronous) {
  const exo::Context& context = *environment.context;
  return is_asynchronous ? context.asynchronous_entry : context.synchronous_entry;
}

/// As transfer.S does it.
void donate_slice(uint32_t callee, bool is_asynchronous) {
  transfer_record(callee).runner = callee;
  if (!is_asynchronous || processor.slice_owner == callee) processor.slice_runner = callee;
}

}  // namespace

void transfers_start() {
  for (TransferRecord& record : transfer_records) record.entries = record.context = nowhere();
  transfer_records[0].context = &kernel_context;
  processor.current = 0;
}

void transfer_record_make(Environment& environment) {
  TransferRecord& record = transfer_records[environment.id];
  record.status = user_status();
  record.runner = scaled_id(environment.id);
  record.guaranteed = environment.guaranteed;
  record.environment = &environment;
  transfer_record_update(environment);
}

void transfer_record_update(Environment& environment) {
  TransferRecord& record = transfer_records[environment.id];
  record.context = context_of(environment);
  record.entries = needs_more(environment) ? nowhere() : record.context;
  record.space = environment.space;
  record.guaranteed_end = record.guaranteed + environment.guaranteed_count;
}

void transfer_record_end(const Environment& environment) {
  const uint32_t ended = scaled_id(environment.id);
  for (uint32_t id = 1; id <= kEnvironmentMax && environment.was_runner; ++id)
    if (transfer_records[id].runner == ended) transfer_records[id].runner = scaled_id(id);
  if (processor.slice_owner == ended) processor.slice_owner = 0;
  if (processor.slice_runner == ended) processor.slice_runner = processor.slice_owner;
  if (processor.told == ended) processor.told = kNobody;
}

/// From the transfer path, for a callee whose record shows no entry: `target` is its scaled id,
/// with bit 0 set for an asynchronous transfer. Returns where to continue: at the callee's entry,
/// or in the caller, which has called at `pc`, with an error.
extern "C" uint32_t transfer_in_cxx(uint32_t pc, uint32_t target, SavedRegisters& registers) {
  EXO_DOMAIN("multiplexing");
  const bool is_asynchronous = (target & 1) != 0;
  const uint32_t callee = target & ~1u;
  const uint32_t id = callee >> EXO_TRANSFER_SHIFT;
  const bool can_run = is_running(id);
  const uint32_t entry = can_run ? entry_of(environment_slot(id), is_asynchronous) : 0;
  if (entry == 0) {
    tlb_set_space(current_environment().space);  // the path has set the callee's
    registers.v[0] = uint32_t{0} - (can_run ? EXO_ERROR_NO_ENTRY : EXO_ERROR_NO_ENVIRONMENT);
    return pc + 4;
  }
  registers.v[0] = processor.current;
  donate_slice(callee, is_asynchronous);
  environment_make_current(environment_slot(id));
  write_cp0<CP0_STATUS>(transfer_record(callee).status);
  return entry;
}

Environment& transfer_runner(uint32_t owner) {
  const uint32_t scaled = scaled_id(owner);
  const bool runs = processor.slice_owner == scaled;  // its record is brought up to date later
  const uint32_t runner = runs ? processor.slice_runner : transfer_record(scaled).runner;
  return *transfer_record(runner).environment;
}

Environment& transfer_slice_begin(Environment& owner) {
  const uint32_t runner = processor.slice_runner;
  transfer_record(processor.slice_owner).runner = runner;
  if (runner != processor.slice_owner) transfer_record(runner).environment->was_runner = true;
  processor.slice_owner = scaled_id(owner.id);
  processor.slice_runner = transfer_records[owner.id].runner;
  return *transfer_record(processor.slice_runner).environment;
}

}  // namespace aegis
