// What the DMA engine and the disk have been asked to do, as the model sees it.
#include "exokernel/tests/random_calls/devices.hpp"
#include "exokernel/tests/random_calls/tables.hpp"

namespace model {
namespace {

Queued queued_transfers[kTransferSlots];
Queued queued_requests[kRequestSlots];

/// The blocks of a write that is done can be read.
bool is_request_done(uint32_t index) {
  const Queued& entry = queued_requests[index];
  if (request_record(index).state == EXO_REQUEST_CANCELLED) return false;
  CHECK(request_record(index).state == EXO_REQUEST_DONE);
  CHECK(request_record(index).moved == entry.count);
  for (uint32_t block = 0; entry.is_write && block < entry.count; ++block)
    readable[entry.block + block] = Readable::kYes;
  return true;
}

bool is_transfer_done(uint32_t index) {
  const uint32_t result = transfer_result(index);
  CHECK(result == DMA_RESULT_DONE || result == DMA_RESULT_CANCELLED);
  return result == DMA_RESULT_DONE;
}

}  // namespace

constinit Queue transfers = {
    .resource = EXO_RESOURCE_TRANSFERS,
    .size = kTransferSlots,
    .of = queued_transfers,
    .is_pending = [](uint32_t index) { return transfer_result(index) == DMA_RESULT_PENDING; },
    .is_done = is_transfer_done,
    .first = 0,
    .next = 0,
    .first_perhaps = 0};

constinit Queue requests = {
    .resource = EXO_RESOURCE_REQUESTS,
    .size = kRequestSlots,
    .of = queued_requests,
    .is_pending = [](uint32_t index) { return request_record(index).state == EXO_REQUEST_PENDING; },
    .is_done = is_request_done,
    .first = 0,
    .next = 0,
    .first_perhaps = 0};

void Queue::look(bool may_be_cancelled) {
  for (uint32_t ticket = first; ticket != next; ++ticket) {
    const uint32_t index = ticket % size;
    if (of[index].owner == 0 || is_pending(index)) continue;
    const bool is_done_now = is_done(index);
    CHECK(is_done_now || may_be_cancelled);
    if (is_done_now) first_perhaps = ticket + 1;
    forget(index);
  }
  while (first != next && of[first % size].owner == 0) ++first;
}

bool Queue::uses(uint32_t pfn) {
  look();
  for (uint32_t index = 0; index < size; ++index)
    if (of[index].owner != 0 && (of[index].page == pfn || of[index].other_page == pfn)) return true;
  return false;
}

void Queue::add(const exo::CallResult& queued, const Queued& entry) {
  const auto ticket = static_cast<uint32_t>(queued.value);
  const uint32_t index = ticket % size;
  CHECK(ticket == next);
  if (of[index].owner != 0) forget(index);  // over since it was looked at
  of[index] = entry;
  charge(entry.owner, resource, 1);
  next = ticket + 1;
}

/// It may have ended something between what the model has seen before the call and after it.
void Queue::expect(const exo::CallResult& result, uint32_t error_before, uint32_t occupied_before,
                   unsigned line) {
  look();
  const bool was_full = occupied_before >= size, is_full = next - first >= size;
  const bool was_perhaps_full = next - first_perhaps >= size;
  const uint32_t quota_after = quota_error(slot_of(self()), resource, 1);
  const uint32_t after = is_full ? uint32_t{EXO_ERROR_BUSY} : quota_after;
  const bool is_certain = was_full == is_full && was_perhaps_full == is_full &&
                          (is_full || error_before == quota_after);
  const uint32_t actual = result.ok() ? 0 : static_cast<uint32_t>(-result.value);
  const bool is_possible = actual == 0 || actual == EXO_ERROR_QUOTA || actual == EXO_ERROR_BUSY;
  model::expect(result, !is_certain && is_possible ? actual : after, __FILE__, line);
}

void end_queued_of_extent(uint32_t extent, uint32_t keeper) {
  requests.must_be_over(
      [=](const Queued& entry) { return entry.extent == extent && entry.owner != keeper; });
}

}  // namespace model
