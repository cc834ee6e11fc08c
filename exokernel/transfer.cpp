// Transfer records, and who runs in whose slices.
#include "exokernel/transfer.h"

#include "exokernel/environment.hpp"
#include "exokernel/timer.hpp"
#include "isa/machine/cp0.h"

extern "C" {
extern exo::Context kernel_context;
alignas(PAGE_SIZE) aegis::TransferRecord transfer_records[TRANSFER_RECORDS];
}

namespace aegis {
namespace {

static_assert(kEnvironmentMax < TRANSFER_RECORDS);

/// The context of those who cannot be entered: it has no entries. As much of it is there as is
/// read.
uint32_t no_context[EXO_CONTEXT_USER / sizeof(uint32_t)];

exo::Context* context_of(const Environment& environment) {
  const bool can_be_entered = environment.space != 0 && environment_record(environment.id).state ==
                                                            EnvironmentState::kRunning;
  return can_be_entered ? environment.context : reinterpret_cast<exo::Context*>(no_context);
}

}  // namespace

void transfers_start() {
  for (TransferRecord& record : transfer_records)
    record.context = reinterpret_cast<exo::Context*>(no_context);
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
  record.space = environment.space;
  record.guaranteed_end = record.guaranteed + environment.guaranteed_count;
}

void transfer_record_end(const Environment& environment) {
  const uint32_t ended = scaled_id(environment.id);
  for (uint32_t id = 1; id <= kEnvironmentMax; ++id)
    if (transfer_records[id].runner == ended) transfer_records[id].runner = scaled_id(id);
  if (processor.slice_owner == ended) processor.slice_owner = 0;
  if (processor.slice_runner == ended) processor.slice_runner = processor.slice_owner;
}

Environment& transfer_slice_begin(Environment& owner) {
  transfer_record(processor.slice_owner).runner = processor.slice_runner;
  processor.slice_owner = scaled_id(owner.id);
  processor.slice_runner = transfer_records[owner.id].runner;
  return *transfer_record(processor.slice_runner).environment;
}

}  // namespace aegis
